import { p256 } from '@noble/curves/nist.js'
import { fromBase64, fromHex, toHex } from '../bytes.ts'
import { sha256 } from '../hashes.ts'

/** SubjectPublicKeyInfo of an uncompressed P-256 point: always these 26 bytes, then 65 of the point. */
const SPKI_PREFIX = '3059301306072a8648ce3d020106082a8648ce3d030107034200'
const POINT_BYTES = 65

/** The point of a P-256 key in SPKI, base64; undefined for anything else. */
export const pointOf = (spki: string): Uint8Array | undefined => {
  const bytes = fromBase64(spki)
  const prefix = fromHex(SPKI_PREFIX)
  if (bytes === undefined || prefix === undefined || bytes.length !== prefix.length + POINT_BYTES)
    return undefined
  if (toHex(bytes.slice(0, prefix.length)) !== SPKI_PREFIX) return undefined
  const point = bytes.slice(prefix.length)
  return p256.utils.isValidPublicKey(point, false) ? point : undefined
}

/** By which people compare a key: SHA-256 of its SPKI, in hex. */
export const fingerprintOf = (spki: string): string => toHex(sha256(fromBase64(spki) ?? new Uint8Array()))

/** A host may inject its own, faster function. */
export type VerifyP256 = (signature: Uint8Array, message: Uint8Array, spki: string) => boolean

/** ECDSA with SHA-256, signature as r ‖ s (IEEE P1363), the form of WebCrypto; it does not keep s low. */
export const verifyP256: VerifyP256 = (signature, message, spki) => {
  const point = pointOf(spki)
  if (point === undefined || signature.length !== 64) return false
  try {
    return p256.verify(signature, message, point, { lowS: false, prehash: true })
  } catch {
    return false
  }
}
