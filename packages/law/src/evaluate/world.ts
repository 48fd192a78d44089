import { civilDateOf, msOf } from '../civil-date.ts'
import type { CaseLaw } from '../combine.ts'
import type { Fact } from '../fact.ts'
import type { Procedure } from '../schema/procedure.ts'

/** A fact with its times as numbers, so that comparison does not depend on how an instant is written. */
export type TimedFact = Fact & Readonly<{ ms: number; fromMs: number; toMs: number }>

/** What a condition sees: the record up to a moment, and the fact that the rule judges. */
export type World = Readonly<{
  caseLaw: CaseLaw
  procedure: Procedure
  /** Facts up to `ms`, oldest first. */
  facts: readonly TimedFact[]
  /** The record's facts whenever they happened: intervals may end after the moment that is judged. */
  all: readonly TimedFact[]
  flags: ReadonlySet<string>
  settings: Readonly<Record<string, string | number | boolean | null>>
  ms: number
  date: string
  subject?: TimedFact
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

/** The world as it was when `subject` happened; the subject itself is part of it. */
export function worldAt(world: World, subject: TimedFact, hypothetical = false): World {
  const later = world.all.findIndex((f) => f.ms > subject.ms)
  const facts = later === -1 ? world.all : world.all.slice(0, later)
  return {
    ...world,
    facts: facts.includes(subject) || hypothetical ? facts : [...facts, subject],
    ms: subject.ms,
    date: civilDateOf(subject.at),
    subject,
    hypothetical,
  }
}

/** All that is known by now, with this fact as the one in question. */
export function knowing(world: World, subject: TimedFact, hypothetical = false): World {
  const facts =
    world.facts.includes(subject) || hypothetical ? world.facts : [...world.facts, subject].toSorted(byTime)
  return { ...world, facts, subject, hypothetical }
}
