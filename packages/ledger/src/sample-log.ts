import { concat, decodeUtf8, toBase64, utf8 } from './bytes.ts'
import { canonicalBytes } from './canonical.ts'
import { formatCheckpoint } from './checkpoint.ts'
import { appendEntries, emptyEdge } from './edge.ts'
import type { Hashes } from './hashes.ts'
import { formatKeyChange, type KeyChange } from './keys/change.ts'
import { KEY_EVENTS } from './keys/file.ts'
import { makeLeaf, type SealedLeaf } from './leaf.ts'
import { ed25519NoteKey, formatNote, signEd25519, type NoteKey } from './note.ts'
import { growNodes, NOTHING_GROWN, SM3_ROOT_EVENT, statementOf } from './sm3-root.ts'

export const SAMPLE_LOG = 'log.example.gov.cn/enforcement/1'
const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n)
export const sampleKey = (n: number): NoteKey => ed25519NoteKey(SAMPLE_LOG, seed(n))

/** A text of the sample log under the signatures of these keys. */
export const signedBy = (text: string, ...by: readonly number[]): string =>
  formatNote({ text, signatures: by.map((n) => signEd25519(SAMPLE_LOG, seed(n), text)) })

const AT = '2026-03-02T01:00:00Z'
/** The first key hands over to the second, or the second takes the first back. */
const changeOf = (what: 'rotation' | 'revocation'): SampleChange => {
  const [first, second] = [sampleKey(1), sampleKey(2)]
  const both = { origin: SAMPLE_LOG, at: AT }
  return what === 'rotation'
    ? { change: { kind: 'rotation', ...both, from: first, to: second }, by: [1, 2] }
    : {
        change: {
          kind: 'revocation',
          ...both,
          key: first,
          by: second,
          since: '2026-03-01T00:00:00Z',
          size: 1,
        },
        by: [2],
      }
}

type Said = Readonly<{ index: number; sealed: SealedLeaf; salt: Uint8Array; part: Uint8Array }>

/** What is published beside the tiles of one stream of the log. */
const streamFile = (said: readonly Said[]): Uint8Array =>
  canonicalBytes({
    v: 1,
    events: said.map(({ index, sealed, salt, part }) => ({
      index,
      entry: toBase64(sealed.bytes),
      public: toBase64(part),
      salt: toBase64(salt),
    })),
  })

/** A statement about keys under the signatures of these, whether they may make it or not. */
export type SampleChange = Readonly<{ change: KeyChange; by: readonly number[] }>
export type SampleEntry = 'other' | 'rotation' | 'revocation' | 'sm3-root' | SampleChange

/** A published log of these entries, as files by their paths, under a checkpoint of these keys. */
export const sampleLog = (
  hashes: Hashes,
  what: readonly SampleEntry[],
  signers: readonly number[],
): Map<string, Uint8Array> => {
  const streams = { keys: [] as Said[], sm3: [] as Said[] }
  const entries: Uint8Array[] = []
  for (const [index, kind] of what.entries()) {
    if (kind === 'other') {
      entries.push(utf8(`{"n":${index}}`))
      continue
    }
    const ofKeys = kind !== 'sm3-root'
    const stream = ofKeys ? streams.keys : streams.sm3
    const changed = typeof kind === 'object' ? kind : ofKeys ? changeOf(kind) : undefined
    const value = changed
      ? { statement: signedBy(formatKeyChange(changed.change), ...changed.by) }
      : statementOf(
          hashes.sm3,
          growNodes(
            hashes.sm3,
            NOTHING_GROWN,
            entries.map((e) => hashes.sm3(concat(Uint8Array.of(0), e))),
          ),
        )
    const [salt, part] = [seed(index), canonicalBytes(value)]
    const sealed = makeLeaf(
      {
        id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        streamId: ofKeys ? 'log-keys' : 'sm3-roots',
        version: stream.length + 1,
        agencyId: 'agency',
        type: changed ? KEY_EVENTS[changed.change.kind] : SM3_ROOT_EVENT,
        recordedAt: AT,
        prevLeafHash: stream.at(-1)?.sealed.hash ?? null,
        parts: { public: { salt, bytes: part } },
      },
      hashes,
    )
    stream.push({ index, sealed, salt, part })
    entries.push(sealed.bytes)
  }
  const { files, root } = appendEntries(hashes.sha256, emptyEdge, entries)
  const text = formatCheckpoint({ origin: SAMPLE_LOG, size: entries.length, root })
  const log = new Map(files.map((f): [string, Uint8Array] => [f.path, f.bytes]))
  log.set('checkpoint', utf8(signedBy(text, ...signers)))
  if (streams.keys.length > 0) log.set('keys.json', streamFile(streams.keys))
  if (streams.sm3.length > 0) log.set('sm3-roots.json', streamFile(streams.sm3))
  return log
}

/** The same file without its newest event; undefined where that was the only one. */
export const withoutLast = (file: Uint8Array): Uint8Array | undefined => {
  const { v, events } = JSON.parse(decodeUtf8(file) ?? '') as { v: number; events: object[] }
  return events.length < 2 ? undefined : canonicalBytes({ v, events: events.slice(0, -1) } as never)
}
