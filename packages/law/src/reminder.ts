import { CalendarNotLoaded, isWorkday } from './calendar.ts'
import type { WorkdayCalendar } from './calendar.ts'
import { addDays, civilDateOf, msOf } from './civil-date.ts'
import type { Instant } from './fact.ts'

/** Within so many workdays; 0 is today, -1 is past. */
export const REMINDERS = [-1, 0, 1, 3] as const
export type Reminder = (typeof REMINDERS)[number]

type Owed = Readonly<{ state: string; due?: Instant | undefined }>

/**
 * How near the due date of a duty is. Workdays are counted after today, up to and including the day on which it is due;
 * of hours and of days that nobody works the last workday before counts. Undefined: it is far, has no date, or is done.
 * Where the calendar of a year is not loaded the days in it count as no workdays: a reminder comes too early, never late.
 */
export function reminderOf(duty: Owed, now: Instant, calendar: WorkdayCalendar): Reminder | undefined {
  if (duty.state === 'overdue') return -1
  if (duty.state !== 'open' || duty.due === undefined) return undefined
  if (msOf(duty.due) < msOf(now)) return -1
  const [today, due] = [civilDateOf(now), civilDateOf(duty.due)]
  if (due === today) return 0
  let workdays = 0
  for (let day = addDays(today, 1); day <= due && workdays <= 3; day = addDays(day, 1))
    if (isWorked(calendar, day)) workdays += 1
  if (workdays > 3) return undefined
  return workdays <= 1 ? 1 : 3
}

function isWorked(calendar: WorkdayCalendar, day: string): boolean {
  try {
    return isWorkday(calendar, day)
  } catch (error) {
    if (error instanceof CalendarNotLoaded) return false
    throw error
  }
}

/** Duties that people are reminded of, by how near they are, the nearest first within each. */
export function remindersOf<D extends Owed>(
  duties: readonly D[],
  now: Instant,
  calendar: WorkdayCalendar,
): ReadonlyMap<Reminder, readonly D[]> {
  const near = new Map<Reminder, D[]>(REMINDERS.map((r) => [r, []]))
  const sorted = duties.toSorted((a, b) => msOf(a.due ?? now) - msOf(b.due ?? now))
  for (const duty of sorted) {
    const reminder = reminderOf(duty, now, calendar)
    if (reminder !== undefined) near.get(reminder)?.push(duty)
  }
  return near
}
