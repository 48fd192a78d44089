import { describe, expect, it } from 'vitest'
import { decodeUtf8, utf8 } from '../bytes.ts'
import { canonicalBytes } from '../canonical.ts'
import { pureHashes } from '../hashes.ts'
import { formatVkey, ed25519NoteKey } from '../note.ts'
import type { PublicStream } from '../public-stream.ts'
import { formatManifest } from './manifest.ts'
import * as at from './paths.ts'
import type { Report } from './report.ts'
import { memoryReader, samplePackage, sampleWitness, type SamplePackage } from './sample-package.ts'
import { verifyPackage } from './verify.ts'
import { toHex } from '../bytes.ts'

const WITNESS = new Uint8Array(32).fill(9)
const witnessLine = `witness w ${formatVkey(sampleWitness(WITNESS))}\n`
/** The sample is cosigned at 2026-03-03T01:06:40Z. */
const [BEFORE, AFTER] = ['2026-03-03T01:00:00Z', '2026-03-03T02:00:00Z']

const verify = ({ files }: Pick<SamplePackage, 'files'>, policy?: string): Promise<Report> =>
  verifyPackage(memoryReader(files), policy === undefined ? {} : { policy })
const found = ({ items }: Report, check: string) =>
  items.filter((i) => i.check === check).map((i) => [i.result, i.path])
const failures = ({ items }: Report) => items.filter((i) => i.result === 'FAIL').map((i) => i.check)

describe('a log that changed its key', () => {
  const rotated = samplePackage(pureHashes, { keys: {} })
  const first = `log ${rotated.firstVkey}\n`

  it('is followed from the key that the reader has, and the report says where in the log', async () => {
    const report = await verify(rotated, first)
    expect(report).toMatchObject({ verdict: 'PASS', keys: 'TRUSTED' })
    expect(found(report, 'key-change')).toEqual([['PASS', at.KEYS]])
    expect(report.items.find((i) => i.check === 'log-key')?.detail).toContain('依日志第 5 条的换钥登记')
  })

  it('needs no following where the reader has the present key, or in the overlap', async () => {
    expect(await verify(rotated, rotated.policy)).toMatchObject({ verdict: 'PASS', keys: 'TRUSTED' })
    const overlap = samplePackage(pureHashes, { keys: { overlap: true } })
    for (const policy of [first, overlap.policy, `${first}${overlap.policy}`])
      expect(await verify(overlap, policy)).toMatchObject({ verdict: 'PASS', keys: 'TRUSTED' })
  })

  it('says without a policy what the log says of its keys, and trusts none', async () => {
    const report = await verify(rotated)
    expect(report).toMatchObject({ verdict: 'PASS', keys: 'NOT CHECKED' })
    expect(found(report, 'key-change')).toEqual([['PASS', at.KEYS]])
  })

  it('is not followed from a key that never handed over', async () => {
    const other = `log ${formatVkey(ed25519NoteKey(rotated.vkey.split('+')[0] ?? '', new Uint8Array(32).fill(8)))}\n`
    expect(await verify(rotated, other)).toMatchObject({ verdict: 'FAIL', keys: 'NOT CHECKED' })
  })

  /** Made anew around another keys.json, as whoever made the package could. */
  const withKeys = (change: (file: PublicStream) => void, sample = rotated): Pick<SamplePackage, 'files'> => {
    const files = new Map(sample.files)
    const file = JSON.parse(decodeUtf8(files.get(at.KEYS)!) ?? '') as PublicStream
    change(file)
    files.set(at.KEYS, canonicalBytes(file))
    const tags = [...files].filter(([path]) => !path.startsWith('data/') && path !== at.TAG_MANIFEST)
    const lines = tags.map(([path, bytes]) => ({ path, digest: toHex(pureHashes.sha256(bytes)) }))
    return { files: files.set(at.TAG_MANIFEST, formatManifest(lines)) }
  }

  it('fails where what is said of the keys is not what the log has', async () => {
    const swap = (text: string): string => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`)
    const forgeries: ((f: PublicStream) => void)[] = [
      (f) => void (f.events[0]!.index += 1),
      (f) => void (f.events[0]!.entry = swap(f.events[0]!.entry)),
      (f) => void (f.events[0]!.salt = swap(f.events[0]!.salt)),
      (f) => void (f.events[0]!.public = swap(f.events[0]!.public)),
      (f) => void (f.events[0]!.proof = []),
      (f) => void f.events.push(f.events[0]!),
    ]
    for (const forge of forgeries) {
      const report = await verify(withKeys(forge), first)
      expect(failures(report)).toContain('key-change')
      expect(report.keys).toBe('NOT CHECKED')
    }
    const revoked = samplePackage(pureHashes, { keys: { revoked: { since: BEFORE, size: 3 } } })
    expect(failures(await verify(withKeys((f) => void f.events.shift(), revoked)))).toContain('key-change')
  })
})

describe('a key that was revoked', () => {
  const revokedBy = (sample: SamplePackage, since: string, size: number): string =>
    `log ${sample.firstVkey}\nrevoked ${sample.firstVkey} ${size} ${since}\n`

  it('is not believed for what it signed after, nor for what nobody saw before', async () => {
    const sample = samplePackage(pureHashes)
    const later = await verify(sample, revokedBy(sample, AFTER, 3))
    expect(found(later, 'key-revoked')).toEqual([['FAIL', at.CHECKPOINT]])
    const unseen = await verify(sample, revokedBy(sample, AFTER, 1_000))
    expect(found(unseen, 'key-revoked')).toEqual([['NOT CHECKED', at.CHECKPOINT]])
    expect(unseen).toMatchObject({ verdict: 'PASS', keys: 'NOT CHECKED' })
  })

  it('is judged by the strictest of what is said against it, in whichever order', async () => {
    const sample = samplePackage(pureHashes, { witnessSeed: WITNESS })
    const line = (since: string, size: number) => `revoked ${sample.firstVkey} ${size} ${since}\n`
    const policy = `log ${sample.firstVkey}\n${witnessLine}`
    // One has the earlier time, the other the smaller size: both count.
    const said = [line(AFTER, 3), line(BEFORE, 1_000)]
    for (const lines of [said, said.toReversed()])
      expect(found(await verify(sample, policy + lines.join('')), 'key-revoked')).toEqual([
        ['FAIL', at.CHECKPOINT],
      ])
  })

  it('is believed for what a witness saw before, and not for what it saw after', async () => {
    const sample = samplePackage(pureHashes, { witnessSeed: WITNESS })
    const seen = await verify(sample, revokedBy(sample, AFTER, 3) + witnessLine)
    expect(found(seen, 'key-revoked')).toEqual([['PASS', at.CHECKPOINT]])
    expect(seen).toMatchObject({ verdict: 'PASS', keys: 'TRUSTED', anchoring: 'WITNESSED' })
    const late = await verify(sample, revokedBy(sample, BEFORE, 3) + witnessLine)
    expect(late).toMatchObject({ verdict: 'FAIL', keys: 'NOT CHECKED' })
  })

  it('vouches for the key after it only where witnesses followed the log', async () => {
    const keys = { revoked: { since: BEFORE, size: 3 } }
    const sample = samplePackage(pureHashes, { keys, witnessSeed: WITNESS })
    const policy = `log ${sample.firstVkey}\n`
    const alone = await verify(sample, policy)
    expect(found(alone, 'key-revoked')).toEqual([['NOT CHECKED', at.LOG_KEY]])
    expect(alone).toMatchObject({ verdict: 'PASS', keys: 'NOT CHECKED' })
    expect(await verify(sample, policy + witnessLine)).toMatchObject({ verdict: 'PASS', keys: 'TRUSTED' })
    // Who has the present key from elsewhere needs nobody.
    expect(await verify(sample, sample.policy)).toMatchObject({ verdict: 'PASS', keys: 'TRUSTED' })
  })

  it('is named in full, or the policy is not understood', async () => {
    const sample = samplePackage(pureHashes)
    for (const line of [
      'revoked x 3 ' + AFTER,
      `revoked ${sample.vkey} 03 ${AFTER}`,
      `revoked ${sample.vkey} 3 now`,
    ])
      expect(failures(await verify(sample, `${sample.policy}${line}\n`))).toContain('policy')
  })
})

it('a keys.json that is no JSON fails, and is no exception', async () => {
  const files = new Map(samplePackage(pureHashes, { keys: {} }).files).set(at.KEYS, utf8('{'))
  expect(failures(await verify({ files }))).toContain('key-change')
})
