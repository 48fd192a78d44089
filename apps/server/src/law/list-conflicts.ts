import { citeClause, citeProvision } from '@liuhen/law/citation'
import type { Citation } from '@liuhen/law/evaluation'
import { inForce, type Law, type LawSelection } from '@liuhen/law/law'

export type ConflictItem = Readonly<{
  id: string
  number: number
  applies: 'national' | 'stricter' | 'both' | 'setting'
  setting?: { id: string; label: string }
  note: string
  local: Citation[]
  national: Citation[]
  /** One of the texts is among those that the agency has chosen. */
  ours: boolean
}>

const localCitations = (law: Law, ids: readonly string[]): Citation[] =>
  ids.flatMap((id) =>
    law.packs.flatMap(({ pack, clauses }) => {
      const clause = clauses.get(id)
      return clause === undefined ? [] : [citeClause(clause, pack.title, pack.layer)]
    }),
  )

/** An article that is not in force on the day is shown in its last version. */
const nationalCitations = (law: Law, ids: readonly string[], date: string): Citation[] =>
  ids.flatMap((id) => {
    const versions = law.provisions.filter((p) => p.id === id)
    const shown = inForce(versions, date) ?? versions.at(-1)
    return shown === undefined ? [] : [citeProvision(shown)]
  })

/** The places where a text and national law differ, and which of them the system follows. */
export const listConflicts = (law: Law, chosen: LawSelection, date: string): { items: ConflictItem[] } => {
  const ours = law.packs.filter(({ pack }) => [chosen.base, ...chosen.overlays].includes(pack.id))
  return {
    items: law.conflicts.map(({ id, number, applies, setting, note, local, national }) => {
      const said = setting === undefined ? undefined : law.settings.get(setting)
      return {
        id,
        number,
        applies,
        ...(said === undefined ? {} : { setting: { id: said.id, label: said.label } }),
        note,
        local: localCitations(law, local),
        national: nationalCitations(law, national, date),
        ours: local.some((one) => ours.some((p) => p.clauses.has(one))),
      }
    }),
  }
}
