import { addresseesOf, nameAsCorrected } from '../addressees.ts'
import { civilDateAt } from '../civil-date.ts'
import { citing, documentAt } from '../combine.ts'
import type { CaseLaw } from '../combine.ts'
import type { EachParty } from '../schema/procedure.ts'
import { no } from './check.ts'
import type { Check } from './check.ts'
import { ANEW, asCorrected, placesTaken, withoutVoided } from './document-state.ts'
import { allSought } from './match.ts'
import { soughtBy } from './sought.ts'
import type { Sought } from './sought.ts'
import { byTime, inOrder, isSound } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** Those whom a paper names: as it was made, and as it reads now, as corrected. */
type Text = Readonly<{ first: readonly string[]; now: readonly string[] }>
type Texts = ReadonlyMap<string | undefined, Text>

const isPaper = ({ kind, ref }: TimedFact): boolean => kind === 'document' && ref !== undefined

function namedIn(facts: readonly TimedFact[], { law }: CaseLaw): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, readonly string[]>()
  for (const fact of facts) {
    const { kind, name, ownName = name, state, ref, data } = fact
    if (kind !== 'document' || ref === undefined || state !== 'issued' || data === undefined) continue
    const definition = isSound(fact) ? documentAt(law, ownName, civilDateAt(fact.ms)) : undefined
    if (definition?.servedOn !== undefined) named.set(ref, addresseesOf(definition, data))
  }
  return named
}

/** It names several, or did so when it was made: of a paper of one party nothing is read otherwise. */
const isOnSeveral = (text: Text | undefined): text is Text =>
  text !== undefined && (text.first.length > 1 || text.now.length > 1)

/** Papers of the kinds that name on whom they are served. */
function textsOf(told: readonly TimedFact[], corrected: readonly TimedFact[], caseLaw: CaseLaw): Texts {
  const now = namedIn(corrected, caseLaw)
  const first = corrected === told ? now : namedIn(told, caseLaw)
  return new Map([...now].map(([ref, names]) => [ref, { first: first.get(ref) ?? names, now: names }]))
}

/**
 * For whom it is done. Somebody whom the paper does not name is nobody in particular; what says nobody is from before papers
 * were served on each, and counts for all whom the paper that was served named (035).
 */
function partiesOf(fact: TimedFact, said: string | undefined, { first, now }: Text): readonly string[] {
  if (said === undefined) return fact.data?.[ANEW] === true ? now : [...nameAsCorrected(first, now).values()]
  if (now.includes(said)) return [said]
  const name = nameAsCorrected(first, now).get(said)
  return name === undefined ? [] : [name]
}

const saidIn = ({ by }: EachParty, { data }: TimedFact): string | undefined => {
  const said = data?.[by]
  return typeof said === 'string' && said.trim() !== '' ? said.trim() : undefined
}

type Read = Readonly<{
  /** How a fact reads. */
  as: Map<TimedFact, TimedFact>
  /** What the service of a correction is to the paper whose place the correction took: that of those still wanting. */
  also: Map<TimedFact, TimedFact>
}>
type Papers = Readonly<{ texts: Texts; places: ReadonlyMap<string, string> }>

/** In the order of time, whatever the order in which it was registered. */
function readShares(
  facts: readonly TimedFact[],
  { texts, places }: Papers,
  rule: EachParty,
  caseLaw: CaseLaw,
  read: Read,
) {
  const cite = citing(caseLaw, rule.clauses)
  const wanting = new Map([...texts].map(([ref, { now }]) => [ref, new Set(now)]))
  const share = (fact: TimedFact, text: Text, ref: string | undefined): TimedFact | undefined => {
    const said = saidIn(rule, fact)
    const parties = partiesOf(fact, said, text)
    const left = wanting.get(ref) ?? new Set()
    const isNews = parties.some((name) => left.has(name))
    for (const name of parties) left.delete(name)
    const state = left.size > 0 ? rule.part : rule.state
    const whose = said === undefined ? {} : { party: parties[0], addressees: text.now }
    return ref === fact.ref || isNews
      ? { ...fact, ref, state, whole: rule.state, left: [...left], ...whose }
      : undefined
  }
  for (const fact of facts
    .filter((f) => isPaper(f) && f.state === rule.state && isSound(f))
    .toSorted(byTime)) {
    if (cite(civilDateAt(fact.ms)).length === 0) continue
    const own = texts.get(fact.ref)
    const as = isOnSeveral(own) ? share(fact, own, fact.ref) : undefined
    if (as !== undefined) read.as.set(fact, as)
    const place = fact.corrects === true ? places.get(fact.ref ?? '') : undefined
    const earlier = texts.get(place)
    if (!isOnSeveral(earlier)) continue
    const of = { ...fact, name: fact.ownName ?? fact.name, ownName: undefined }
    const text = { first: own?.first ?? earlier.now, now: earlier.now }
    const also = share(of, text, place)
    if (also !== undefined) read.also.set(fact, { ...also, about: undefined, corrects: undefined })
  }
}

/**
 * The facts as rules read them at a moment, papers as corrected by then: what was done for one party (EachParty) while
 * another was still wanting has the state `part`, and says for whom it was done. `told` is in order of time, without papers
 * that were voided.
 */
export function byParty(told: readonly TimedFact[], caseLaw: CaseLaw, ms: number): readonly TimedFact[] {
  const { steps, eachParty } = caseLaw.procedure
  const { servedAnew } = steps.find((step) => step.servedAnew !== undefined) ?? {}
  const facts = asCorrected(told, ms, servedAnew)
  const texts: Texts = eachParty.length === 0 ? new Map() : textsOf(told, facts, caseLaw)
  if (![...texts.values()].some(isOnSeveral)) return facts
  const places = facts === told ? new Map<string, string>() : placesTaken(told, ms, servedAnew)
  const read: Read = { as: new Map(), also: new Map() }
  for (const rule of eachParty) readShares(facts, { texts, places }, rule, caseLaw, read)
  return facts.flatMap((fact) => {
    const text = isPaper(fact) && fact.state === 'issued' ? texts.get(fact.ref) : undefined
    const as = read.as.get(fact) ?? (isOnSeveral(text) ? { ...fact, addressees: text.now } : fact)
    const also = read.also.get(fact)
    return also === undefined ? as : [as, also]
  })
}

/** The place of a fact that is asked about, among those on record. */
const ASKED = -2

/** The fact in question as it is read beside those on record. */
export function readBeside(
  subject: TimedFact,
  { facts, caseLaw }: Readonly<{ facts: readonly TimedFact[]; caseLaw: CaseLaw }>,
  ms: number,
): TimedFact {
  const { eachParty } = caseLaw.procedure
  if (!isPaper(subject) || !eachParty.some(({ state }) => state === subject.state)) return subject
  const ofKind = facts.filter((f) => isPaper(f) && f.name === subject.name)
  const beside = [...ofKind, { ...subject, order: ASKED }]
  const read = byParty(withoutVoided(inOrder(beside), ms), caseLaw, ms).find((f) => f.order === ASKED)
  if (read === undefined) return subject
  const { state, whole, party, addressees, left } = read
  return { ...subject, state, whole, party, addressees, left }
}

/** In which place the paper names the party, from 1: so one is told from another where no name may be told. */
export const placeOfParty = ({ addressees = [], party = '' }: TimedFact): number =>
  addressees.indexOf(party) + 1

/** Whether a fact is of the opener's party, by the name it has now or had then, or says of nobody in particular. */
export function isOfParty(fact: TimedFact, opener: TimedFact, { procedure }: World): boolean {
  if (opener.party === undefined) return true
  const named = ({ data }: TimedFact) => procedure.eachParty.map(({ by }) => data?.[by]).find((name) => name)
  const said = fact.party ?? named(fact)
  return said === undefined || said === opener.party || said === named(opener)
}

/** It was done for somebody whom the paper does not name, or no longer. */
const isOfStranger = ({ whole, addressees, party }: TimedFact): boolean =>
  whole !== undefined && addressees !== undefined && party === undefined

/** The facts of each party apart, and those of nobody in particular; what was done for a stranger begins nothing. */
export function groupedByParty(facts: readonly TimedFact[]): readonly (readonly TimedFact[])[] {
  const groups = new Map<string | undefined, TimedFact[]>()
  for (const fact of facts.filter((f) => !isOfStranger(f)))
    groups.set(fact.party, [...(groups.get(fact.party) ?? []), fact])
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
      const last = shares.findLast((f) => f.ref === paper?.ref)
      const left = last === undefined ? (paper?.addressees ?? []) : (last.left ?? [])
      if (left.length > 0) return rule.left.replaceAll('{left}', left.join('、'))
    }
  return undefined
}

/** It does not hold; where a paper has it for some only, with who is wanting. */
export function withWanting(sought: readonly Sought[], world: World): Check {
  const wanting = wantingFor(sought, world)
  return wanting === undefined ? no() : no({ wanting })
}
