import { sm2 } from 'sm-crypto-v2'

/** SM2 with SM3 and the user's default name, as DER. Node's own SM2 signs under an empty name or not at all. */
export const signSm2 = (keyHex: string, bytes: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.from(sm2.doSignature(bytes, keyHex.trim(), { der: true, hash: true }), 'hex'))

/** The uncompressed public point of a private number. */
export const publicOf = (keyHex: string): Uint8Array =>
  new Uint8Array(Buffer.from(sm2.getPublicKeyFromPrivateKey(keyHex), 'hex'))

/** A new private number, in hex. */
export const makeSm2Key = (): string => sm2.generateKeyPairHex().privateKey
