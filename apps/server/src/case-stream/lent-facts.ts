import type { OpenCase } from '@liuhen/domain/case/state'
import type { Fact } from '@liuhen/law/fact'
import type { Procedure } from '@liuhen/law/schema/procedure'
import type { LawLibrary } from '../law/library.ts'
import type { Tx } from '../postgres/transaction.ts'
import { readRegisters } from './read-registers.ts'

type Lending = NonNullable<Procedure['lends']>

/** Entries as the last adoption put them in force, at its time. They are the register's, so nothing in the case is about them. */
export const inForceOf = (facts: readonly Fact[], { events, once }: Lending): Fact[] => {
  const adopted = facts.findLast((f) => f.kind === 'event' && f.name === once)
  if (adopted === undefined) return []
  const until = Date.parse(adopted.at)
  return facts
    .filter((f) => f.kind === 'event' && events.includes(f.name) && Date.parse(f.at) <= until)
    .map(({ ref: _ref, step: _step, ...fact }) => ({ ...fact, at: adopted.at }))
}

/** What the agency's registers lend to this case. */
const lentTo = async ({ law }: LawLibrary, tx: Tx, s: OpenCase): Promise<Fact[]> => {
  const lenders = law.procedures.filter((p) => p.lends !== undefined)
  if (s.register) return []
  const registers = await readRegisters(
    tx,
    lenders.map((p) => p.id),
  )
  return registers.flatMap(({ procedure, facts }) => {
    const lends = lenders.find((p) => p.id === procedure)?.lends
    return lends === undefined ? [] : inForceOf(facts, lends)
  })
}

/** The case as the law judges it: with what the agency's registers lend to it. */
export const withLent = async (
  { library }: Readonly<{ library: LawLibrary }>,
  tx: Tx,
  s: OpenCase,
): Promise<OpenCase> => {
  const lent = await lentTo(library, tx, s)
  return lent.length === 0 ? s : { ...s, facts: [...lent, ...s.facts] }
}
