import { citeProvision } from './citation.ts'
import { citationsOf, provisionOn } from './combine.ts'
import type { CaseLaw } from './combine.ts'
import type { Citation } from './evaluation.ts'
import type { Conflict } from './schema/conflict.ts'

export type ShownConflict = Readonly<{
  conflict: Conflict
  local: readonly Citation[]
  national: readonly Citation[]
}>

/** Where the chosen packs differ from national law on a date, with both citations; for pages that show a regulation. */
export const conflictsOf = (caseLaw: CaseLaw, date: string): ShownConflict[] =>
  caseLaw.law.conflicts.flatMap((conflict) => {
    const local = citationsOf(caseLaw, conflict.local, date)
    const national = conflict.national
      .map((id) => provisionOn(caseLaw, id, date))
      .flatMap((provision) => (provision === undefined ? [] : [citeProvision(provision)]))
    return local.length === 0 || national.length === 0 ? [] : [{ conflict, local, national }]
  })
