import { Readable } from 'node:stream'
import { parseCanonical } from '@liuhen/ledger/canonical'
import { utf8 } from '@liuhen/ledger/bytes'
import {
  chunkPath,
  CLIP_FILE,
  CLIP_PROOF,
  clipProofBytes,
  ClipTable,
  STORED_EVENT,
} from '@liuhen/ledger/clip/clip-proof'
import { PARTS } from '@liuhen/ledger/leaf'
import * as at from '@liuhen/ledger/package/paths'
import { tarEnd, tarHeader, tarPadding, writeTar } from '@liuhen/ledger/package/tar'
import { formatTlogProof } from '@liuhen/ledger/tlog-proof'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { type BlobDeps, openBlob } from '../blobs/put-blob.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { readStored, type StoredEvent } from '../event-store/read-stream.ts'
import { type Inclusions, waitForInclusion } from '../ledger/inclusion.ts'
import { keysForPackage } from '../ledger/published-keys.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { logOpening } from '../recording/open-media.ts'
import { mayTake, openMadeIn } from './open-derivative.ts'
import { README_TEXT } from './proof-readme.ts'

type Deps = Pick<CaseDeps, 'store'> &
  Readonly<{ blobs: BlobDeps; logFolder: string; vkey: (checkpoint: string) => Promise<string> }>
type Asked = Readonly<{ id: string; leftOut: boolean; address: string }>

/** A file of the folder: bytes at hand, or a range of a blob. */
type File = Readonly<{ path: string; sizeBytes: number }> &
  (
    | Readonly<{ bytes: Uint8Array }>
    | Readonly<{ sha256: string; range: Readonly<{ start: number; end: number }> }>
  )
const ready = (path: string, bytes: Uint8Array): File => ({ path, sizeBytes: bytes.length, bytes })

const unproven = (why: string | undefined): Refusal =>
  refuse(
    'wrong-state',
    why ?? '这份副本不是按原编码截取的片段，没有逐样本的证明。',
    '需要证明的，请按“保留原编码”重新截取；其他副本以登记和校验值为准。',
  )

const withoutChunks = (): Refusal =>
  refuse(
    'wrong-state',
    '最近一次交付没有写明附原件的块，不能下载附块的证明。',
    '请下载不附块的证明；确需附块的，请重新交付并勾选“证明附原件的块”。',
  )

const eventIn = async (tx: Tx, streamId: string, is: (e: StoredEvent) => boolean): Promise<StoredEvent> => {
  const found = (await readStored(tx, streamId)).find(is)
  if (found === undefined) throw new Error(`stream ${streamId} does not tell of its bytes`)
  return found
}

/** Who takes it, and what the record says of the two files. */
const findProof = (deps: Deps, actor: Actor, asked: Asked) =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openMadeIn(tx, actor, asked.id)
    if (isRefusal(opened)) return opened
    const { d, madeVersion } = opened
    const no = mayTake(actor, d)
    if (no) return no
    if (d.made.samples === undefined) return unproven(d.made.unproven)
    if (!asked.leftOut && d.releases.at(-1)?.chunks !== true) return withoutChunks()
    const { recordingId } = d.source
    const [stored, made] = [
      await eventIn(tx, recordingId, (s) => s.event.type === STORED_EVENT),
      await eventIn(tx, asked.id, (s) => s.event.version === madeVersion),
    ]
    const what = asked.leftOut ? '片段证明（不附原件的块）' : '片段证明（附原件的块）'
    await logOpening(
      tx,
      actor,
      { recordingId, copy: true, reason: `副本 ${d.number}：${what}`, address: asked.address },
      { start: 0, end: d.made.blob.sizeBytes - 1 },
    )
    return { d, samples: d.made.samples, stored, made }
  })

/** Entry, place in the log, and the public part alone: nothing of what is internal or personal goes along. */
const eventFiles = (s: StoredEvent, { included, checkpoint = '' }: Inclusions): File[] => {
  const base = at.eventPath(s.event.streamId, s.event.version)
  const place = included.find((i) => i.eventId === s.event.id)
  if (place === undefined) throw new Error(`event ${s.event.id} is not under the checkpoint`)
  const part = s.parts.public
  return [
    ready(`${base}.entry`, s.entry),
    ready(`${base}.tlog-proof`, utf8(formatTlogProof({ ...place, checkpoint }))),
    ...(part
      ? [ready(`${base}.${PARTS[0]}.json`, part.bytes), ready(`${base}.${PARTS[0]}.salt`, part.salt)]
      : []),
  ]
}

const chunkFiles = ({ chunks, original }: ClipTable): File[] =>
  chunks.map(({ index }) => {
    const start = index * original.chunkSizeBytes
    const end = Math.min(original.sizeBytes, start + original.chunkSizeBytes) - 1
    return {
      path: chunkPath(index),
      sizeBytes: end - start + 1,
      sha256: original.sha256,
      range: { start, end },
    }
  })

const readTable = async (deps: Deps, sha256: string): Promise<ClipTable> => {
  const opened = await openBlob(deps.blobs, sha256)
  if (opened === undefined) throw new Error(`no verified blob ${sha256}`)
  const json = parseCanonical(Buffer.concat(await opened.stream.toArray()))
  return ClipTable.parse(json.ok ? json.value : undefined)
}

const tarSize = (files: readonly File[]): number =>
  files.reduce(
    (sum, f) => sum + tarHeader(f.path, f.sizeBytes).length + f.sizeBytes + tarPadding(f.sizeBytes).length,
    tarEnd.length,
  )

/** The proof of a clip as one tar. Its opening is recorded; it leaves by the same door as the clip itself. */
export const openProof = async (
  deps: Deps,
  actor: Actor,
  asked: Asked,
): Promise<Readonly<{ bytes: Readable; sizeBytes: number; fileName: string }> | Refusal> => {
  const found = await findProof(deps, actor, asked)
  if (isRefusal(found)) return found
  const { d, samples, stored, made } = found
  const log = { pool: deps.store.pool, logFolder: deps.logFolder }
  const inclusions = await waitForInclusion(log, actor.agencyId, [stored.event.id, made.event.id])
  const table = await readTable(deps, samples.blob.sha256)
  const place = ({ event }: StoredEvent) => ({ streamId: event.streamId, version: event.version })
  const proof = clipProofBytes(table, {
    stored: place(stored),
    made: place(made),
    bytes: asked.leftOut ? 'left-out' : 'included',
  })
  const { sizeBytes, sha256 } = table.clip
  const { checkpoint = '' } = inclusions
  const keys = await keysForPackage(deps.logFolder, inclusions.size)
  const files: readonly File[] = [
    ready('README.txt', utf8(README_TEXT)),
    ready(CLIP_PROOF, proof),
    { path: CLIP_FILE, sizeBytes, sha256, range: { start: 0, end: sizeBytes - 1 } },
    ...(asked.leftOut ? [] : chunkFiles(table)),
    ready(at.CHECKPOINT, utf8(checkpoint)),
    ready(at.LOG_KEY, utf8(`${await deps.vkey(checkpoint)}\n`)),
    ...(keys ? [ready(at.KEYS, keys)] : []),
    ...eventFiles(stored, inclusions),
    ...eventFiles(made, inclusions),
  ]
  const open = async function* (file: File): AsyncGenerator<Uint8Array> {
    if ('bytes' in file) yield file.bytes
    else yield* await deps.blobs.store.open(file.sha256, file.range)
  }
  return {
    bytes: Readable.from(writeTar(files, open)),
    sizeBytes: tarSize(files),
    fileName: `片段证明-${d.number}.tar`,
  }
}
