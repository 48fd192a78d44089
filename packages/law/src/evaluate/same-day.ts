import { civilDateAt, civilDateOf, instantOfMs } from '../civil-date.ts'
import type { Condition } from '../schema/condition.ts'
import { computeLimit } from '../time-limit.ts'
import { no, when, yes } from './check.ts'
import type { Check } from './check.ts'

import { dayOf } from './clock.ts'
import { limitOf } from './limits.ts'
import { allSought } from './match.ts'
import { soughtBy } from './sought.ts'
import type { TimedFact, World } from './world.ts'

type SameDay = Extract<Condition, { op: 'sameDay' }>

/** Times of people are told to the minute. */
const MINUTE_MS = 60_000

/** A moment or a day that the fact names, its own time where none is asked for. */
const timeIn = (fact: TimedFact, key: string | undefined): string | undefined => {
  if (key === undefined) return fact.at
  const told = fact.data?.[key]
  return typeof told === 'string' && told !== '' ? told : undefined
}

const isDay = (time: string): boolean => time.length === 10

const dayIn = (time: string): string => (isDay(time) ? time : civilDateOf(time))

/** What the reason tells: the day that counts, and its moment where one is known. */
const told = (time: string): Record<string, string> =>
  isDay(time) ? { day: time } : { day: dayIn(time), moment: time }

function ownDay({ own }: SameDay, { subject, clock, hypothetical }: World): string | undefined {
  if (subject === undefined || hypothetical) return dayOf(clock)
  if (own === undefined) return civilDateAt(subject.ms)
  const named = timeIn(subject, own)
  return named === undefined ? undefined : dayIn(named)
}

/** Whether the fact in question falls in the last minute of the period: before that the period still runs. */
function endsThen(time: string, limit: NonNullable<SameDay['limit']>, world: World) {
  const period = limitOf(limit, world)
  if (period === undefined) return yes
  const computed = computeLimit(
    isDay(time) ? `${time}T00:00:00+08:00` : time,
    period,
    world.caseLaw.law.calendar,
  )
  if (!computed.ok) return no({ year: computed.year })
  const { dueMs } = computed
  const at = world.subject?.ms ?? dueMs
  const moment = instantOfMs(dueMs + 1 - MINUTE_MS)
  return when(at > dueMs - MINUTE_MS && at <= dueMs, { day: civilDateAt(dueMs), moment })
}

/** On the same day as one of these facts, or as a day that one names; at the end of a period that begins with the latest. */
export function askSameDay(condition: SameDay): (world: World) => Check {
  const sought = soughtBy(condition.sameDay)
  const { named, own, limit } = condition
  return (world) => {
    if ((named !== undefined || own !== undefined) && (world.hypothetical || !world.subject)) return yes
    const times = allSought(world, sought).flatMap((fact) => timeIn(fact, named) ?? [])
    const last = times.at(-1)
    if (last === undefined) return no({ day: '（未登记）' })
    if (limit !== undefined) return endsThen(last, limit, world)
    const day = ownDay(condition, world)
    return when(
      times.some((time) => dayIn(time) === day),
      told(last),
    )
  }
}
