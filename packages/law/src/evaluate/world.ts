import { msOf } from '../civil-date.ts'
import type { CaseLaw } from '../combine.ts'
import type { Fact } from '../fact.ts'
import type { Procedure } from '../schema/procedure.ts'
import type { Asking } from './asking.ts'
import type { Check } from './check.ts'
import { clockAt } from './clock.ts'
import type { Clock } from './clock.ts'
import type { FactIndex } from './fact-index.ts'
import { once } from './found.ts'
import type { Found } from './found.ts'

/** A fact with its times as numbers, so that comparison does not depend on how an instant is written. */
export type TimedFact = Fact &
  Readonly<{ ms: number; fromMs: number; toMs: number }> & {
    /** A correction's own kind: by itself, and by what it is about, it is found as such (document-state.ts). */
    ownName?: string | undefined
    /** Of a paper that names several (each-party.ts): these; for whom of them this was done; the state once it is done for all; who is wanting after it. */
    addressees?: readonly string[] | undefined
    party?: string | undefined
    whole?: string | undefined
    left?: readonly string[] | undefined
    /** Its place on record, given when the record is put in order. */
    order: number
  }

/** The order of a fact that is not on record. */
const NOT_ON_RECORD = -1

/** What a condition sees: the record up to a moment, and the fact that the rule judges. */
export type World = Readonly<{
  caseLaw: CaseLaw
  procedure: Procedure
  /** What the law of the case asks, made ready for asking. */
  asking: Asking
  /** The record's facts whenever they happened, oldest first: intervals may end after the moment that is judged. */
  all: readonly TimedFact[]
  /** Where to look up the facts of `all` instead of scanning them. */
  index: FactIndex
  /** So many of `all` are known. */
  count: number
  /** A fact that is known although it is not on record: it is asked about. */
  extra: TimedFact | undefined
  flags: ReadonlySet<string>
  settings: Readonly<Record<string, string | number | boolean | null>>
  clock: Clock
  subject: TimedFact | undefined
  /** What the record lacks so far; given here, because finding it out asks conditions again. */
  complete: (what: 'documents' | 'records', world: World) => Check
  /** The subject is invented, to ask what would be possible: persons and data are not known yet. */
  hypothetical: boolean
  /** What was found out from what is known; worlds that know the same share it, whichever fact is in question. */
  found: Found
  /** The same of the moments at which facts on record happened. */
  past: Map<number, Found>
}>

/**
 * An invalid time gives NaN in `ms`; such facts are left out of the world and reported. Every fact gets all keys in the
 * same order: reading objects of one shape takes a small part of the time that reading objects of many takes.
 */
export function timed(fact: Fact): TimedFact {
  const { kind, name, state, at, from, to, step, ref, about, by, data, corrects } = fact
  const ms = msOf(at)
  const fromMs = from === undefined ? ms : msOf(from)
  const toMs = to === undefined ? ms : msOf(to)
  return {
    kind,
    name,
    state,
    at,
    from,
    to,
    step,
    ref,
    about,
    by,
    data,
    corrects,
    ownName: undefined,
    addressees: undefined,
    party: undefined,
    whole: undefined,
    left: undefined,
    ms,
    fromMs,
    toMs,
    order: NOT_ON_RECORD,
  }
}

export const isSound = (fact: TimedFact): boolean =>
  !Number.isNaN(fact.ms) && !Number.isNaN(fact.fromMs) && !Number.isNaN(fact.toMs)

export const byTime = (a: TimedFact, b: TimedFact): number => a.ms - b.ms

/** Facts whose times can be read, oldest first; most records are written in that order. */
export function inOrder(told: readonly TimedFact[]): readonly TimedFact[] {
  let last = Number.NEGATIVE_INFINITY
  for (const fact of told) {
    if (!isSound(fact) || fact.ms < last) return told.filter(isSound).toSorted(byTime)
    last = fact.ms
  }
  return told
}

/** How many facts happened up to this moment; `all` is in order of time. */
export function countUpTo(all: readonly TimedFact[], ms: number): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle]?.ms ?? 0) <= ms) low = middle + 1
    else high = middle
  }
  return low
}

/** All facts that are known, oldest first. */
export function factsOf(world: World): readonly TimedFact[] {
  const { all, count, extra, found } = world
  if (found.facts === undefined) {
    const onRecord = count === all.length ? all : all.slice(0, count)
    found.facts = extra === undefined ? onRecord : [...onRecord, extra].toSorted(byTime)
  }
  return found.facts
}

const isOnRecord = ({ all }: World, fact: TimedFact): boolean => all[fact.order] === fact

type Seen = Pick<World, 'count' | 'extra' | 'clock' | 'subject' | 'hypothetical' | 'found'>

const seeing = (world: World, seen: Seen): World => ({
  caseLaw: world.caseLaw,
  procedure: world.procedure,
  asking: world.asking,
  all: world.all,
  index: world.index,
  count: seen.count,
  extra: seen.extra,
  flags: world.flags,
  settings: world.settings,
  clock: seen.clock,
  subject: seen.subject,
  complete: world.complete,
  hypothetical: seen.hypothetical,
  found: seen.found,
  past: world.past,
})

/** The world as it was when `subject` happened; the subject itself is part of it. */
export function worldAt(world: World, subject: TimedFact): World {
  const { ms } = subject
  const isKnown = isOnRecord(world, subject)
  return seeing(world, {
    count: countUpTo(world.all, ms),
    extra: isKnown ? undefined : subject,
    clock: clockAt(ms),
    subject,
    hypothetical: false,
    found: isKnown ? once(world.past, ms, () => ({})) : {},
  })
}

/** All that is known by now, with this fact as the one in question. */
export function knowing(world: World, subject: TimedFact, hypothetical = false): World {
  const isKnown = hypothetical || (isOnRecord(world, subject) && subject.order < world.count)
  return seeing(world, {
    count: world.count,
    extra: isKnown ? world.extra : subject,
    clock: world.clock,
    subject,
    hypothetical,
    found: isKnown ? world.found : {},
  })
}
