import type * as Real from '@liuhen/ledger/seal/public-key'
import type {} from './curves.ts'

/** Stands in for the ledger's module of the same name, whose script the browser may have been too old to read. */
const curves = () => {
  if (window.liuhenCurves === undefined) throw new Error('no BigInt')
  return window.liuhenCurves
}

export const hasCurves = (): boolean => window.liuhenCurves !== undefined

export const readPublicKey: typeof Real.readPublicKey = (spki) => curves().readPublicKey(spki)
export const isSignedBy: typeof Real.isSignedBy = (...a) => curves().isSignedBy(...a)
