import { addDays, partsOf, weekday } from './civil-date.ts'
import type { CivilDate } from './civil-date.ts'
import type { Calendar } from './schema/calendar.ts'

/** Holidays and make-up days of every loaded year, ready for questions. */
export type WorkdayCalendar = Readonly<{
  years: ReadonlySet<number>
  off: ReadonlyMap<CivilDate, string>
  work: ReadonlySet<CivilDate>
}>

/** Thrown inside this package only, and caught by `computeLimit`: a year that is not loaded is never guessed. */
export class CalendarNotLoaded extends Error {
  readonly year: number
  constructor(year: number) {
    super(`calendar ${year} is not loaded`)
    this.year = year
  }
}

export function workdayCalendar(calendars: readonly Calendar[]): WorkdayCalendar {
  const off = new Map<CivilDate, string>()
  for (const { off: holidays } of calendars)
    for (const { name, from, to } of holidays)
      for (let day = from; day <= to; day = addDays(day, 1)) off.set(day, name)
  return {
    years: new Set(calendars.map((c) => c.year)),
    off,
    work: new Set(calendars.flatMap((c) => c.work)),
  }
}

export function isWorkday(calendar: WorkdayCalendar, date: CivilDate): boolean {
  const { year } = partsOf(date)
  if (!calendar.years.has(year)) throw new CalendarNotLoaded(year)
  if (calendar.work.has(date)) return true
  if (calendar.off.has(date)) return false
  const day = weekday(date)
  return day !== 0 && day !== 6
}

/** The date itself if it is worked, otherwise the next day that is. */
export function rollToWorkday(calendar: WorkdayCalendar, date: CivilDate): CivilDate {
  let day = date
  while (!isWorkday(calendar, day)) day = addDays(day, 1)
  return day
}

/** The n-th workday after a date; the date itself is not counted. n = 0 is the date itself. */
export function addWorkdays(calendar: WorkdayCalendar, date: CivilDate, n: number): CivilDate {
  let day = date
  for (let counted = 0; counted < n; ) {
    day = addDays(day, 1)
    if (isWorkday(calendar, day)) counted += 1
  }
  return day
}
