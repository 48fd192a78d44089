import { isWorkday } from '../calendar.ts'
import { addDays, civilDateOf, dayNumber, instantOfMs, msOf } from '../civil-date.ts'
import type { Limit } from '../schema/limit.ts'
import type { DutyRule } from '../schema/procedure.ts'
import { dayOf, momentOf } from './clock.ts'
import { limitOf } from './limits.ts'
import type { DatedLimit } from './duty-limits.ts'
import { allMatching } from './match.ts'
import type { TimedFact, World } from './world.ts'

/** A period with the extensions that were granted, and without the time that does not count. */
export function lengthened(dated: DatedLimit, rule: DutyRule, opener: TimedFact, world: World): DatedLimit {
  const { start, limit } = dated
  if (start === undefined || limit === undefined || 'fixed' in limit) return dated
  const day = grantedDay(rule, opener, world)
  if (day !== undefined) {
    const value = dayNumber(day) - dayNumber(civilDateOf(start.at))
    return { ...dated, limit: { value, unit: 'day', roll: false } }
  }
  if (rule.extends.length === 0 && rule.pauses.length === 0) return dated
  const granted = rule.extends.reduce((sum, e) => sum + extension(e, limit, opener, world), 0)
  const extended = { ...limit, value: limit.value + granted }
  return paused({ ...dated, limit: extended }, start, extended, pausesOf(rule, limit, opener, world), world)
}

/** The day until which time was granted, in place of what the text fixes. */
function grantedDay({ grants }: DutyRule, opener: TimedFact, world: World): string | undefined {
  if (grants === undefined) return undefined
  const fact = allMatching(world, grants.with).findLast((f) => f.ms >= opener.ms)
  const until = fact?.data?.[grants.until]
  return typeof until === 'string' && /^\d{4}-\d\d-\d\d$/.test(until) ? until : undefined
}

function extension(
  { with: pattern, limit: rule }: DutyRule['extends'][number],
  limit: Limit,
  opener: TimedFact,
  world: World,
): number {
  if (!allMatching(world, pattern).some((f) => f.ms >= opener.ms)) return 0
  const more = limitOf(rule, world)
  return more !== undefined && 'unit' in more && more.unit === limit.unit ? more.value : 0
}

type Pause = Readonly<{ fromMs: number; toMs: number }>

/** Now, as closely as a period is counted. */
const nowFor = ({ unit }: Limit, { clock }: World): number =>
  unit === 'hour' ? momentOf(clock) : msOf(`${dayOf(clock)}T00:00:00+08:00`)

/** From each fact that stops the clock to the next that starts it; one that still stands runs to now. */
const pausesOf = (rule: DutyRule, limit: Limit, opener: TimedFact, world: World): Pause[] =>
  rule.pauses.flatMap(({ from, to }) =>
    allMatching(world, from)
      .filter((f) => f.ms >= opener.ms)
      .map((f) => ({
        fromMs: f.ms,
        toMs: allMatching(world, to).find((t) => t.ms >= f.ms)?.ms ?? nowFor(limit, world),
      })),
  )

const daysOf = ({ fromMs, toMs }: Pause): number =>
  dayNumber(civilDateOf(instantOfMs(toMs))) - dayNumber(civilDateOf(instantOfMs(fromMs)))

function workdaysOf(pause: Pause, world: World): number {
  const { calendar } = world.caseLaw.law
  const first = civilDateOf(instantOfMs(pause.fromMs))
  let count = 0
  for (let n = 1; n <= daysOf(pause); n += 1) {
    const day = addDays(first, n)
    if (calendar.years.has(Number(day.slice(0, 4))) && isWorkday(calendar, day)) count += 1
  }
  return count
}

function paused(
  dated: DatedLimit,
  start: TimedFact,
  limit: Limit,
  pauses: readonly Pause[],
  world: World,
): DatedLimit {
  if (pauses.length === 0) return dated
  if (limit.unit === 'workday') {
    const days = pauses.reduce((sum, p) => sum + workdaysOf(p, world), 0)
    return { ...dated, limit: { ...limit, value: limit.value + days } }
  }
  const ms =
    limit.unit === 'hour'
      ? pauses.reduce((sum, p) => sum + p.toMs - p.fromMs, 0)
      : pauses.reduce((sum, p) => sum + daysOf(p), 0) * 86_400_000
  return { ...dated, start: { ...start, ms: start.ms + ms, at: instantOfMs(start.ms + ms) } }
}
