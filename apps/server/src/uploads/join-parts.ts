import { open, type FileHandle } from 'node:fs/promises'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { isMissing } from '../blobs/durable.ts'
import { withAgency } from '../postgres/transaction.ts'
import { insertWithBlob, newUpload, type Asked, type Created } from './create-upload.ts'
import { claimParts, findParts, listPartsOf } from './part-rows.ts'
import type { UploadDeps } from './upload-deps.ts'
import { restAgain, restingPath } from './upload-file.ts'
import { problem, refused, type Problem } from './upload-problem.ts'
import { findUpload, lockUpload, type NewUpload, type Upload } from './upload-rows.ts'
import { writeChunk } from './write-chunk.ts'

/** Parts are copied in pieces of this size, each a critical section and durable by itself. */
const PIECE_BYTES = 16 * 1024 * 1024

type JoinAsked = Readonly<{ partIds: readonly string[] }> & Omit<Asked, 'lengthBytes'>

class PartsTakenError extends Error {}

/** The upload that joined exactly these parts before: whoever asks again gets the same one. */
const findJoined = async (deps: UploadDeps, asked: JoinAsked, parts: readonly Upload[]) => {
  const [first] = parts
  const finalId = first?.partOf
  if (first === undefined || !finalId || parts.some((p) => p.partOf !== finalId)) return undefined
  return withAgency(deps, first.agencyId, async (tx) => {
    const [all, final] = await Promise.all([listPartsOf(tx, finalId), findUpload(tx, finalId)])
    const same = all.map((p) => p.id).join() === asked.partIds.join()
    return same && final?.metadata === asked.metadataHeader ? final : undefined
  })
}

const claim = async (
  deps: UploadDeps,
  actor: Actor,
  asked: JoinAsked & Asked,
): Promise<Created | Problem> => {
  const admission = await deps.target.admit(actor, asked)
  if (isRefusal(admission)) return refused(admission)
  const upload: NewUpload & Created = {
    ...newUpload(deps, actor, asked),
    kind: 'final',
    targetId: admission.targetId,
    declaredSha256: admission.declaredSha256 ?? null,
  }
  await withAgency(deps, actor.agencyId, async (tx) => {
    await insertWithBlob(tx, upload, admission.mime)
    if (!(await claimParts(tx, upload.id, asked.partIds))) throw new PartsTakenError()
  })
  return upload
}

const loadParts = async (deps: UploadDeps, actor: Actor, asked: JoinAsked) => {
  const parts = await withAgency(deps, actor.agencyId, (tx) => findParts(tx, asked.partIds))
  const own = parts.filter((p) => p.userId === actor.userId)
  return own.length === asked.partIds.length ? own : undefined
}

/**
 * Gives whole parts of one sender to one new upload; the bytes follow in `joinParts`. Asked again, also by another
 * connection at the same time, it answers with the same upload.
 */
export const claimForFinal = async (
  deps: UploadDeps,
  actor: Actor,
  asked: JoinAsked,
): Promise<Pick<Created, 'id'> | Problem> => {
  const parts = await loadParts(deps, actor, asked)
  if (parts === undefined) return problem('not-found')
  const before = await findJoined(deps, asked, parts)
  if (before !== undefined) return before
  if (parts.some((p) => p.state === 'receiving')) return problem('part-unfinished')
  if (parts.some((p) => p.state !== 'held'))
    return problem(parts.some((p) => p.partOf) ? 'part-taken' : 'gone')
  const lengthBytes = parts.reduce((sum, p) => sum + p.lengthBytes, 0)
  if (lengthBytes > deps.maxBytes) return problem('too-large')
  return claim(deps, actor, { ...asked, lengthBytes }).catch(async (e: unknown) => {
    if (!(e instanceof PartsTakenError)) throw e
    const now = await loadParts(deps, actor, asked)
    return (now && (await findJoined(deps, asked, now))) ?? problem('part-taken')
  })
}

const readFully = async (file: FileHandle, buffer: Buffer, position: number): Promise<void> => {
  for (let at = 0; at < buffer.length; ) {
    const { bytesRead } = await file.read(buffer, at, buffer.length - at, position + at)
    if (bytesRead === 0) throw new Error('the file of a part is shorter than its record')
    at += bytesRead
  }
}

const openPart = (deps: UploadDeps, part: Upload): Promise<FileHandle> => {
  const path = restingPath(deps.root, part)
  return open(path, 'r').catch(async (e: unknown) => {
    if (!isMissing(e)) throw e
    await withAgency(deps, part.agencyId, async (tx) => {
      const current = await lockUpload(tx, part.id)
      if (current?.state === 'held') await restAgain(deps.root, current)
    })
    return open(path, 'r')
  })
}

type Span = Readonly<{ part: Upload; start: number }>

/** Copies one part from where the record of the joined file stands; absent when that takes no more bytes. */
const copyPart = async (deps: UploadDeps, final: Upload, { part, start }: Span, offset: number) => {
  const file = await openPart(deps, part)
  try {
    let at = offset
    while (at >= start && at < start + part.lengthBytes) {
      const bytes = Buffer.allocUnsafe(Math.min(PIECE_BYTES, start + part.lengthBytes - at))
      await readFully(file, bytes, at - start)
      const piece = { uploadId: final.id, agencyId: final.agencyId, start: at, parts: [bytes] }
      const done = await writeChunk(deps, { ...piece, length: bytes.length, checked: part.everyChunkChecked })
      // Another process may be at the same work: the record says where both go on.
      if (done.kind !== 'written' && done.kind !== 'conflict') return undefined
      at = done.offset
    }
    return at
  } finally {
    await file.close()
  }
}

/** Brings the bytes of the parts into the joined file, by the same door as any sender's. Goes on where a crash left it. */
export const joinParts = async (deps: UploadDeps, final: Upload): Promise<void> => {
  const parts = await withAgency(deps, final.agencyId, (tx) => listPartsOf(tx, final.id))
  let start = 0
  let offset: number | undefined = final.receivedBytes
  for (const part of parts) {
    if (offset < start + part.lengthBytes) offset = await copyPart(deps, final, { part, start }, offset)
    if (offset === undefined) return
    start += part.lengthBytes
  }
}
