import { verify } from '@stablelib/ed25519'

/**
 * Stands in for the module of the same name that the ledger uses, which needs BigInt: the signature of a log and of its
 * witnesses must be checkable in a browser of 2018, too. This page only verifies.
 */
const only = (): never => {
  throw new Error('this page verifies and does not sign')
}

export const ed25519 = {
  verify: (signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean =>
    verify(key, message, signature),
  sign: only,
  getPublicKey: only,
}
