import { p256 } from '@noble/curves/nist.js'
import { equalBytes, fromHex, concat } from '../bytes.ts'
import type { Hashes } from '../hashes.ts'
import { bits, type Der, readDer, sequence } from './der.ts'
import { integer, toBigInt } from './integers.ts'
import { OID, oid } from './oids.ts'
import { verifySm2 } from './sm2.ts'

export type Algorithm = 'rsa-sha256' | 'ecdsa-sha256' | 'sm2-sm3'

export type PublicKey =
  | Readonly<{ algorithm: 'rsa-sha256'; n: bigint; e: bigint; sizeBytes: number }>
  | Readonly<{ algorithm: 'ecdsa-sha256' | 'sm2-sm3'; point: Uint8Array }>

const CURVES: Readonly<Record<string, 'ecdsa-sha256' | 'sm2-sm3'>> = {
  [OID.p256]: 'ecdsa-sha256',
  [OID.sm2]: 'sm2-sm3',
}

/** Reads a SubjectPublicKeyInfo; undefined where it is of a kind that we do not check. */
export const readPublicKey = (spki: Der | undefined): PublicKey | undefined => {
  const [algorithm, key] = sequence(spki)
  const [kind, parameter] = sequence(algorithm)
  if (oid(kind) === OID.rsa) {
    const [n, e] = sequence(readDer(bits(key)))
    const modulus = integer(n)
    return {
      algorithm: 'rsa-sha256',
      n: modulus,
      e: integer(e),
      sizeBytes: Math.ceil(modulus.toString(16).length / 2),
    }
  }
  if (oid(kind) !== OID.ec) return undefined
  const curve = CURVES[oid(parameter)]
  return curve === undefined ? undefined : { algorithm: curve, point: bits(key) }
}

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n
  let square = base % modulus
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

const toBytes = (n: bigint, sizeBytes: number): Uint8Array =>
  fromHex(n.toString(16).padStart(sizeBytes * 2, '0')) ?? new Uint8Array()

const DIGEST_INFO_SHA256 = fromHex('3031300d060960864801650304020105000420') ?? new Uint8Array()
const SMALLEST_RSA_BYTES = 256

/** PKCS #1 v1.5: the block is made anew and compared as a whole, so that nothing can hide in its padding. */
const verifyRsa = (
  key: Extract<PublicKey, { algorithm: 'rsa-sha256' }>,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean => {
  const { n, e, sizeBytes } = key
  const s = toBigInt(signature)
  if (sizeBytes < SMALLEST_RSA_BYTES || signature.length !== sizeBytes || s >= n || e < 3n) return false
  const tail = concat(DIGEST_INFO_SHA256, digest)
  const padding = new Uint8Array(sizeBytes - tail.length - 3).fill(0xff)
  const wanted = concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), tail)
  return equalBytes(toBytes(power(s, e, n), sizeBytes), wanted)
}

/** Whether the signature is this key's over these bytes. Never throws. */
export const isSignedBy = (
  key: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
  hashes: Hashes,
): boolean => {
  try {
    switch (key.algorithm) {
      case 'rsa-sha256':
        return verifyRsa(key, hashes.sha256(message), signature)
      case 'ecdsa-sha256':
        return p256.verify(signature, hashes.sha256(message), key.point, {
          prehash: false,
          lowS: false,
          format: 'der',
        })
      case 'sm2-sm3':
        return verifySm2(key.point, message, signature, hashes.sm3)
    }
  } catch {
    return false
  }
}
