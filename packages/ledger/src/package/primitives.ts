import { pureHashes, type StreamHashes } from '../hashes.ts'
import { verifyEd25519, type VerifyEd25519 } from '../note.ts'

/** The cryptography that verification needs; a host injects faster functions. */
export type Primitives = StreamHashes &
  Readonly<{
    verifyEd25519: VerifyEd25519
    /** SHA-256 of a chunk, possibly on another thread. */
    digestChunk(bytes: Uint8Array): Promise<Uint8Array>
  }>

export const purePrimitives: Primitives = {
  ...pureHashes,
  verifyEd25519,
  digestChunk: (bytes) => Promise.resolve(pureHashes.sha256(bytes)),
}
