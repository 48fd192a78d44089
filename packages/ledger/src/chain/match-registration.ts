import { finding, type ChainFinding } from './finding.ts'
import type { ChainMedium, OpenRecord, SegmentRecord } from './record.ts'

/** What a run was registered as; what is absent was not said and is not compared. */
export type Registered = Readonly<{
  session: string
  take: number
  /** Also a medium that no chain knows: then it is another one. */
  medium?: ChainMedium | (string & {}) | undefined
  case?: string | undefined
  step?: string | undefined
  scene?: string | undefined
  begunAt?: string | undefined
  endedAt?: string | undefined
}>

/** A device notes an end when the last segment lies on its disk, which a slow disk delays. */
const TIME_TOLERANCE_MS = 5_000

const isApart = (signed: string, said: string | undefined): boolean =>
  said !== undefined && Math.abs(Date.parse(signed) - Date.parse(said)) > TIME_TOLERANCE_MS
const isOther = (signed: string | undefined, said: string | undefined): boolean =>
  signed !== undefined && said !== undefined && signed !== said

/** The last one whose clock ran: what was signed after a restart has the time of the restart. */
const lastOf = (segments: readonly SegmentRecord[]): SegmentRecord | undefined =>
  segments.findLast((s) => s.mono !== undefined) ?? segments.at(-1)

/** What the device signed of its run against what the run was registered as. Of two that both speak, and differ. */
export const matchRegistration = (
  open: OpenRecord | undefined,
  segments: readonly SegmentRecord[],
  said: Registered | undefined,
): readonly ChainFinding[] => {
  if (open === undefined || said === undefined) return []
  const last = lastOf(segments)
  const { about, medium, session, take, wall } = open
  return [
    ...(session !== said.session || take !== said.take ? [finding('spliced', 0)] : []),
    ...(isApart(wall, said.begunAt) ? [finding('unlike', 0, 'begun')] : []),
    ...(last && isApart(last.wall, said.endedAt) ? [finding('unlike', last.n, 'ended')] : []),
    ...(isOther(medium, said.medium) ? [finding('unlike', 0, 'medium')] : []),
    ...(isOther(about?.case, said.case) ? [finding('unlike', 0, 'case')] : []),
    ...(isOther(about?.step, said.step) ? [finding('unlike', 0, 'step')] : []),
    ...(isOther(about?.scene, said.scene) ? [finding('unlike', 0, 'scene')] : []),
  ]
}
