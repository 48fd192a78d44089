import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeUtf8, fromBase64, toBase64 } from '@liuhen/ledger/bytes'
import { canonicalBytes } from '@liuhen/ledger/canonical'
import type { KeyChange } from '@liuhen/ledger/keys/change'
import { formatVkey } from '@liuhen/ledger/note'
import type { PublicStream } from '@liuhen/ledger/public-stream'
import {
  SAMPLE_LOG,
  sampleKey,
  sampleLog,
  withoutLast,
  type SampleChange,
  type SampleEntry,
} from '@liuhen/ledger/sample-log'
import { logCheckers, type LogCheckers } from '../../../test/test-log-checkers.ts'
import { checkLogCommand } from './check-log.ts'
import { nodePrimitives } from './node-primitives.ts'

const at = '2026-03-02T01:00:00Z'
const said = { origin: SAMPLE_LOG, at }
const rotation = (from: number, to: number, by = [from, to]): SampleChange => ({
  change: { kind: 'rotation', ...said, from: sampleKey(from), to: sampleKey(to) } satisfies KeyChange,
  by,
})
const revocation = (of: number, by: number, signers = [by]): SampleChange => ({
  change: {
    kind: 'revocation',
    ...said,
    key: sampleKey(of),
    by: sampleKey(by),
    since: '2026-03-01T00:00:00Z',
    size: 1,
  },
  by: signers,
})

/** Two rotations, and then the first key is taken back. */
const TWICE: readonly SampleEntry[] = ['other', rotation(1, 2), 'other', rotation(2, 3), 'other', 'other']
const REVOKED: readonly SampleEntry[] = [...TWICE, revocation(1, 3), 'other']

type Files = Map<string, Uint8Array>
const logOf = (entries: readonly SampleEntry[], signers: readonly number[]): Files =>
  sampleLog(nodePrimitives, entries, signers)

let place = ''
let checkers: LogCheckers
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'liuhen-log-keys-'))
  checkers = await logCheckers(place)
})
afterAll(() => rm(place, { recursive: true }))

let count = 0
/** Last lines of all three under the key of this number. */
const ask = async (files: Files, key: number) => {
  const folder = await checkers.write(`log-${++count}`, files)
  return checkers.ask(folder, formatVkey(sampleKey(key)))
}
const ok = (entries: readonly SampleEntry[]) =>
  checkers.all({ code: 0, last: `OK ${SAMPLE_LOG} ${entries.length} entries` })
const no = (entries: readonly SampleEntry[]) =>
  checkers.all({ code: 1, last: `FAIL ${SAMPLE_LOG} ${entries.length} entries` })

describe('three checkers follow a log that changed its key', () => {
  it('from the first key, from the next, and from the present one', async () => {
    for (const key of [1, 2, 3]) expect([key, await ask(logOf(TWICE, [3]), key)]).toEqual([key, ok(TWICE)])
    // In an overlap both sign.
    expect(await ask(logOf(TWICE, [2, 3]), 1)).toEqual(ok(TWICE))
  })

  it('and ours says where in the log, in an overlap too', async () => {
    for (const signers of [[3], [1, 3]]) {
      const folder = await checkers.write(`told-${signers.length}`, logOf(TWICE, signers))
      const said = async (key: number): Promise<string> => {
        const lines: string[] = []
        const out = (line: string): void => void lines.push(line)
        await checkLogCommand(folder, formatVkey(sampleKey(key)), { out, err: out })
        return lines.join('\n')
      }
      expect(await said(1)).toMatch(/您给出的公钥已依日志第 \d+、\d+ 条的换钥登记换为/)
      expect(await said(3)).not.toContain('换钥登记')
    }
  })

  it('not from one that was taken back, nor from one to which it handed over alone', async () => {
    expect(await ask(logOf(REVOKED, [3]), 3)).toEqual(ok(REVOKED))
    expect(await ask(logOf(REVOKED, [3]), 2)).toEqual(ok(REVOKED))
    expect(await ask(logOf(REVOKED, [3]), 1)).toEqual(no(REVOKED))
    expect(await ask(logOf(REVOKED, [1]), 1)).toEqual(no(REVOKED))
    const second = [...TWICE, revocation(2, 3)]
    expect(await ask(logOf(second, [3]), 1)).toEqual(no(second))
  })

  it.each<[string, readonly SampleEntry[], readonly number[], number]>([
    ['the new key did not sign', ['other', rotation(1, 2, [1])], [2], 1],
    ['the old key did not sign', ['other', rotation(1, 2, [2])], [2], 1],
    ['a stranger signed too', ['other', rotation(1, 2, [1, 2, 9])], [2], 1],
    ['a stranger hands over', ['other', rotation(9, 2)], [2], 1],
    ['a key hands over a second time', ['other', rotation(1, 2), rotation(1, 9)], [9], 1],
    ['the checkpoint is signed by the key before', ['other', rotation(1, 2)], [1], 2],
    ['a thief takes back the present key', ['other', rotation(1, 2), revocation(2, 1, [9])], [2], 2],
  ])('and fail where %s', async (_, entries, signers, key) => {
    expect(await ask(logOf(entries, signers), key)).toEqual(no(entries))
  })

  it('and listen to no key that handed over', async () => {
    const entries = ['other', rotation(1, 2), revocation(2, 1)] as const
    expect(await ask(logOf(entries, [2]), 1)).toEqual(ok(entries))
  })

  const changed = (change: (file: PublicStream) => void): Files => {
    const files = logOf(REVOKED, [3])
    const file = JSON.parse(decodeUtf8(files.get('keys.json')!) ?? '') as PublicStream
    change(file)
    return files.set('keys.json', canonicalBytes(file))
  }
  const flipped = (text: string): string => {
    const bytes = fromBase64(text)!
    return toBase64(bytes.with(-1 + bytes.length, bytes.at(-1)! ^ 1))
  }
  const [first, second] = [0, 1]
  it.each<[string, () => Files]>([
    ['is not there', () => without(logOf(REVOKED, [3]))],
    ['lacks the last change', () => cut(logOf(REVOKED, [3]))],
    ['lacks one between', () => changed((f) => f.events.splice(second, 1))],
    ['has one twice', () => changed((f) => f.events.push(f.events[second]!))],
    ['has them in another order', () => changed((f) => f.events.reverse())],
    ['names another place', () => changed((f) => (f.events[first]!.index += 1))],
    ['has another salt', () => changed((f) => (f.events[first]!.salt = flipped(f.events[first]!.salt)))],
    ['has another statement', () => changed((f) => (f.events[first]!.public = f.events[second]!.public))],
    ['has another entry', () => changed((f) => (f.events[first]!.entry = f.events[second]!.entry))],
    ['is written otherwise', () => spaced(logOf(REVOKED, [3]))],
  ])('and fail where keys.json %s, whatever key is asked for', async (_, make) => {
    for (const key of [2, 3]) expect([key, await ask(make(), key)]).toEqual([key, no(REVOKED)])
  })
})

function without(files: Files): Files {
  files.delete('keys.json')
  return files
}
function cut(files: Files): Files {
  return files.set('keys.json', withoutLast(files.get('keys.json')!)!)
}
function spaced(files: Files): Files {
  const text = decodeUtf8(files.get('keys.json')!) ?? ''
  return files.set('keys.json', new TextEncoder().encode(text.replace('{', '{ ')))
}
