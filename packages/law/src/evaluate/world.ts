import { civilDateOf, msOf } from '../civil-date.ts'
import type { CaseLaw } from '../combine.ts'
import type { Fact } from '../fact.ts'
import type { Check } from './check-condition.ts'
import type { FactIndex } from './fact-index.ts'
import type { Procedure } from '../schema/procedure.ts'

/** A fact with its times as numbers, so that comparison does not depend on how an instant is written. */
export type TimedFact = Fact & Readonly<{ ms: number; fromMs: number; toMs: number }>

/** What a condition sees: the record up to a moment, and the fact that the rule judges. */
export type World = Readonly<{
  caseLaw: CaseLaw
  procedure: Procedure
  /** Facts up to `ms`, oldest first. */
  facts: readonly TimedFact[]
  /** Where to look facts up instead of scanning; of use only while `facts` is the very list that it is for. */
  view?: Readonly<{ index: FactIndex; facts: readonly TimedFact[]; untilMs: number; extra?: TimedFact }>
  /** The record's facts whenever they happened: intervals may end after the moment that is judged. */
  all: readonly TimedFact[]
  flags: ReadonlySet<string>
  settings: Readonly<Record<string, string | number | boolean | null>>
  ms: number
  date: string
  subject?: TimedFact
  /** What the record lacks so far; given here, because finding it out asks conditions again. */
  complete: (what: 'documents' | 'records', world: World) => Check
  /** The subject is invented, to ask what would be possible: persons and data are not known yet. */
  hypothetical: boolean
}>

/** An invalid time gives NaN in `ms`; such facts are left out of the world and reported. */
export function timed(fact: Fact): TimedFact {
  const ms = msOf(fact.at)
  return {
    ...fact,
    ms,
    fromMs: fact.from === undefined ? ms : msOf(fact.from),
    toMs: fact.to === undefined ? ms : msOf(fact.to),
  }
}

export const isSound = (fact: TimedFact): boolean =>
  !Number.isNaN(fact.ms) && !Number.isNaN(fact.fromMs) && !Number.isNaN(fact.toMs)

export const byTime = (a: TimedFact, b: TimedFact): number => a.ms - b.ms

/** How many facts happened up to this moment; `all` is in order of time. */
function countUpTo(all: readonly TimedFact[], ms: number): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle]?.ms ?? 0) <= ms) low = middle + 1
    else high = middle
  }
  return low
}

type View = NonNullable<World['view']>

const viewOf = (
  world: World,
  facts: readonly TimedFact[],
  untilMs: number,
  extra: TimedFact | undefined,
): { view?: View } =>
  world.view === undefined
    ? {}
    : { view: { index: world.view.index, facts, untilMs, ...(extra === undefined ? {} : { extra }) } }

/** The world as it was when `subject` happened; the subject itself is part of it. */
export function worldAt(world: World, subject: TimedFact, hypothetical = false): World {
  const count = countUpTo(world.all, subject.ms)
  const then = count === world.all.length ? world.all : world.all.slice(0, count)
  const extra = hypothetical || then.includes(subject) ? undefined : subject
  const facts = extra === undefined ? then : [...then, extra]
  return {
    ...world,
    ...viewOf(world, facts, subject.ms, extra),
    facts,
    ms: subject.ms,
    date: civilDateOf(subject.at),
    subject,
    hypothetical,
  }
}

/** All that is known by now, with this fact as the one in question. */
export function knowing(world: World, subject: TimedFact, hypothetical = false): World {
  const extra = hypothetical || world.facts.includes(subject) ? undefined : subject
  if (extra === undefined) return { ...world, subject, hypothetical }
  const facts = [...world.facts, extra].toSorted(byTime)
  return { ...world, ...viewOf(world, facts, world.ms, extra), facts, subject, hypothetical }
}
