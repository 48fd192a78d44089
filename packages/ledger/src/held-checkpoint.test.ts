import { describe, expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { formatCheckpoint } from './checkpoint.ts'
import { appendEntries, emptyEdge } from './edge.ts'
import { sha256 } from './hashes.ts'
import { beginsWith, lateEntries, readHeldCheckpoint } from './held-checkpoint.ts'
import { makeLeaf } from './leaf.ts'
import { ed25519NoteKey, formatNote, signEd25519 } from './note.ts'
import { sm3 } from './sm3.ts'

const ORIGIN = 'log.example/1'
const seed = new Uint8Array(32).fill(1)
const key = ed25519NoteKey(ORIGIN, seed)
const DAY = 86_400_000
const NOON = Date.parse('2026-03-02T04:00:00Z')

/** One entry a day. */
const entry = (day: number, name = 'Noted'): Uint8Array =>
  makeLeaf(
    {
      id: `00000000-0000-7000-8000-${String(day).padStart(12, '0')}`,
      streamId: `s${day}`,
      version: 1,
      agencyId: '420112007',
      type: name,
      recordedAt: new Date(NOON + day * DAY).toISOString(),
      prevLeafHash: null,
      parts: { public: { salt: new Uint8Array(32), bytes: utf8('{}') } },
    },
    { sha256, sm3 },
  ).bytes

const logOf = (entries: readonly Uint8Array[]) => {
  const { root, files } = appendEntries(sha256, emptyEdge, entries)
  const byPath = new Map(files.map((file) => [file.path, file.bytes]))
  return { size: entries.length, root, read: (path: string) => Promise.resolve(byPath.get(path)) }
}
const signed = (size: number, root: Uint8Array, by = seed): string => {
  const text = formatCheckpoint({ origin: ORIGIN, size, root })
  return formatNote({ text, signatures: [signEd25519(ORIGIN, by, text)] })
}
const entries = Array.from({ length: 300 }, (_, day) => entry(day))
const then = logOf(entries.slice(0, 280))

describe('a checkpoint that somebody kept', () => {
  it('is read from a file and from what the square of a paper says, under the key of the log alone', () => {
    const note = signed(then.size, then.root)
    const square = `liuhen.document.v1\nhttps://example.gov.cn/check#1\n走街罚决〔2026〕3号\n\n${note.trimEnd()}`
    for (const source of [note, square])
      expect(readHeldCheckpoint(source, [key])?.checkpoint).toEqual({
        origin: ORIGIN,
        size: 280,
        root: then.root,
      })
    expect(readHeldCheckpoint(signed(280, then.root, seed.with(0, 9)), [key])).toBeUndefined()
    expect(readHeldCheckpoint('liuhen.document.v1\nid', [key])).toBeUndefined()
  })

  it('begins the log that went on from it, and none that was rewritten or cut', async () => {
    const held = { origin: ORIGIN, size: 280, root: then.root }
    expect(await beginsWith(sha256, logOf(entries), held)).toBe(true)
    expect(await beginsWith(sha256, then, held)).toBe(true)
    expect(await beginsWith(sha256, logOf(entries.with(7, entry(7, 'Forged'))), held)).toBe(false)
    expect(await beginsWith(sha256, logOf(entries.slice(0, 279)), held)).toBe(false)
  })

  it('names the entries that say they are older than it and that it does not hold', async () => {
    const since = { size: 280, at: new Date(NOON + 280 * DAY).toISOString(), mmdSeconds: 60 }
    expect(await lateEntries(logOf(entries), since)).toEqual([])
    const late = await lateEntries(logOf([...entries, entry(30)]), since)
    expect(late).toEqual([{ index: 300, at: new Date(NOON + 30 * DAY).toISOString().replace('.000', '') }])
  })
})
