import { addresseesOf } from '../addressees.ts'
import { civilDateAt } from '../civil-date.ts'
import { citing, documentAt } from '../combine.ts'
import type { CaseLaw } from '../combine.ts'
import type { EachParty } from '../schema/procedure.ts'
import { no } from './check.ts'
import type { Check } from './check.ts'
import { allSought } from './match.ts'
import { soughtBy } from './sought.ts'
import type { Sought } from './sought.ts'
import { byTime, isSound } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** By a paper, those whom it names, where they are several. */
type Named = ReadonlyMap<string | undefined, readonly string[]>

const isPaper = ({ kind, ref }: TimedFact): boolean => kind === 'document' && ref !== undefined

/** Papers that name several as they were issued; a paper of one party, and of a kind that names nobody, is left out. */
function namedIn(facts: readonly TimedFact[], { law, procedure }: CaseLaw): Named {
  const named = new Map<string | undefined, readonly string[]>()
  if (procedure.eachParty.length === 0) return named
  for (const fact of facts) {
    if (!isPaper(fact) || fact.state !== 'issued' || fact.data === undefined || !isSound(fact)) continue
    const definition = documentAt(law, fact.name, civilDateAt(fact.ms))
    const names = definition?.servedOn === undefined ? [] : addresseesOf(definition, fact.data)
    if (names.length > 1) named.set(fact.ref, names)
  }
  return named
}

/** For whom it is done; somebody whom the paper does not name is nobody in particular. */
function partyOf({ by }: EachParty, { data }: TimedFact, names: readonly string[]): string | undefined {
  const said = data?.[by]
  const name = typeof said === 'string' ? said.trim() : undefined
  return name !== undefined && names.includes(name) ? name : undefined
}

type Read = Map<TimedFact, TimedFact>

/** In the order of time, whatever the order in which it was registered. */
function readShares(
  facts: readonly TimedFact[],
  named: Named,
  rule: EachParty,
  caseLaw: CaseLaw,
  read: Read,
) {
  const cite = citing(caseLaw, rule.clauses)
  const wanting = new Map([...named].map(([ref, names]) => [ref, new Set(names)]))
  for (const fact of facts
    .filter((f) => isPaper(f) && f.state === rule.state && isSound(f))
    .toSorted(byTime)) {
    const [addressees, left] = [named.get(fact.ref), wanting.get(fact.ref)]
    if (addressees === undefined || left === undefined) continue
    if (cite(civilDateAt(fact.ms)).length === 0) continue
    const party = partyOf(rule, fact, addressees)
    if (party !== undefined) left.delete(party)
    const state = left.size > 0 ? rule.part : rule.state
    read.set(fact, { ...fact, state, whole: rule.state, party, addressees })
  }
}

/**
 * The facts as rules read them (EachParty): what was done for one party while another was still wanting has the state
 * `part`, and says for whom it was done.
 */
export function byParty(facts: readonly TimedFact[], caseLaw: CaseLaw): readonly TimedFact[] {
  const named = namedIn(facts, caseLaw)
  if (named.size === 0) return facts
  const read: Read = new Map()
  for (const rule of caseLaw.procedure.eachParty) readShares(facts, named, rule, caseLaw, read)
  return facts.map((fact) => {
    const addressees = isPaper(fact) && fact.state === 'issued' ? named.get(fact.ref) : undefined
    return read.get(fact) ?? (addressees === undefined ? fact : { ...fact, addressees })
  })
}

/** The fact in question as it is read beside those on record. */
export function readBeside(subject: TimedFact, facts: readonly TimedFact[], caseLaw: CaseLaw): TimedFact {
  if (!isPaper(subject)) return subject
  const own = facts.filter((f) => isPaper(f) && f.ref === subject.ref)
  const asTold = own.map((f) => (f.whole === undefined ? f : { ...f, state: f.whole }))
  return byParty([...asTold, subject], caseLaw).at(-1) ?? subject
}

/** In which place the paper names the party, from 1: so one is told from another where no name may be told. */
export const placeOfParty = ({ addressees = [], party = '' }: TimedFact): number =>
  addressees.indexOf(party) + 1

/** Whether a fact is of the opener's party, or says of nobody in particular. */
export function isOfParty(fact: TimedFact, opener: TimedFact, { procedure }: World): boolean {
  if (opener.party === undefined) return true
  const said = fact.party ?? procedure.eachParty.map(({ by }) => fact.data?.[by]).find((name) => name)
  return said === undefined || said === opener.party
}

/** The facts of each party apart, and those of nobody in particular. */
export function groupedByParty(facts: readonly TimedFact[]): readonly (readonly TimedFact[])[] {
  const groups = new Map<string | undefined, TimedFact[]>()
  for (const fact of facts) groups.set(fact.party, [...(groups.get(fact.party) ?? []), fact])
  return [...groups.values()]
}

/** Of those whom the latest such paper names, who is wanting for one of these states, in the rule's words. */
export function wantingFor(closes: readonly Sought[], world: World): string | undefined {
  for (const rule of world.procedure.eachParty)
    for (const { kind, names, states } of closes) {
      if (kind !== 'document' || names === undefined || states?.includes(rule.state) !== true) continue
      const ofKind = { kind, name: [...names] }
      const paper = allSought(world, soughtBy({ ...ofKind, state: 'issued' })).at(-1)
      const shares = allSought(world, soughtBy({ ...ofKind, state: [rule.part, rule.state] }))
      const had = new Set(shares.filter((f) => f.ref === paper?.ref).map((f) => f.party))
      const left = (paper?.addressees ?? []).filter((name) => !had.has(name))
      if (left.length > 0) return rule.left.replaceAll('{left}', left.join('、'))
    }
  return undefined
}

/** It does not hold; where a paper has it for some only, with who is wanting. */
export function withWanting(sought: readonly Sought[], world: World): Check {
  const wanting = wantingFor(sought, world)
  return wanting === undefined ? no() : no({ wanting })
}
