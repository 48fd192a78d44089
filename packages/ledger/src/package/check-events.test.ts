import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../bytes.ts'
import { pureHashes, sha256 } from '../hashes.ts'
import { makeLeaf } from '../leaf.ts'
import { formatTlogProof } from '../tlog-proof.ts'
import { checkEvents } from './check-events.ts'
import type { LogFinding } from './check-log.ts'
import { eventPath } from './paths.ts'
import { purePrimitives } from './primitives.ts'
import type { Scan } from './read-package.ts'

const base = eventPath('s', 1)
const salt = new Uint8Array(32)

/** A log of one entry, which commits to `payload`. */
const logOf = (payload: string): { scan: Scan; log: LogFinding } => {
  const sealed = makeLeaf(
    {
      id: '01980000-0000-7000-8000-000000000001',
      streamId: 's',
      version: 1,
      agencyId: 'a',
      type: 'X',
      recordedAt: '2026-03-02T09:00:00+08:00',
      prevLeafHash: null,
      parts: { public: { salt, bytes: utf8(payload) } },
    },
    pureHashes,
  )
  const file = (bytes: Uint8Array) => ({ sizeBytes: bytes.length, bytes, sha256: toHex(sha256(bytes)) })
  const log: LogFinding = {
    items: [],
    checkpoint: { origin: 'o', size: 1, root: sealed.hash },
    note: 'note',
    fingerprint: '',
    keyGiven: undefined,
    keyInPackage: '',
    keysTrusted: false,
    witnessed: false,
    witnessedAt: undefined,
    key: undefined,
    revoked: [],
    witnesses: { confirmed: 0, named: 0 },
  }
  const files = new Map([
    [`${base}.entry`, file(sealed.bytes)],
    [`${base}.tlog-proof`, file(utf8(formatTlogProof({ index: 0, hashes: [], checkpoint: 'note' })))],
    [`${base}.public.json`, file(utf8(payload))],
    [`${base}.public.salt`, file(salt)],
  ])
  return { scan: { items: [], files }, log }
}

const failures = (payload: string): string[] => {
  const { scan, log } = logOf(payload)
  return checkEvents(scan, log, purePrimitives)
    .items.filter((i) => i.result === 'FAIL')
    .map((i) => i.path)
}

describe('an event under the checkpoint', () => {
  it('holds with a payload in canonical form', () => {
    expect(failures('{"a":1}')).toEqual([])
    const { scan, log } = logOf('{"a":1}')
    expect(checkEvents(scan, log, purePrimitives).events[0]?.parts).toEqual({ public: { a: 1 } })
  })

  it.each(['{"a": 1}', '{"a":1,"a":2}', '{"b":1,"a":2}', 'not JSON', ''])(
    'fails when what was committed to is %j, and its payload is not used',
    (payload) => {
      expect(failures(payload)).toEqual([`${base}.public.json`])
      const { scan, log } = logOf(payload)
      expect(checkEvents(scan, log, purePrimitives).events[0]?.parts).toEqual({})
    },
  )

  it('fails for every file of an event whose entry is not there', () => {
    const { scan, log } = logOf('{}')
    const files = new Map(scan.files)
    files.delete(`${base}.entry`)
    const { items, events } = checkEvents({ items: [], files }, log, purePrimitives)
    expect(items.map((i) => `${i.result} ${i.path}`)).toEqual([`FAIL ${base}.entry`])
    expect(events).toEqual([])
  })
})
