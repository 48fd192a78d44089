import { civilDateOf } from '../civil-date.ts'
import type { FactPerson } from '../fact.ts'
import { peopled } from './look-up.ts'
import type { TimedFact, World } from './world.ts'

/** Ours, not a text's: the capacities of GLOSSARY.md in which somebody acts as an enforcement officer. */
const OFFICER_CAPACITIES = new Set(['officer', 'handler', 'investigator'])

/** Those who take part as enforcement officers. Without a capacity a person counts as one; a person named twice counts once. */
export function officersOf(fact: TimedFact): FactPerson[] {
  const seen = new Map<string, FactPerson>()
  for (const person of fact.by ?? [])
    if (person.as === undefined || OFFICER_CAPACITIES.has(person.as)) seen.set(person.personId, person)
  return [...seen.values()]
}

export const nameOf = (person: FactPerson): string => person.name ?? person.personId

export const withoutValidCertificate = (fact: TimedFact): FactPerson[] =>
  officersOf(fact).filter(
    (p) => !p.certNo || p.certValidTo === undefined || p.certValidTo < civilDateOf(fact.at),
  )

/** People in the fact in this capacity; all of them where no capacity is recorded. */
export const actingAs = (fact: TimedFact, as: string): FactPerson[] =>
  (fact.by ?? []).filter((p) => p.as === as || p.as === undefined)

/** Everyone who appears in the record in one of these capacities, other than in the fact in question. */
export function idsActingAs(world: World, capacities: readonly string[]): Set<string> {
  const ids = new Set<string>()
  for (const fact of peopled(world))
    for (const person of fact.by ?? [])
      if (person.as !== undefined && capacities.includes(person.as)) ids.add(person.personId)
  return ids
}
