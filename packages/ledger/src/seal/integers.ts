import { type Der, hasTag, malformed, TAG } from './der.ts'

/** Apart from the rest of DER: what needs BigInt stays in as few files as it can (apps/verifier). */
export const toBigInt = (bytes: Uint8Array): bigint => {
  let n = 0n
  for (const byte of bytes) n = (n << 8n) | BigInt(byte)
  return n
}

/** A positive INTEGER. */
export const integer = (value: Der | undefined): bigint => {
  const { content } = hasTag(value, TAG.integer)
  if (content.length === 0 || (content[0] ?? 0) >= 0x80) return malformed('not a positive integer')
  return toBigInt(content)
}
