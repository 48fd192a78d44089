import type { CaseLaw } from '../combine.ts'
import { askingOf } from './asking.ts'
import { runningClock } from './clock.ts'
import type { Span } from './clock.ts'
import { checkComplete } from './complete.ts'
import { withoutVoided } from './document-state.ts'
import { byParty } from './each-party.ts'
import { indexOf } from './fact-index.ts'
import type { FactIndex } from './fact-index.ts'
import type { Found } from './found.ts'
import { sameLawAround } from './same-law.ts'
import { countUpTo, inOrder } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** What does not depend on the moment: the record with its times read, and the law that binds it. */
export type Told = Readonly<{
  facts: readonly TimedFact[]
  caseLaw: CaseLaw
  flags: World['flags']
  settings: World['settings']
}>

/** The time from one fact to the next, in which the same is known, and what was found out of it so far. */
export type Stretch = Span &
  Readonly<{ all: readonly TimedFact[]; index: FactIndex; count: number; found: Found }>

export const isIn = ({ after, until }: Span, ms: number): boolean => ms > after && ms <= until

/** A fact without a time is left out wherever one stands. */
function between(facts: readonly TimedFact[], ms: number): Span {
  let [after, until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const fact of facts)
    if (fact.ms <= ms) after = Math.max(after, fact.ms - 1)
    else if (fact.ms > ms) until = Math.min(until, fact.ms - 1)
  return { after, until }
}

/** Places in the record are written into the facts, so of one record only one stretch is used at a time. */
export function stretchAround({ facts, caseLaw }: Told, ms: number): Stretch {
  const all = byParty(withoutVoided(inOrder(facts), ms), caseLaw, ms)
  all.forEach((fact, order) => {
    fact.order = order
  })
  return { ...between(facts, ms), all, index: indexOf(all), count: countUpTo(all, ms), found: {} }
}

/** The case at a moment of the stretch. */
export const worldIn = ({ all, index, count, found }: Stretch, told: Told, ms: number): World => ({
  caseLaw: told.caseLaw,
  procedure: told.caseLaw.procedure,
  asking: askingOf(told.caseLaw),
  all,
  index,
  count,
  extra: undefined,
  flags: told.flags,
  settings: told.settings,
  clock: runningClock(ms, sameLawAround(told.caseLaw.law, ms)),
  subject: undefined,
  complete: checkComplete,
  hypothetical: false,
  found,
  past: new Map(),
})
