import { describe, expect, it } from 'vitest'
import { toBase64, toHex, utf8 } from '../bytes.ts'
import { canonicalBytes } from '../canonical.ts'
import { pureHashes, sha256 } from '../hashes.ts'
import { makeLeaf } from '../leaf.ts'
import type { CheckedEvent } from './check-events.ts'
import { checkStreams } from './check-streams.ts'
import { eventPath, EXPORT, MANIFEST, MANIFEST_SM3 } from './paths.ts'
import type { Scan } from './read-package.ts'

const CASE = 'case-1'
const RECORDING = 'recording-1'

type Place = { streamId: string; version: number; before?: CheckedEvent; index?: number; type?: string }

const event = (
  { streamId, version, before, index, type = 'X' }: Place,
  statement?: unknown,
): CheckedEvent => {
  const { leaf, hash } = makeLeaf(
    {
      id: '01980000-0000-7000-8000-000000000001',
      streamId,
      version,
      agencyId: 'a',
      type,
      recordedAt: '2026-03-02T09:00:00+08:00',
      prevLeafHash: version === 1 ? null : (before?.leafHash ?? new Uint8Array(32)),
      parts: {},
    },
    pureHashes,
  )
  const path = `${eventPath(streamId, version)}.entry`
  const parts = statement === undefined ? {} : { public: statement }
  return { path, streamId, version, leaf, leafHash: hash, index: index ?? version, parts, here: [] }
}

const manifest = utf8('x')
const file = (bytes: Uint8Array) => ({ sizeBytes: bytes.length, bytes, sha256: toHex(sha256(bytes)) })
const scan = (version: number): Scan => ({
  items: [],
  files: new Map([
    [EXPORT, file(canonicalBytes({ v: 1, streamId: CASE, version }))],
    [MANIFEST, file(manifest)],
  ]),
})

const first = event({ streamId: CASE, version: 1 })
const second = event({ streamId: CASE, version: 2, before: first })
const recording = event({ streamId: RECORDING, version: 1 })
const head = (e: CheckedEvent) => ({ streamId: e.streamId, head: e.version, leafHash: toBase64(e.leafHash) })
const honest = { streams: [head(second), head(recording)], payloadManifestSha256: toHex(sha256(manifest)) }
const exporting = (statement: unknown): CheckedEvent =>
  event({ streamId: CASE, version: 3, before: second, type: 'PackageExported' }, statement)

const results = (events: readonly CheckedEvent[], of = scan(3)): string[] =>
  checkStreams(of, events, pureHashes)
    .filter((i) => i.result !== 'PASS')
    .map((i) => `${i.result} ${i.check} ${i.path}: ${i.detail}`)

/** What whoever holds the log's key could sign: the entries are in the log, but what they say does not fit together. */
describe('streams of a log whose operator cannot be trusted', () => {
  it('hold when they are joined and complete', () => {
    expect(results([first, second, exporting(honest), recording])).toEqual([])
  })

  it('fail when an event names another predecessor than the one that is there', () => {
    const other = event({ streamId: CASE, version: 2, before: recording })
    const found = results([first, other, exporting(honest), recording])
    expect(found).toContain(`FAIL stream ${other.path}: 与前一条的摘要不相扣`)
  })

  it('fail when an event stands in the log before its predecessor', () => {
    const early = event({ streamId: CASE, version: 2, before: first, index: 0 })
    expect(results([first, early, recording])[0]).toContain('在日志中的次序早于前一条')
  })

  it('fail when they do not begin with the first event', () => {
    expect(results([second, exporting(honest), recording])).toContain(
      `FAIL stream ${second.path}: 第 1 条缺失`,
    )
  })

  it.each([
    ['states an earlier head of the case', { ...honest, streams: [head(first), head(recording)] }],
    [
      'states another hash of a head',
      { ...honest, streams: [head(second), { ...head(recording), leafHash: toBase64(second.leafHash) }] },
    ],
    ['does not list the case', { ...honest, streams: [head(recording)] }],
    ['does not list a stream that is here', { ...honest, streams: [head(second)] }],
    ['lists a stream twice', { ...honest, streams: [head(second), head(recording), head(recording)] }],
    ['lists no stream', { ...honest, streams: [] }],
    ['binds another payload', { ...honest, payloadManifestSha256: toHex(sha256(utf8('y'))) }],
    ['was not disclosed', undefined],
  ])('fail when the export event %s', (_, statement) => {
    const found = results([first, second, exporting(statement), recording])
    expect(found.length).toBeGreaterThan(0)
    expect(found.every((line) => /^FAIL (?:export|payload-bound) /.test(line))).toBe(true)
  })

  it('fail when something follows the export event', () => {
    const last = exporting(honest)
    const later = event({ streamId: CASE, version: 4, before: last })
    expect(results([first, second, last, later, recording]).join()).toContain('包内末条是第 4 条')
  })

  it('are bound by SM3 alone too: another list of SM3 is found, and one that is gone', () => {
    const list = utf8('sm3 of x')
    const stated = { ...honest, payloadManifestSm3: toHex(pureHashes.sm3(list)) }
    const withList = (bytes: Uint8Array): Scan => ({
      items: [],
      files: new Map([...scan(3).files, [MANIFEST_SM3, file(bytes)]]),
    })
    const events = [first, second, exporting(stated), recording]
    expect(results(events, withList(list))).toEqual([])
    expect(results(events, withList(utf8('sm3 of y'))).join()).toMatch(
      /^FAIL payload-bound manifest-sm3\.txt/,
    )
    expect(results(events).join()).toMatch(/^FAIL payload-bound manifest-sm3\.txt.*没有这个清单/)
    expect(results([first, second, exporting(honest), recording], withList(list))).toEqual([
      `NOT CHECKED payload-bound ${MANIFEST_SM3}: 导出登记没有记载 SM3 清单的摘要`,
    ])
  })

  it('are not taken as bound to the payload when the export event says nothing of it', () => {
    const found = results([first, second, exporting({ streams: honest.streams }), recording])
    expect(found).toEqual([`NOT CHECKED payload-bound ${MANIFEST}: 导出登记没有记载载荷清单的摘要`])
  })
})
