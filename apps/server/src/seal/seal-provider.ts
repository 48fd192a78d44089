import type { Algorithm } from '@liuhen/ledger/seal/public-key'

/** Whose key: the agency's seal, or one of its officers'. */
export type SealHolder = Readonly<{
  agencyId: string
  agencyName: string
  officer?: Readonly<{ personId: string; name: string }>
}>

/** A certificate whose key the provider can use. */
export type HeldCertificate = Readonly<{
  algorithm: Algorithm
  /** DER. */
  certificate: Uint8Array
  /** The authorities above it, DER. */
  authorities: readonly Uint8Array[]
}>

/** The agency's own picture of its seal. */
export type SealPicture = Readonly<{ extension: 'svg' | 'png' | 'jpg'; bytes: Uint8Array }>

export type Held = Readonly<{ certificates: readonly HeldCertificate[]; picture?: SealPicture }>

/**
 * Whatever holds keys of seals: files beside the log's key, a device, a service of the province. It signs bytes and says
 * with which certificate; what the bytes mean and where the signature goes is not its matter. `at` is when the paper is
 * issued: nobody signs with a certificate that was not valid then, but that is for the caller to judge.
 */
export type SealProvider = Readonly<{
  find(holder: SealHolder, at: string): Promise<Held>
  /** The signature over these bytes: DER for curves, the block for RSA. Throws when no such key is held. */
  sign(holder: SealHolder, algorithm: Algorithm, bytes: Uint8Array): Promise<Uint8Array>
}>
