import { checkAbsentParts } from './check-absent.ts'
import { checkBag } from './check-bag.ts'
import { checkBlobs } from './check-blobs.ts'
import { checkEnclosures } from './check-enclosures.ts'
import { checkEepSignatures } from './check-eep-signature.ts'
import { checkEvents } from './check-events.ts'
import { checkRevoked } from './check-keys.ts'
import { checkIssued } from './check-issued.ts'
import { checkLog } from './check-log.ts'
import { checkMetadata } from './check-metadata.ts'
import { checkSeals } from './check-seals.ts'
import { checkSm2 } from './check-sm2.ts'
import { checkStamps } from './check-stamps.ts'
import { checkStreams } from './check-streams.ts'
import { isForeignTar } from './foreign-tar.ts'
import { purePrimitives, type Primitives } from './primitives.ts'
import { readPackage, type PackageReader } from './read-package.ts'
import type { Report } from './report.ts'

export type VerifyOptions = Readonly<{
  /** Text of a C2SP tlog-policy: whose keys the reader trusts. */
  policy?: string
  primitives?: Primitives
  /** Also compute SM3 of whole recordings; several times slower. */
  sm3Files?: boolean
  onBytes?: (sizeBytes: number) => void
  /** Why this host cannot compute the signatures on papers; each paper that bears one is then NOT CHECKED. */
  sealsUnread?: string
}>

const unread = (items: Report['items']): Report => ({
  verdict: 'FAIL',
  anchoring: 'UNANCHORED',
  witnesses: { confirmed: 0, named: 0 },
  keys: 'NOT CHECKED',
  seals: 'NONE',
  origin: '',
  fingerprint: '',
  keyInPackage: '',
  items,
})

/**
 * Checks a whole package from the outside in. Never throws on a bad package and never stops at the first fault; a file
 * that cannot be read is a fault. PASS means that nothing failed under the given policy (decisions.md 13): what was
 * not checked is in the list, and what anchors the log to the outside is in `anchoring`.
 */
export const verifyPackage = async (reader: PackageReader, options: VerifyOptions = {}): Promise<Report> => {
  const { policy, primitives = purePrimitives, sm3Files = false, onBytes, sealsUnread } = options
  const scan = await readPackage(reader, { primitives, sm3Files, ...(onBytes && { onBytes }) })
  if (isForeignTar(scan)) return unread(scan.items)
  const log = checkLog(scan, policy, primitives)
  const { items: eventItems, events } = checkEvents(scan, log, primitives)
  const included = events.filter((e) => e.index !== undefined)
  const sealed = checkSeals(scan, included, {
    policy,
    primitives,
    ...(sealsUnread !== undefined && { sealsUnread }),
  })
  const stamped = checkStamps(scan, log, included, {
    policy,
    primitives,
    ...(sealsUnread !== undefined && { stampsUnread: sealsUnread }),
  })
  const keys = checkRevoked(log, { witnessed: log.witnessedAt, stamped: stamped.stampedAt })
  const items = [
    ...scan.items,
    ...checkBag(scan),
    ...log.items,
    ...keys.items,
    ...checkSm2(scan, log, { policy, primitives, ...(sealsUnread !== undefined && { unread: sealsUnread }) }),
    ...stamped.items,
    ...checkIssued(scan, log, included, primitives),
    ...eventItems,
    ...checkAbsentParts(events),
    ...checkStreams(scan, events, primitives),
    ...checkEnclosures(scan, events),
    ...checkBlobs(scan, included, primitives),
    ...sealed.items,
    ...checkEepSignatures(scan, { policy, primitives, sealsUnread }),
    ...checkMetadata(scan),
  ]
  const failed = items.length === 0 || items.some((i) => i.result === 'FAIL')
  return {
    verdict: failed ? 'FAIL' : 'PASS',
    anchoring: log.witnessed ? 'WITNESSED' : stamped.covers ? 'TIMESTAMPED' : 'UNANCHORED',
    witnesses: log.witnesses,
    keys: keys.isTrusted ? 'TRUSTED' : 'NOT CHECKED',
    seals: sealed.seals,
    origin: log.checkpoint?.origin ?? '',
    fingerprint: log.fingerprint,
    keyGiven: log.keyGiven,
    keyInPackage: log.keyInPackage,
    items,
  }
}
