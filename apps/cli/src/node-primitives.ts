import { createHash, createPublicKey, hash, verify, webcrypto } from 'node:crypto'
import { purePrimitives, type Primitives } from '@liuhen/ledger/package/primitives'

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex')

/** The same functions as the pure ones, from OpenSSL; chunks are digested on another thread. */
export const nodePrimitives: Primitives = {
  ...purePrimitives,
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  sm3: (bytes) => createHash('sm3').update(bytes).digest(),
  startSha256: () => createHash('sha256'),
  startSm3: () => createHash('sm3'),
  digestChunk: async (bytes) => new Uint8Array(await webcrypto.subtle.digest('SHA-256', bytes)),
  verifyEd25519: (signature, message, key) => {
    const der = Buffer.concat([SPKI_ED25519, key])
    return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature)
  },
}
