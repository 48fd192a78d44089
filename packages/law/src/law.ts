import type { WorkdayCalendar } from './calendar.ts'
import type { DocumentDefinition } from './document-definition.ts'
import type { ApprovalFile } from './schema/approval.ts'
import type { Clause } from './schema/clause.ts'
import type { Conflict } from './schema/conflict.ts'
import type { Pack } from './schema/pack.ts'
import type { Procedure } from './schema/procedure.ts'
import type { NationalProvision } from './schema/provision.ts'
import type { Setting } from './schema/setting.ts'

/** One version of a regulation with all its clauses. */
export type LoadedPack = Readonly<{ pack: Pack; prefix: string; clauses: ReadonlyMap<string, Clause> }>

/** Everything under law/, parsed and cross-checked. Lists hold every version; selection is by date (see combine.ts). */
export type Law = Readonly<{
  packs: readonly LoadedPack[]
  provisions: readonly NationalProvision[]
  procedures: readonly Procedure[]
  documents: readonly DocumentDefinition[]
  scenes: ReadonlyMap<string, string>
  /** Scenes that are moments of an activity. */
  partScenes: ReadonlySet<string>
  settings: ReadonlyMap<string, Setting>
  conflicts: readonly Conflict[]
  approval: ApprovalFile
  calendar: WorkdayCalendar
}>

/** The base of an agency that has no regulation of its own: national law, and overlays if it has any. */
export const NATIONAL_ALONE = 'national'

/** What an agency has chosen. */
export type LawSelection = Readonly<{
  /** Id of a base pack, or `national` for national law alone. */
  base: string
  overlays: readonly string[]
  /** Off only in `law evaluate`, to read a pack by itself (decisions.md 3). */
  national?: 'on' | 'off'
  /** The kinds of act that the agency has taken up under texts that reach listed acts only. Absent: all of them. */
  acts?: readonly string[] | undefined
}>

type Versioned = Readonly<{ effectiveFrom: string | null; effectiveTo?: string | undefined }>

/** The version in force on a date: the latest that had begun, if it had not ended. */
export function inForce<T extends Versioned>(versions: readonly T[], date: string): T | undefined {
  let found: T | undefined
  for (const version of versions) {
    if (version.effectiveFrom !== null && version.effectiveFrom > date) continue
    if (version.effectiveTo !== undefined && version.effectiveTo < date) continue
    if (found === undefined || (version.effectiveFrom ?? '') >= (found.effectiveFrom ?? '')) found = version
  }
  return found
}
