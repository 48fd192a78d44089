import { concat, utf8 } from './bytes.ts'
import type { Hash, Hashes } from './hashes.ts'

/** Separates these hashes from every other use of the same functions. */
export const PART_TAG = utf8('liuhen.part.v1\n')
export const SALT_BYTES = 32

/**
 * Commitment to one compartment: H(tag ‖ salt ‖ payload). The salt's length is fixed, so that no two (salt, payload)
 * pairs give the same input; the payload is the stored bytes, never a new serialisation.
 */
export const commit = (hash: Hash, salt: Uint8Array, payload: Uint8Array): Uint8Array => {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes, not ${salt.length}`)
  return hash(concat(PART_TAG, salt, payload))
}

export type Commitment = Readonly<{ sha256: Uint8Array; sm3: Uint8Array }>

export const commitBoth = (hashes: Hashes, salt: Uint8Array, payload: Uint8Array): Commitment => ({
  sha256: commit(hashes.sha256, salt, payload),
  sm3: commit(hashes.sm3, salt, payload),
})
