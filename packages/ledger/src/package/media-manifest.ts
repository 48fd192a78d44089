import { toBase64 } from '../bytes.ts'
import type { Hash } from '../hashes.ts'
import { leafHash } from '../leaf.ts'
import { treeRoot } from '../merkle.ts'
import { CHUNK_BYTES, type MediaManifest } from './documents.ts'

/** Root over the SHA-256 digests of a recording's chunks: each digest is an entry of an RFC 6962 tree. */
export const chunkRoot = (hash: Hash, chunkDigests: readonly Uint8Array[]): Uint8Array =>
  treeRoot(
    hash,
    chunkDigests.map((digest) => leafHash(hash, digest)),
  )

export type MediaDigests = Readonly<{
  sizeBytes: number
  mime: string
  /** Lower-case hex, of the whole. */
  sha256: string
  sm3?: string
  /** SHA-256 of every CHUNK_BYTES bytes, in order. */
  chunkDigests: readonly Uint8Array[]
}>

/** Throws when the number of digests does not fit the size: a programmer's error. */
export const makeMediaManifest = (hash: Hash, media: MediaDigests): MediaManifest => {
  const { sizeBytes, mime, sha256, sm3, chunkDigests } = media
  if (chunkDigests.length !== Math.ceil(sizeBytes / CHUNK_BYTES)) {
    throw new RangeError(`${chunkDigests.length} digests for ${sizeBytes} bytes`)
  }
  return {
    v: 1,
    sizeBytes,
    mime,
    sha256,
    ...(sm3 !== undefined && { sm3 }),
    chunkSizeBytes: CHUNK_BYTES,
    chunks: chunkDigests.map(toBase64),
    chunkRoot: toBase64(chunkRoot(hash, chunkDigests)),
  }
}
