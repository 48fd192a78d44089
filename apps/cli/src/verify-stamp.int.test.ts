import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toHex, utf8 } from '@liuhen/ledger/bytes'
import { formatManifest } from '@liuhen/ledger/package/manifest'
import * as at from '@liuhen/ledger/package/paths'
import { memoryReader, samplePackage, type SamplePackage } from '@liuhen/ledger/package/sample-package'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import { makeTestTsa, type TestTsa } from '../../../test/test-tsa.ts'
import { nodePrimitives } from './node-primitives.ts'

let folder = ''
let tsa: TestTsa
let sample: SamplePackage
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liuhen-stamp-'))
  tsa = makeTestTsa(join(folder, 'tsa'))
  sample = samplePackage(nodePrimitives, { stamp: (text) => tsa.stamp(utf8(text)) })
})
afterAll(() => rm(folder, { recursive: true }))

const verify = async (files: SamplePackage['files'], policy?: string) =>
  verifyPackage(memoryReader(files), { primitives: nodePrimitives, ...(policy !== undefined && { policy }) })
const stamps = (report: Awaited<ReturnType<typeof verify>>) =>
  report.items.filter((i) => i.check === 'timestamp')
const trusting = () => `${sample.policy}tsa ${tsa.fingerprint}\n`
const sizes = () =>
  [...sample.files.keys()].flatMap((p) => (p.endsWith('.tsr') ? (at.parseStampPath(p) ?? []) : []))

/** With manifests made anew, so that nothing but the stamp itself can tell. */
const changed = (change: (files: Map<string, Uint8Array>) => void): ReadonlyMap<string, Uint8Array> => {
  const files = new Map(sample.files)
  change(files)
  const tags = [...files]
    .filter(([path]) => !path.startsWith('data/') && path !== at.TAG_MANIFEST)
    .map(([path, bytes]) => ({ path, digest: toHex(nodePrimitives.sha256(bytes)) }))
  return files.set(at.TAG_MANIFEST, formatManifest(tags))
}

describe('time stamps in a package (RFC 3161)', () => {
  it('hold under a policy that names the authority, and the whole log was there', async () => {
    const report = await verify(sample.files, trusting())
    expect(report).toMatchObject({ verdict: 'PASS', anchoring: 'TIMESTAMPED' })
    expect(stamps(report).map((i) => i.result)).toEqual(['PASS', 'PASS'])
    expect(stamps(report)[0]?.detail).toMatch(/^前 \d+ 条在 20\d\d-.*之前已经存在；签发：Test TSA（Test）/)
  })

  it('are not checked when nobody says whose they are, and anchor nothing', async () => {
    for (const policy of [undefined, sample.policy, `${sample.policy}tsa ${'0'.repeat(64)}\n`]) {
      const report = await verify(sample.files, policy)
      expect(report).toMatchObject({ verdict: 'PASS', anchoring: 'UNANCHORED' })
      expect(stamps(report).map((i) => i.result)).toEqual(['NOT CHECKED', 'NOT CHECKED'])
    }
  })

  it('of half the log hold for that half and anchor no package', async () => {
    const [, whole = 0] = sizes().toSorted((a, b) => a - b)
    const files = changed((f) => {
      for (const kind of ['tsr', 'checkpoint', 'consistency'] as const) f.delete(at.stampPath(whole, kind))
    })
    const report = await verify(files, trusting())
    expect(report).toMatchObject({ verdict: 'PASS', anchoring: 'UNANCHORED' })
    expect(stamps(report).map((i) => i.result)).toEqual(['PASS'])
  })

  it('fail when one is over another text, is cut, stands alone, or its checkpoint is of another log', async () => {
    const [half = 0, whole = 0] = sizes().toSorted((a, b) => a - b)
    const swap = (kind: at.StampFileKind) => (f: Map<string, Uint8Array>) => {
      f.set(at.stampPath(half, kind), f.get(at.stampPath(whole, kind))!)
    }
    const forgeries: ((f: Map<string, Uint8Array>) => void)[] = [
      swap('tsr'),
      swap('checkpoint'),
      swap('consistency'),
      (f) => void f.delete(at.stampPath(half, 'checkpoint')),
      (f) => void f.delete(at.stampPath(half, 'tsr')),
      (f) => void f.set(at.stampPath(half, 'tsr'), f.get(at.stampPath(half, 'tsr'))!.slice(0, -1)),
      (f) => {
        const token = f.get(at.stampPath(half, 'tsr'))!
        f.set(at.stampPath(half, 'tsr'), token.with(-3 + token.length, token.at(-3)! ^ 1))
      },
    ]
    for (const forgery of forgeries) {
      const report = await verify(changed(forgery), trusting())
      expect(report.verdict).toBe('FAIL')
      expect(stamps(report).some((i) => i.result === 'FAIL' && i.path === at.stampPath(half, 'tsr'))).toBe(
        true,
      )
    }
  })

  it('keep what a key signed before it was taken back, when the reader names the authority', async () => {
    const judge = async (since: string, policy = trusting()) => {
      const report = await verify(sample.files, `${policy}revoked ${sample.vkey} 3 ${since}\n`)
      return [report.verdict, report.keys, report.items.find((i) => i.check === 'key-revoked')?.result]
    }
    expect(await judge('2999-01-01T00:00:00Z')).toEqual(['PASS', 'TRUSTED', 'PASS'])
    expect(await judge('2026-01-01T00:00:00Z')).toEqual(['FAIL', 'NOT CHECKED', 'FAIL'])
    expect(await judge('2999-01-01T00:00:00Z', sample.policy)).toEqual(['FAIL', 'NOT CHECKED', 'FAIL'])
  })

  it('are verified by openssl from the same files', async () => {
    const [half = 0] = sizes()
    const note = new TextDecoder().decode(sample.files.get(at.stampPath(half, 'checkpoint')))
    await writeFile(join(folder, 'text'), `${note.split('\n\n')[0]}\n`)
    await writeFile(join(folder, 'tsr'), sample.files.get(at.stampPath(half, 'tsr'))!)
    const args = ['ts', '-verify', '-data', 'text', '-in', 'tsr', '-CAfile', tsa.authority]
    await promisify(execFile)('openssl', args, { cwd: folder })
  })
})
