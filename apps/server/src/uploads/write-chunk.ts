import { open, type FileHandle } from 'node:fs/promises'
import { settle } from '../blobs/blob-rows.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import type { UploadDeps } from './upload-deps.ts'
import { DiskLostBytesError, removeUploadFiles, writeTaken } from './upload-file.ts'
import { freeParts } from './part-rows.ts'
import { advanceUpload, endUpload, hasChunk, lockUpload, type Upload } from './upload-rows.ts'

export type Chunk = Readonly<{
  uploadId: string
  agencyId: string
  start: number
  parts: readonly Buffer[]
  length: number
  /** SHA-256 that the sender gave and that holds; absent when the sender gave none. */
  sha256?: string
  /** The sender's checksum, of whatever algorithm, was there and held. */
  checked: boolean
}>

export type WriteResult =
  | Readonly<{ kind: 'written'; offset: number; complete: boolean }>
  /** The same chunk was acknowledged before. */
  | Readonly<{ kind: 'repeated'; offset: number; complete: boolean }>
  | Readonly<{ kind: 'conflict'; offset: number }>
  | Readonly<{ kind: 'too-long' }>
  | Readonly<{ kind: 'gone' }>
  /** Somebody else has been writing to this upload for as long as anybody should wait. */
  | Readonly<{ kind: 'busy' }>

const writeAll = async (file: FileHandle, chunk: Chunk): Promise<void> => {
  const { bytesWritten } = await file.writev([...chunk.parts], chunk.start)
  if (bytesWritten === chunk.length) return
  const all = Buffer.concat(chunk.parts)
  for (let at = bytesWritten; at < all.length; ) {
    const { bytesWritten: more } = await file.write(all, at, all.length - at, chunk.start + at)
    at += more
  }
}

const writeDurably = async (path: string, chunk: Chunk): Promise<void> => {
  const file = await open(path, 'r+')
  try {
    // Bytes beyond the offset of record were never acknowledged.
    if ((await file.stat()).size > chunk.start) await file.truncate(chunk.start)
    await writeAll(file, chunk)
    await file.datasync().catch((cause: unknown) => {
      throw new DiskLostBytesError('fdatasync failed', { cause })
    })
  } finally {
    await file.close()
  }
}

const place = async (deps: UploadDeps, tx: Tx, chunk: Chunk, upload: Upload): Promise<WriteResult> => {
  const end = chunk.start + chunk.length
  const complete = end === upload.lengthBytes
  const advance = { ...chunk, complete }
  if (upload.state !== 'receiving' || chunk.start !== upload.receivedBytes) {
    const offset = upload.receivedBytes
    const repeated = chunk.sha256 !== undefined && (await hasChunk(tx, upload.id, advance))
    if (repeated) return { kind: 'repeated', offset, complete: offset === upload.lengthBytes }
    return upload.state === 'receiving' ? { kind: 'conflict', offset } : { kind: 'gone' }
  }
  if (end > upload.lengthBytes) return { kind: 'too-long' }
  const file = await writeTaken(tx, deps.root, { ...upload, end }, (path) => writeDurably(path, chunk))
  await advanceUpload(tx, upload.id, { ...advance, file })
  return { kind: 'written', offset: end, complete }
}

const LOCK_NOT_AVAILABLE = '55P03'
const isBusy = (e: unknown) => e instanceof Error && 'code' in e && e.code === LOCK_NOT_AVAILABLE

/**
 * One critical section under the upload's row lock: offset check, write at the offset, fdatasync, offset of record.
 * Returns only after the commit, hence what it says may be acknowledged.
 */
export const writeChunk = async (deps: UploadDeps, chunk: Chunk): Promise<WriteResult> => {
  let seen: Upload | undefined
  const work = async (tx: Tx): Promise<WriteResult> => {
    const [, upload] = await Promise.all([
      tx.query(`SET LOCAL lock_timeout = '5s'`),
      lockUpload(tx, chunk.uploadId),
    ])
    seen = upload
    return upload ? place(deps, tx, chunk, upload) : { kind: 'gone' }
  }
  try {
    return await withAgency(deps, chunk.agencyId, work)
  } catch (e) {
    if (isBusy(e)) return { kind: 'busy' }
    if (seen && e instanceof DiskLostBytesError) await failUpload(deps, seen)
    throw e
  }
}

/** Unless somebody else took over meanwhile, with another file or further on: what this disk lost was not theirs. */
const failUpload = async (deps: UploadDeps, seen: Upload): Promise<void> => {
  const note = 'the disk lost bytes of this upload'
  const isFailed = await withAgency(deps, seen.agencyId, async (tx) => {
    const now = await lockUpload(tx, seen.id)
    const isSame = now?.file === seen.file && now.receivedBytes === seen.receivedBytes
    if (!isSame || now.state !== 'receiving') return false
    await endUpload(tx, seen.id, 'failed', note)
    await settle(tx, seen.id, 'discarded', note)
    if (seen.kind === 'final') await freeParts(tx, seen.id)
    return true
  })
  if (isFailed) await removeUploadFiles(deps.root, seen.id)
}
