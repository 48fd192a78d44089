import type { Report } from './report.ts'

/**
 * Whose key a report speaks of. TRUSTED: the reader's, and the log is signed by it. PACKAGED: nobody named one, so it is the
 * one that came along, to be compared. GIVEN: the reader's, but it does not vouch for this package. OTHER: the reader's,
 * and the package holds another one.
 */
export type WhoseKey = 'TRUSTED' | 'PACKAGED' | 'GIVEN' | 'OTHER'

export const whoseKey = ({
  keys,
  keyGiven,
  keyInPackage,
}: Pick<Report, 'keys' | 'keyGiven' | 'keyInPackage'>): WhoseKey => {
  if (keys === 'TRUSTED') return 'TRUSTED'
  if (keyGiven === undefined) return 'PACKAGED'
  return keyGiven === keyInPackage ? 'GIVEN' : 'OTHER'
}
