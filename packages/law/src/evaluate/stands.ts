import type { Condition } from '../schema/condition.ts'
import { when } from './check.ts'
import type { Check } from './check.ts'
import { withWanting } from './each-party.ts'
import { allSought, lastSought } from './match.ts'
import { soughtBy } from './sought.ts'
import type { Sought } from './sought.ts'
import type { TimedFact, World } from './world.ts'

/** A fact that is not on record is the newest. */
const placeIn = ({ order }: TimedFact): number => (order < 0 ? Number.POSITIVE_INFINITY : order)

/** Whether one came after the other: of two at the same moment, by their place in the record. */
export const isAfter = (one: TimedFact, other: TimedFact): boolean =>
  one.ms > other.ms || (one.ms === other.ms && placeIn(one) > placeIn(other))

/** Whether something that takes it back has come after it. The fact in question takes nothing back from itself. */
export const isTakenBack = (fact: TimedFact, by: readonly Sought[], world: World): boolean =>
  by.some((sought) =>
    allSought(world, sought).some((later) => later !== world.subject && isAfter(later, fact)),
  )

/** The latest such fact has not been taken back. */
export function askStands({ stands, unless }: Extract<Condition, { op: 'stands' }>): (world: World) => Check {
  const [sought, back] = [soughtBy(stands), [soughtBy(unless)]]
  return (world) => {
    const last = lastSought(world, sought)
    if (last === undefined) return withWanting([sought], world)
    return when(!isTakenBack(last, back, world))
  }
}
