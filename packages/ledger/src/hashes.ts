import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { sm3, startSm3 } from './sm3.ts'

export type Hash = (bytes: Uint8Array) => Uint8Array
export type Hasher = { update(bytes: Uint8Array): void; digest(): Uint8Array }

/** What sealing and proving need. A host injects its own, faster functions. */
export type Hashes = Readonly<{ sha256: Hash; sm3: Hash }>

/** What reading large files needs on top. */
export type StreamHashes = Hashes & Readonly<{ startSha256(): Hasher; startSm3(): Hasher }>

export const sha256: Hash = (bytes) => nobleSha256(bytes)

export const pureHashes: StreamHashes = {
  sha256,
  sm3,
  startSha256: () => {
    const hasher = nobleSha256.create()
    return { update: (bytes) => void hasher.update(bytes), digest: () => hasher.digest() }
  },
  startSm3,
}
