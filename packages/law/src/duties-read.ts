import type { CaseLaw } from './combine.ts'
import { askingOf } from './evaluate/asking.ts'
import { readyDuty } from './evaluate/ready-duty.ts'
import type { FactPattern } from './schema/fact-pattern.ts'
import { namesOf, patternsIn, statesOf } from './schema/fact-pattern.ts'
import type { DutyRule } from './schema/procedure.ts'

/** A duty that the texts of a case know: which fact begins its period and which one fulfils it. */
export type DutyRead = Readonly<{
  id: string
  label: string
  /** As a timeline writes a fact: `event act-ended`; several, whichever comes first. */
  opens: readonly string[]
  closes: readonly string[]
  /** Clauses of the case's own texts and of national law that ask for it. */
  clauses: readonly string[]
}>

const asWritten = (pattern: FactPattern): readonly string[] =>
  namesOf(pattern).map((name) => [pattern.kind, name, (statesOf(pattern) ?? []).join('|')].join(' ').trim())

function clausesOf(rule: DutyRule, caseLaw: CaseLaw, date: string): readonly string[] {
  const { cite, fixed } = readyDuty(rule, { caseLaw, asking: askingOf(caseLaw) })
  const dating = fixed.flatMap(({ citations }) => citations)
  return [...new Set([...cite(date), ...dating].map(({ clause }) => clause))]
}

/** Every duty of the procedure that some text of the case asks for on this date. */
export const dutiesRead = (caseLaw: CaseLaw, date: string): DutyRead[] =>
  caseLaw.procedure.duties.flatMap((rule) => {
    const clauses = clausesOf(rule, caseLaw, date)
    if (clauses.length === 0) return []
    return [
      {
        id: rule.id,
        label: rule.what,
        opens: patternsIn(rule.opens).flatMap(asWritten),
        closes: [rule.closes, ...rule.orCloses.map((other) => other.with)].flatMap(asWritten),
        clauses,
      },
    ]
  })

/** As lines for people. */
export const printDutiesRead = (duties: readonly DutyRead[]): string[] =>
  duties.flatMap(({ id, label, opens, closes, clauses }) => [
    `duty ${id}　${label}（${clauses.join('、')}）`,
    `    自 ${opens.join(' 或 ')} 起，至 ${closes.join(' 或 ')}`,
  ])
