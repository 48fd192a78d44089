import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { concat, toHex, utf8 } from '../bytes.ts'
import { sha256 } from '../hashes.ts'
import { ed25519NoteKey, formatVkey } from '../note.ts'
import { checkSealing } from '../seal/check-sealing.ts'
import { readSeals } from '../seal/read-seals.ts'
import type { CheckedEvent } from './check-events.ts'
import { checkDate, issueOf } from './check-seal-dates.ts'
import { checkSeals } from './check-seals.ts'
import { SealingStatement } from './documents.ts'
import { parsePolicy } from './policy.ts'
import { purePrimitives } from './primitives.ts'
import { verifyPaper } from './verify-paper.ts'

const folder = join(import.meta.dirname, '../../../../vectors/seal')
const paper = new Uint8Array(readFileSync(join(folder, 'paper.pdf')))
const sealing = SealingStatement.parse(JSON.parse(readFileSync(join(folder, 'sealing.json'), 'utf8')))
const LOG = `log ${formatVkey(ed25519NoteKey('log.example/1', new Uint8Array(32).fill(1)))}`
const [officer, agency] = sealing.seals.map((s) => s.certificate)

const WITHIN = '2027-01-01T00:00:00Z'
const OVER = '2136-01-01T00:00:00Z'
const eventOf = (t: string, said: unknown, at: string, internal?: unknown): CheckedEvent =>
  ({
    path: 'proofs/e',
    streamId: 's',
    leaf: { t, at },
    parts: { public: said, internal },
  }) as unknown as CheckedEvent
const find = (
  bytes: Uint8Array,
  stated: unknown = sealing,
  policy?: string,
  issued: readonly CheckedEvent[] = [],
) => {
  const blob = { sha256: toHex(sha256(bytes)), sizeBytes: bytes.length }
  const said = { documentId: 'd-1', blob, sealing: stated }
  const event = eventOf('DocumentRendered', said, WITHIN)
  const files = new Map([['data/documents/1.pdf', { ...blob, bytes }]])
  return checkSeals({ files, items: [] }, [...issued, event], { policy, primitives: purePrimitives })
}
const check = (...args: Parameters<typeof find>) => find(...args).items
const results = (items: ReturnType<typeof check>, of: string) =>
  items.filter((i) => i.check === of).map((i) => i.result)
const flipped = (at: number): Uint8Array => {
  const bytes = paper.slice()
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes
}

describe('a sealed paper in a package', () => {
  it('passes with each of its signatures, and whose certificates they are is left to the reader', () => {
    const items = check(paper)
    expect(results(items, 'seal')).toEqual(['PASS', 'PASS', 'PASS'])
    expect(results(items, 'seal-key')).toEqual(['NOT CHECKED', 'NOT CHECKED', 'NOT CHECKED'])
    expect(items.map((i) => i.detail).join('\n')).toContain(`王建国，证书指纹 ${officer}`)
  })

  it('is checked against the certificates and authorities of the reader’s policy', () => {
    const under = (...lines: string[]) => {
      const policy = [LOG, ...lines].join('\n')
      const { items, seals } = find(paper, sealing, policy)
      return [...results(items, 'seal-key'), seals]
    }
    const no = 'NOT CHECKED'
    expect(under(`seal ${agency}`)).toEqual([no, 'PASS', no, 'TRUSTED'])
    expect(under(`seal ${officer}`)).toEqual(['PASS', no, no, no])
    const sm2 = sealing.beside?.[0]?.certificate ?? ''
    const [authority] = readSeals(paper, purePrimitives)[0]?.certificate?.authorities ?? []
    expect(under(`seal ${authority}`, `seal ${sm2}`)).toEqual(['PASS', 'PASS', 'PASS', 'TRUSTED'])
    expect(under(`seal ${'0'.repeat(64)}`)).toEqual([no, no, no, no])
    expect(under()).toEqual([no, no, no, no])
    expect(parsePolicy(`${LOG}\nseal abc`).ok).toBe(false)
  })

  it('alone passes for who trusts the last certificate, is incomplete for who trusts another, and fails when altered', () => {
    const verdict = (bytes: Uint8Array, ...trusted: (string | undefined)[]) =>
      verifyPaper('1.pdf', bytes, { trusted: trusted.flatMap((f) => f ?? []), hashes: purePrimitives })
        .verdict
    expect(verdict(paper, agency)).toBe('PASS')
    expect([verdict(paper, officer), verdict(paper), verdict(paper, '0'.repeat(64))]).toEqual(
      Array.from({ length: 3 }, () => 'INCOMPLETE'),
    )
    expect(verdict(flipped(100), agency)).toBe('FAIL')
    expect(verdict(concat(paper, utf8('\n%%EOF\n')), agency)).toBe('FAIL')
  })

  it('bears certificates that held when it was issued, by the log’s own time', () => {
    const dates = (...args: Parameters<typeof eventOf>) =>
      new Set(results(find(paper, sealing, undefined, [eventOf(...args)]).items, 'seal-date'))
    const d1 = { documentId: 'd-1' }
    expect(dates('DocumentIssued', d1, WITHIN)).toEqual(new Set(['PASS']))
    expect(dates('DocumentIssued', d1, OVER)).toEqual(new Set(['FAIL']))
    expect(dates('DocumentIssued', d1, '2001-01-01T00:00:00Z')).toEqual(new Set(['FAIL']))
    expect(dates('DocumentIssued', d1, OVER, { envelope: { occurredAt: WITHIN } })).toEqual(new Set(['PASS']))
    // Of another paper: the event that names the bytes is asked.
    expect(dates('DocumentIssued', { documentId: 'd-2' }, OVER)).toEqual(new Set(['PASS']))
    const late = eventOf('DocumentRendered', {}, OVER)
    const [seal] = checkSealing(paper, sealing, purePrimitives).seals
    if (seal === undefined) throw new Error('two')
    expect(checkDate('1.pdf', seal, issueOf([], late)).result).toBe('NOT CHECKED')
    const alone = verifyPaper('1.pdf', paper, { trusted: [], hashes: purePrimitives }).items
    expect(alone.filter((i) => i.check === 'seal-date').map((i) => i.result)).toEqual(['NOT CHECKED'])
  })

  it('fails at once when it names more signatures than anybody makes, and not when it names as many as that', () => {
    const naming = (n: number) => utf8(`<>${'/ByteRange [0 0 2 0]'.repeat(n)}`)
    let digests = 0
    const hashes = { ...purePrimitives, startSha256: () => (digests++, purePrimitives.startSha256()) }
    expect(readSeals(naming(64), hashes)).toHaveLength(64)
    expect(digests).toBe(64)
    expect(readSeals(naming(65), hashes).map((s) => s.fault)).toEqual([expect.stringContaining('超过 64 个')])
    expect(digests).toBe(64)
    const { verdict } = verifyPaper('1.pdf', concat(paper, naming(65)), { trusted: [], hashes })
    expect(verdict).toBe('FAIL')
    expect(results(check(concat(paper, naming(65))), 'seal')).toContain('FAIL')
  })

  it('fails wherever a byte that was signed is another', () => {
    const [, last] = sealing.seals
    if (last === undefined) throw new Error('two')
    const [, first, second, rest] = last.range
    const step = 997
    const places = Array.from({ length: Math.floor(first / step) }, (_, i) => i * step)
    for (const at of [...places, second + 5, second + rest - 3])
      expect(results(check(flipped(at)), 'seal')).toContain('FAIL')
  })

  it('fails when something is added, when it is cut back to an earlier signature, and when the record says less or more', () => {
    const [first, last] = sealing.seals
    if (first === undefined || last === undefined) throw new Error('two')
    const earlier = paper.subarray(0, first.range[2] + first.range[3])
    expect(results(check(concat(paper, utf8('\n%%EOF\n'))), 'seal')).toContain('FAIL')
    expect(results(check(earlier), 'seal')).toContain('FAIL')
    expect(results(check(paper, { ...sealing, seals: [first] }), 'seal')).toContain('FAIL')
    expect(results(check(paper, { ...sealing, seals: [...sealing.seals, last] }), 'seal')).toContain('FAIL')
    expect(results(check(paper, { ...sealing, seals: [last, first] }), 'seal')).toContain('FAIL')
    const unsealed = { ...sealing.unsealed, sizeBytes: sealing.unsealed.sizeBytes - 1 }
    expect(results(check(paper, { ...sealing, unsealed }), 'seal')).toContain('FAIL')
    const other = { ...sealing, seals: [first, { ...last, certificate: first.certificate }] }
    expect(results(check(paper, other), 'seal')).toContain('FAIL')
    expect(results(check(paper, { seals: 'none' }), 'seal')).toEqual(['FAIL'])
  })

  it('that no event calls sealed is not spoken of', () => {
    const file = { sha256: toHex(sha256(paper)), sizeBytes: paper.length, bytes: paper }
    const scan = { files: new Map([['data/documents/1.pdf', file]]), items: [] }
    expect(checkSeals(scan, [], { policy: undefined, primitives: purePrimitives })).toEqual({
      items: [],
      seals: 'NONE',
    })
  })
})
