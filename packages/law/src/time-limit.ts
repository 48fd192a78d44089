import { CalendarNotLoaded, addWorkdays, rollToWorkday } from './calendar.ts'
import type { WorkdayCalendar } from './calendar.ts'
import { addDays, addMonths, civilDateOf, endOfDay, instantOfMs, msOf } from './civil-date.ts'
import type { CivilDate } from './civil-date.ts'
import { sayMoment } from './evaluate/words.ts'
import type { Instant } from './fact.ts'
import type { FixedDay, Limit, Unit } from './schema/limit.ts'

export type ComputedLimit =
  | Readonly<{ ok: true; target: Instant; due: Instant; dueMs: number; why: string }>
  | Readonly<{ ok: false; code: 'calendar-not-loaded'; year: number; target?: Instant; message: string }>

export const UNIT_NAMES: Record<Unit, string> = {
  workday: '个工作日',
  day: '日',
  hour: '小时',
  month: '个月',
  year: '年',
}

export const sayLimit = (limit: Limit): string => `${limit.value}${UNIT_NAMES[limit.unit]}`

const endsOn = (target: Instant, due: Instant, why: string): ComputedLimit => ({
  ok: true,
  target,
  due,
  dueMs: msOf(due),
  why,
})

const refuse = (year: number, target?: CivilDate): ComputedLimit => ({
  ok: false,
  code: 'calendar-not-loaded',
  year,
  ...(target === undefined ? {} : { target: endOfDay(target) }),
  message: `${year}年工作日历尚未导入，不能推算到期日。国务院办公厅公布${year}年节假日安排后，随程序更新补上；在此之前请自行掌握期限`,
})

function computeFixed(since: Instant, { fixed, years }: FixedDay): ComputedLimit {
  const due = endOfDay(`${Number(civilDateOf(since).slice(0, 4)) + years}-${fixed}`)
  return endsOn(due, due, `固定日期${due.slice(0, 10)}（含当日），遇休息日不顺延`)
}

function computeHours(since: Instant, limit: Limit): ComputedLimit {
  const due = instantOfMs(msOf(since) + limit.value * 3_600_000)
  return endsOn(due, due, `自${sayMoment(msOf(since))}起连续计${limit.value}小时，节假日照算`)
}

function computeWorkdays(start: CivilDate, limit: Limit, calendar: WorkdayCalendar): ComputedLimit {
  const due = endOfDay(addWorkdays(calendar, start, limit.value))
  const why =
    limit.value === 0
      ? `${start}当日`
      : `自${start}起（当日不计）第${limit.value}个工作日为${due.slice(0, 10)}`
  return endsOn(due, due, why)
}

const targetOf = (start: CivilDate, { value, unit }: Limit): CivilDate =>
  unit === 'day' ? addDays(start, value) : addMonths(start, unit === 'year' ? value * 12 : value)

function computeDays(start: CivilDate, limit: Limit, calendar: WorkdayCalendar): ComputedLimit {
  const target = targetOf(start, limit)
  const why = limit.value === 0 ? `${start}当日` : `自${start}起（当日不计）${sayLimit(limit)}为${target}`
  // A limit of no days means "on that day": there is no last day to be moved.
  if (limit.roll === false || limit.value === 0) return endsOn(endOfDay(target), endOfDay(target), why)
  try {
    const due = rollToWorkday(calendar, target)
    const rolled = due === target ? why : `${why}，适逢休息日，顺延至${due}`
    return endsOn(endOfDay(target), endOfDay(due), rolled)
  } catch (error) {
    if (error instanceof CalendarNotLoaded) return refuse(error.year, target)
    throw error
  }
}

/** Many duties run from the same day by the same period; the answer depends on nothing else. */
const known = new WeakMap<WorkdayCalendar, Map<CivilDate, ComputedFrom[]>>()

type ComputedFrom = Readonly<{ limit: Limit; computed: ComputedLimit }>

const isSame = (a: Limit, b: Limit): boolean =>
  a === b || (a.value === b.value && a.unit === b.unit && a.roll === b.roll)

function remembered(start: CivilDate, limit: Limit, calendar: WorkdayCalendar): ComputedLimit {
  const all = known.get(calendar) ?? new Map<CivilDate, ComputedFrom[]>()
  known.set(calendar, all)
  const before = all.get(start)
  const same = before?.find((one) => isSame(one.limit, limit))
  if (same !== undefined) return same.computed
  const computed = computeFromDay(start, limit, calendar)
  // As many days as a calendar has; a runaway caller must not fill the memory.
  if (all.size > 5000 || (before?.length ?? 0) > 100) all.clear()
  all.set(start, [...(all.get(start) ?? []), { limit, computed }])
  return computed
}

/**
 * Applies a period to an instant. `target` is not rolled, `due` is; both are the last millisecond of their day in China
 * time, except hours, which run by the clock. Never guesses beyond the last loaded calendar year.
 */
export function computeLimit(
  since: Instant,
  limit: Limit | FixedDay,
  calendar: WorkdayCalendar,
): ComputedLimit {
  if ('fixed' in limit) return computeFixed(since, limit)
  if (limit.unit === 'hour') return computeHours(since, limit)
  return remembered(civilDateOf(since), limit, calendar)
}

function computeFromDay(start: CivilDate, limit: Limit, calendar: WorkdayCalendar): ComputedLimit {
  if (limit.unit !== 'workday') return computeDays(start, limit, calendar)
  try {
    return computeWorkdays(start, limit, calendar)
  } catch (error) {
    if (error instanceof CalendarNotLoaded) return refuse(error.year)
    throw error
  }
}

/** Retention: kept through the corresponding day, which never rolls; disposal may be proposed from the day after. */
export function keepUntil(
  since: Instant,
  limit: Limit,
): { keptThrough: CivilDate; disposableFrom: CivilDate } {
  const keptThrough = targetOf(
    civilDateOf(since),
    limit.unit === 'workday' ? { ...limit, unit: 'day' } : limit,
  )
  return { keptThrough, disposableFrom: addDays(keptThrough, 1) }
}
