import { createHash, randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Pool } from 'pg'
import { inTransaction, type Tx } from '../postgres/transaction.ts'
import { receivingPath } from './blob-places.ts'
import { findBlob, insertReceiving, sealBlob, settle, settleVerified, type StoredBlob } from './blob-rows.ts'
import type { BlobStore } from './blob-store.ts'
import { createDurably, removeIfThere } from './durable.ts'

export type BlobDeps = Readonly<{ pool: Pool; store: BlobStore; root: string }>

type Written = Readonly<{ sha256: string; sm3: string; sizeBytes: number }>

const writeAndDigest = async (path: string, bytes: AsyncIterable<Uint8Array>): Promise<Written> => {
  const sha256 = createHash('sha256')
  const sm3 = createHash('sm3')
  let sizeBytes = 0
  const file = await open(path, 'r+')
  try {
    for await (const part of bytes) {
      sha256.update(part)
      sm3.update(part)
      sizeBytes += part.length
      await file.writeFile(part)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: sha256.digest('hex'), sm3: sm3.digest('hex'), sizeBytes }
}

/**
 * Keeps bytes that this system made or was given in one piece (a rendered PDF, a package). When it returns, they are
 * durable and verified; when it throws, nothing is kept and the whole call may be repeated, with a new file.
 * `claim`: to whom they will belong, told in the transaction before which no store has them; when it throws, none will.
 */
export const putBlob = async (
  deps: BlobDeps,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  mime: string,
  claim?: (tx: Tx, sha256: string) => Promise<void>,
): Promise<StoredBlob> => {
  const id = randomUUID()
  const path = receivingPath(deps.root, id)
  await insertReceiving(deps.pool, id, mime, 'put')
  try {
    await createDurably(path)
    const written = await writeAndDigest(path, bytes instanceof Uint8Array ? Readable.from([bytes]) : bytes)
    await inTransaction(deps.pool, async (tx) => {
      await claim?.(tx, written.sha256)
      await sealBlob(tx, id, written)
    })
    await deps.store.adopt(path, written.sha256)
    await inTransaction(deps.pool, (tx) => settleVerified(tx, id, written.sha256))
    await removeIfThere(path)
    return { ...written, mime }
  } catch (e) {
    await removeIfThere(path).catch(() => undefined)
    await discardUnlessVerified(deps, id).catch(() => undefined)
    throw e
  }
}

/** A sealed row may own bytes that already bear their digest's name: it stays for reconciliation to finish. */
const discardUnlessVerified = async (deps: BlobDeps, id: string): Promise<void> => {
  const { rows } = await deps.pool.query<{ state: string }>('SELECT state FROM app.blob WHERE id = $1', [id])
  if (rows[0]?.state === 'receiving') await settle(deps.pool, id, 'discarded', 'the write failed')
}

/** The stored bytes with their record; absent when no verified row owns them, whatever lies on the disk. */
export const openBlob = async (
  deps: BlobDeps,
  sha256: string,
  range?: Readonly<{ start: number; end: number }>,
): Promise<Readonly<{ blob: StoredBlob; stream: Readable }> | undefined> => {
  const blob = await findBlob(deps.pool, sha256)
  return blob && { blob, stream: await deps.store.open(sha256, range) }
}
