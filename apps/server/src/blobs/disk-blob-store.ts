import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { BlobMissingError, type BlobStore } from './blob-store.ts'
import { isMissing, linkDurably } from './durable.ts'

const HEX = /^[0-9a-f]{64}$/

/** <root>/sha256/ab/cd/<hex>. A digest is the only thing that becomes a name: no text of a user reaches a path. */
export const blobPath = (root: string, sha256: string): string => {
  if (!HEX.test(sha256)) throw new TypeError('A blob is named by its SHA-256 in lower-case hex')
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

async function* listBlobs(root: string): AsyncGenerator<string> {
  const top = join(root, 'sha256')
  for (const a of await directories(top))
    for (const b of await directories(join(top, a))) yield* await directories(join(top, a, b))
}

export const diskBlobStore = (root: string): BlobStore => ({
  adopt: async (stagedPath, sha256) => {
    const path = blobPath(root, sha256)
    await chmod(stagedPath, 0o444)
    await linkDurably(stagedPath, path)
  },
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
