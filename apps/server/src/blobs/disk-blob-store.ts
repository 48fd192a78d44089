import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, open, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { quarantinePath, receivingPath, tombstonePath } from './blob-places.ts'
import {
  BlobMismatchError,
  BlobMissingError,
  type BlobStore,
  type Destroyed,
  type DestructionOrder,
  isDigest,
  type ListedBlob,
  mustName,
  tombstoneOf,
} from './blob-store.ts'
import { isMissing, linkDurably, makeDurableDirectory, removeIfThere, syncDirectory } from './durable.ts'

/** <root>/sha256/ab/cd/<hex>. A digest is the only thing that becomes a name: no text of a user reaches a path. */
export const blobPath = (root: string, sha256: string): string => {
  if (!isDigest(sha256)) throw new TypeError('A blob is named by its SHA-256 in lower-case hex')
  return join(root, 'sha256', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

export const fileSha256 = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

const sizeAt = (path: string): Promise<number | undefined> =>
  stat(path).then(
    (s) => s.size,
    (e: unknown) => {
      if (isMissing(e)) return undefined
      throw e
    },
  )

const directories = async (path: string): Promise<string[]> =>
  readdir(path).catch((e: unknown) => (isMissing(e) ? [] : Promise.reject(e)))

async function* listBlobs(root: string): AsyncGenerator<ListedBlob> {
  const top = join(root, 'sha256')
  for (const a of await directories(top))
    for (const b of await directories(join(top, a)))
      for (const sha256 of await directories(join(top, a, b))) {
        const sizeBytes = await sizeAt(join(top, a, b, sha256))
        if (sizeBytes !== undefined) yield { sha256, sizeBytes }
      }
}

/** A new working file with these bytes, on the disk when this returns. Answers with their digest. */
const writeStaged = async (path: string, bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  // A working file that a crash left never had a name in the store.
  await removeIfThere(path)
  await makeDurableDirectory(dirname(path))
  const hash = createHash('sha256')
  const file = await open(path, 'wx', 0o640)
  try {
    for await (const part of bytes) {
      hash.update(part)
      await file.writeFile(part)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

const adopt = async (root: string, stagedPath: string, sha256: string): Promise<void> => {
  const path = blobPath(root, sha256)
  await chmod(stagedPath, 0o444)
  await linkDurably(stagedPath, path)
}

const take = async (root: string, sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<void> => {
  blobPath(root, sha256)
  const staged = receivingPath(root, sha256)
  try {
    const found = await writeStaged(staged, bytes)
    if (found !== sha256) throw new BlobMismatchError(sha256, found)
    await adopt(root, staged, sha256)
  } finally {
    await removeIfThere(staged)
  }
}

const setAside = async (root: string, sha256: string, id: string): Promise<void> => {
  const path = blobPath(root, sha256)
  const kept = quarantinePath(root, id)
  const linked = await linkDurably(path, kept).then(
    () => true,
    (e: unknown) => (isMissing(e) ? false : Promise.reject(e)),
  )
  if (!linked) return
  // After a crash both names are of one file; a name that keeps another file is not for this one.
  if ((await stat(path)).ino !== (await stat(kept)).ino) throw new Error(`${kept} keeps another file`)
  await removeIfThere(path)
  await syncDirectory(dirname(path))
}

const isThere = async (path: string): Promise<boolean> => (await sizeAt(path)) !== undefined

/** Its working file bears the digest, so that whoever goes on after a crash removes it. */
const writeTombstone = async (root: string, order: DestructionOrder): Promise<void> => {
  const staged = receivingPath(root, order.sha256)
  await writeStaged(staged, Readable.from([Buffer.from(tombstoneOf(order))]))
  await chmod(staged, 0o444)
  await linkDurably(staged, tombstonePath(root, order.sha256, order.batchId))
  await removeIfThere(staged)
}

/** The tombstone first: bytes that are gone without one would be a loss that nobody explains. */
const destroy = async (root: string, sha256: string, order: DestructionOrder): Promise<Destroyed> => {
  mustName(order, sha256)
  const path = blobPath(root, sha256)
  const tombstone = tombstonePath(root, sha256, order.batchId)
  const files = [path, receivingPath(root, sha256), ...order.asides.map((id) => quarantinePath(root, id))]
  const there: string[] = []
  for (const file of files) if (await isThere(file)) there.push(file)
  if (there.length === 0 && !(await isThere(tombstone))) return { outcome: 'absent' }
  if (!(await isThere(tombstone))) await writeTombstone(root, order)
  for (const file of there) {
    await removeIfThere(file)
    await syncDirectory(dirname(file))
  }
  return { outcome: 'destroyed' }
}

export const diskBlobStore = (root: string): BlobStore => ({
  adopt: (stagedPath, sha256) => adopt(root, stagedPath, sha256),
  take: (sha256, bytes) => take(root, sha256, bytes),
  tidy: (sha256) => removeIfThere(receivingPath(root, sha256)),
  setAside: (sha256, id) => setAside(root, sha256, id),
  destroy: (sha256, order) => destroy(root, sha256, order),
  open: async (sha256, range) => {
    const path = blobPath(root, sha256)
    if ((await sizeAt(path)) === undefined) throw new BlobMissingError(sha256)
    return createReadStream(path, { ...range, highWaterMark: 1 << 18 })
  },
  withFile: async (sha256, use) => use(blobPath(root, sha256)),
  sizeOf: async (sha256) => sizeAt(blobPath(root, sha256)),
  verify: async (sha256) => {
    const path = blobPath(root, sha256)
    if ((await sizeAt(path)) === undefined) return 'missing'
    return (await fileSha256(path)) === sha256 ? 'intact' : 'altered'
  },
  list: () => listBlobs(root),
})
