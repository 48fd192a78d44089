import { randomBytes } from 'node:crypto'
import { open, readdir, rename, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { receivingPath } from '../blobs/blob-places.ts'
import { createDurably, isMissing, removeIfThere } from '../blobs/durable.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { Upload } from './upload-rows.ts'

/**
 * An upload's file is called `<id>.<file>.<offset>`, where the row says file and offset. Who writes takes it away under
 * a name of its own: one whose lock was broken (a connection lost, a process stopped for minutes) and who goes on later
 * finds nothing at the offset that it knew. A file that was taken and never brought back is copied up to the offset of
 * record, and the copy becomes the row's file with the commit: what the old holder still does, it does to bytes that
 * nobody reads.
 */
type Placed = Pick<Upload, 'id' | 'file' | 'receivedBytes'>

export const newFileName = (): string => randomBytes(6).toString('hex')

export const restingPath = (root: string, u: Placed): string =>
  receivingPath(root, `${u.id}.${u.file}.${u.receivedBytes}`)

const takenPath = (root: string, u: Placed): string =>
  receivingPath(root, `${u.id}.${u.file}.by-${newFileName()}`)

export const createUploadFile = (root: string, u: Omit<Placed, 'receivedBytes'>): Promise<void> =>
  createDurably(restingPath(root, { ...u, receivedBytes: 0 }))

const filesOf = async (root: string, wanted: (name: string) => boolean): Promise<readonly string[]> => {
  const folder = dirname(receivingPath(root, 'any'))
  const names = await readdir(folder).catch((e: unknown) => (isMissing(e) ? [] : Promise.reject(e)))
  return names.filter(wanted).map((name) => receivingPath(root, name))
}

export const removeUploadFiles = async (root: string, id: string): Promise<void> => {
  for (const path of await filesOf(root, (name) => name === id || name.startsWith(`${id}.`)))
    await removeIfThere(path)
}

/** Bytes did not reach the disk, or have left it: what it still shows of them cannot be believed. */
export class DiskLostBytesError extends Error {}

/** The names under which the row's file may lie after a crash; the last is of uploads from before files had names. */
const findFile = async (root: string, u: Placed): Promise<string> => {
  const paths = await filesOf(
    root,
    (name) => name.startsWith(`${u.id}.${u.file}.`) || (u.file === '' && name === u.id),
  )
  for (const path of paths) if ((await stat(path)).size >= u.receivedBytes) return path
  throw new DiskLostBytesError(`no file holds the ${u.receivedBytes} bytes that were acknowledged`)
}

const COPIED_AT_ONCE = 16 * 1024 * 1024

/** `tx` is asked something now and then: a transaction that stays idle for long is ended, and its lock with it. */
const copyBytes = async (tx: Tx, from: FileHandle, to: FileHandle, length: number): Promise<void> => {
  const buffer = Buffer.allocUnsafe(Math.min(COPIED_AT_ONCE, length))
  for (let at = 0; at < length; ) {
    const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, length - at), at)
    if (bytesRead === 0) throw new DiskLostBytesError('the file became shorter than its record')
    for (let written = 0; written < bytesRead; )
      written += (await to.write(buffer, written, bytesRead - written, at + written)).bytesWritten
    at += bytesRead
    await tx.query('SELECT 1')
  }
}

const copyAnew = async (tx: Tx, root: string, old: Placed, path: string): Promise<void> => {
  await createDurably(path)
  if (old.receivedBytes === 0) return
  const from = await open(await findFile(root, old), 'r')
  try {
    const to = await open(path, 'r+')
    try {
      await copyBytes(tx, from, to, old.receivedBytes)
      await to.datasync()
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

type Taken = Readonly<{ path: string; file: string }>

const takeFile = async (tx: Tx, root: string, u: Placed): Promise<Taken> => {
  const path = takenPath(root, u)
  try {
    await rename(restingPath(root, u), path)
    return { path, file: u.file }
  } catch (e) {
    if (!isMissing(e)) throw e
  }
  const file = newFileName()
  const anew = takenPath(root, { ...u, file })
  await copyAnew(tx, root, u, anew)
  return { path: anew, file }
}

/**
 * Under the upload's lock: `write` has the file for itself; it is brought back with its new length in its name. Answers
 * the file that is the row's when the transaction is committed.
 */
export const writeTaken = async (
  tx: Tx,
  root: string,
  u: Placed & Readonly<{ end: number }>,
  write: (path: string) => Promise<void>,
): Promise<string> => {
  const { path, file } = await takeFile(tx, root, u)
  const back = (receivedBytes: number) => rename(path, restingPath(root, { ...u, file, receivedBytes }))
  try {
    await write(path)
  } catch (e) {
    // What a disk has lost bytes of is not brought back: the next writer copies what was acknowledged.
    if (!(e instanceof DiskLostBytesError)) await back(u.receivedBytes).catch(() => undefined)
    throw e
  }
  await back(u.end)
  return file
}

/** Under the lock of an upload that is whole: a loss of power may have taken the last name of its file back. */
export const restAgain = async (root: string, u: Placed): Promise<void> => {
  const resting = restingPath(root, u)
  const found = await findFile(root, u)
  if (found !== resting) await rename(found, resting)
}
