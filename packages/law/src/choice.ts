import { carriesOut, packAt } from './combine.ts'
import { inForce } from './law.ts'
import type { Law, LawSelection, LoadedPack } from './law.ts'
import { namesOf, patternsIn } from './schema/fact-pattern.ts'
import type { Procedure } from './schema/procedure.ts'

/** The procedures in force on a date, each in its version of that day. */
export const proceduresAt = (law: Law, date: string): Procedure[] =>
  [...new Set(law.procedures.map((p) => p.id))].flatMap(
    (id) =>
      inForce(
        law.procedures.filter((p) => p.id === id),
        date,
      ) ?? [],
  )

/** The chosen texts, each in its version of that day. */
const chosenAt = (law: Law, { base, overlays }: LawSelection, date: string): LoadedPack[] =>
  [base, ...overlays].flatMap((id) => packAt(law, id, date) ?? [])

/** The kinds of act that the chosen texts speak of, in their order. Undefined where none is chosen: national law alone names no list. */
const actsOf = (law: Law, selection: LawSelection, date: string): string[] | undefined => {
  const chosen = chosenAt(law, selection, date)
  return chosen.length === 0 ? undefined : [...new Set(chosen.flatMap((p) => p.pack.acts))]
}

/**
 * The procedures in which an agency may open a case: registers are none, and what no text of the agency calls its act is
 * not its business. In the order in which the texts list the acts.
 */
export function proceduresOpenTo(law: Law, selection: LawSelection, date: string): Procedure[] {
  const acts = actsOf(law, selection, date)
  const cases = proceduresAt(law, date).filter((p) => p.kind === 'case')
  if (acts === undefined) return cases
  const place = (p: Procedure): number => acts.findIndex((act) => carriesOut(p, [act]))
  return cases.filter((p) => place(p) >= 0).toSorted((a, b) => place(a) - place(b))
}

/** Clauses on which a register itself stands: of its steps, and of its rules on the facts that are its own and no module's. */
function clausesOfOwn({ steps, events, guards, duties }: Procedure): string[] {
  const own = new Set(events.filter((e) => e.subject === undefined).map((e) => e.name))
  const onOwn = (of: unknown): boolean => patternsIn(of).some((p) => namesOf(p).some((n) => own.has(n)))
  return [
    ...steps,
    ...guards.filter((guard) => onOwn(guard.on)),
    ...duties.filter((duty) => onOwn(duty.opens)),
  ].flatMap((rule) => rule.clauses ?? [])
}

/**
 * The registers that an agency keeps: those that stand on a clause of its own texts. National law alone tells nobody to
 * keep one, so an agency without texts is offered all.
 */
export function registersKeptBy(law: Law, selection: LawSelection, date: string): Procedure[] {
  const chosen = chosenAt(law, selection, date)
  const says = (clause: string): boolean => chosen.some((p) => p.clauses.has(clause))
  return proceduresAt(law, date)
    .filter((p) => p.kind === 'register')
    .filter((p) => chosen.length === 0 || clausesOfOwn(p).some(says))
}
