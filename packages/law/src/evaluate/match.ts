import type { FactPattern } from '../schema/fact-pattern.ts'
import { namesOf, statesOf } from '../schema/fact-pattern.ts'
import type { TimedFact, World } from './world.ts'

/** Whether a fact is one of those that a rule speaks about. Repeated states count as one: issued implies nothing about served. */
export function matches(pattern: FactPattern, fact: TimedFact): boolean {
  if (fact.kind !== pattern.kind) return false
  const names = namesOf(pattern)
  if (!names.includes('*') && !names.includes(fact.name)) return false
  const states = statesOf(pattern)
  if (states !== undefined && !states.includes(fact.state ?? '')) return false
  if (pattern.step !== undefined && fact.step !== pattern.step) return false
  const data = pattern.data ?? {}
  return Object.keys(data).every((key) => fact.data?.[key] === data[key])
}

export const allMatching = (world: World, pattern: FactPattern): TimedFact[] =>
  world.facts.filter((fact) => matches(pattern, fact))

export const firstMatching = (world: World, pattern: FactPattern): TimedFact | undefined =>
  world.facts.find((fact) => matches(pattern, fact))

export const lastMatching = (world: World, pattern: FactPattern): TimedFact | undefined =>
  world.facts.findLast((fact) => matches(pattern, fact))
