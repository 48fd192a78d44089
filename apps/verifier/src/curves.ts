import { isSignedBy, readPublicKey } from '@liuhen/ledger/seal/public-key'

/**
 * A script of its own, before the page's: RSA, P-256 and SM2 are computed with BigInt. A browser that has none does not
 * read this script, and the page says of seals that they were not checked.
 */
declare global {
  interface Window {
    liuhenCurves?: Readonly<{ isSignedBy: typeof isSignedBy; readPublicKey: typeof readPublicKey }>
  }
}

window.liuhenCurves = { isSignedBy, readPublicKey }
