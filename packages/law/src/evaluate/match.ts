import type { FactPattern } from '../schema/fact-pattern.ts'
import { candidates } from './fact-index.ts'
import type { TimedFact, World } from './world.ts'

/** Whether a fact is one of those that a rule speaks about. Repeated states count as one: issued implies nothing about served. */
export function matches(pattern: FactPattern, fact: TimedFact, subject?: TimedFact): boolean {
  if (fact.kind !== pattern.kind) return false
  if (!says(pattern.name, fact.name) || !says(pattern.state, fact.state)) return false
  if (pattern.step !== undefined && fact.step !== pattern.step) return false
  if (pattern.as !== undefined && fact.by?.some((p) => p.as === pattern.as) !== true) return false
  if (pattern.tied !== undefined && !isTied(pattern.tied, fact, subject)) return false
  if (pattern.same !== undefined && !isLike(pattern.same, fact, subject)) return false
  const { data } = pattern
  if (data === undefined) return true
  for (const key in data) if (fact.data?.[key] !== data[key]) return false
  return true
}

const says = (wanted: string | readonly string[] | undefined, is: string | undefined): boolean =>
  wanted === undefined ||
  wanted === is ||
  wanted === '*' ||
  (typeof wanted !== 'string' && (wanted.includes(is ?? '') || wanted.includes('*')))

/** Both say something under the key, and the same. */
const isLike = (key: string, fact: TimedFact, subject: TimedFact | undefined): boolean => {
  const value = subject?.data?.[key]
  return fact !== subject && value !== undefined && value !== null && fact.data?.[key] === value
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
      return same(stepOf(fact), stepOf(subject))
    case 'other':
      return fact.ref !== undefined && subject.ref !== undefined && fact.ref !== subject.ref
  }
}

/** A fact about a step happens in it. */
const stepOf = (fact: TimedFact): string | undefined =>
  fact.step ?? (fact.kind === 'step' ? fact.name : undefined)

export const matchesAny = (patterns: FactPattern | readonly FactPattern[], fact: TimedFact): boolean =>
  'kind' in patterns ? matches(patterns, fact) : patterns.some((p) => matches(p, fact))

/** Lists no longer than need be in which every match must lie, if the world has a view of its facts. */
function candidatesIn(world: World, pattern: FactPattern): readonly TimedFact[] | undefined {
  const { view, subject } = world
  if (view === undefined || view.facts !== world.facts) return undefined
  const { byRef, byAbout } = view.index
  switch (subject === undefined ? undefined : pattern.tied) {
    case 'ref':
      return byRef.get(subject?.ref ?? '') ?? []
    case 'of':
      return byRef.get(subject?.about ?? '') ?? []
    case 'about':
      return byAbout.get(subject?.ref ?? '') ?? []
    case 'peer':
      return byAbout.get(subject?.about ?? '') ?? []
    case 'step':
    case 'other':
    case undefined:
      return candidates(view.index, pattern)
  }
}

/** Facts of the world that a rule speaks about, oldest first. */
export function allMatching(world: World, pattern: FactPattern): TimedFact[] {
  const among = candidatesIn(world, pattern)
  if (among === undefined) return world.facts.filter((fact) => matches(pattern, fact, world.subject))
  const { untilMs = 0, extra } = world.view ?? {}
  const found = among.filter((f) => f.ms <= untilMs && matches(pattern, f, world.subject))
  if (extra === undefined || !matches(pattern, extra, world.subject)) return found
  return found.length === 0 || (found.at(-1)?.ms ?? 0) <= extra.ms
    ? [...found, extra]
    : [...found, extra].toSorted((a, b) => a.ms - b.ms)
}

export function firstMatching(world: World, pattern: FactPattern): TimedFact | undefined {
  const among = candidatesIn(world, pattern)
  if (among === undefined) return world.facts.find((fact) => matches(pattern, fact, world.subject))
  const { untilMs = 0, extra } = world.view ?? {}
  const found = among.find((f) => f.ms <= untilMs && matches(pattern, f, world.subject))
  const counts = extra !== undefined && matches(pattern, extra, world.subject)
  return counts && (found === undefined || extra.ms < found.ms) ? extra : found
}

export function lastMatching(world: World, pattern: FactPattern): TimedFact | undefined {
  const among = candidatesIn(world, pattern)
  if (among === undefined) return world.facts.findLast((fact) => matches(pattern, fact, world.subject))
  const { untilMs = 0, extra } = world.view ?? {}
  const found = among.findLast((f) => f.ms <= untilMs && matches(pattern, f, world.subject))
  const counts = extra !== undefined && matches(pattern, extra, world.subject)
  return counts && (found === undefined || extra.ms >= found.ms) ? extra : found
}
