import type { FactPattern } from '../schema/fact-pattern.ts'
import { namesOf, statesOf } from '../schema/fact-pattern.ts'
import type { TimedFact, World } from './world.ts'

/** Whether a fact is one of those that a rule speaks about. Repeated states count as one: issued implies nothing about served. */
export function matches(pattern: FactPattern, fact: TimedFact, subject?: TimedFact): boolean {
  if (fact.kind !== pattern.kind) return false
  const names = namesOf(pattern)
  if (!names.includes('*') && !names.includes(fact.name)) return false
  const states = statesOf(pattern)
  if (states !== undefined && !states.includes(fact.state ?? '')) return false
  if (pattern.step !== undefined && fact.step !== pattern.step) return false
  if (pattern.tied !== undefined && !isTied(pattern.tied, fact, subject)) return false
  const data = pattern.data ?? {}
  return Object.keys(data).every((key) => fact.data?.[key] === data[key])
}

const same = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b

function isTied(
  tie: NonNullable<FactPattern['tied']>,
  fact: TimedFact,
  subject: TimedFact | undefined,
): boolean {
  if (subject === undefined || fact === subject) return false
  switch (tie) {
    case 'ref':
      return same(fact.ref, subject.ref)
    case 'of':
      return same(fact.ref, subject.about)
    case 'about':
      return same(fact.about, subject.ref)
    case 'peer':
      return same(fact.about, subject.about)
    case 'step':
      return same(fact.step, subject.step)
  }
}

export const matchesAny = (patterns: FactPattern | readonly FactPattern[], fact: TimedFact): boolean =>
  'kind' in patterns ? matches(patterns, fact) : patterns.some((p) => matches(p, fact))

export const allMatching = (world: World, pattern: FactPattern): TimedFact[] =>
  world.facts.filter((fact) => matches(pattern, fact, world.subject))

export const firstMatching = (world: World, pattern: FactPattern): TimedFact | undefined =>
  world.facts.find((fact) => matches(pattern, fact, world.subject))

export const lastMatching = (world: World, pattern: FactPattern): TimedFact | undefined =>
  world.facts.findLast((fact) => matches(pattern, fact, world.subject))
