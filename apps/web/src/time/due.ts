import { addWorkdays } from '@liuhen/law/calendar'
import type { WorkdayCalendar } from '@liuhen/law/calendar'
import { chinaDay } from './china.ts'

export const DUE_GROUPS = ['overdue', 'today', 'soon', 'later', 'undated'] as const
export type DueGroup = (typeof DUE_GROUPS)[number]

type Dated = Readonly<{ due?: string | undefined; state: string }>

/** Workdays ahead that count as soon. */
export const SOON_WORKDAYS = 3

/** Where a duty stands in the day's work. A year whose calendar is not loaded is never guessed: then `later`. */
export function dueGroup(duty: Dated, now: string, calendar: WorkdayCalendar): DueGroup {
  if (duty.state === 'overdue') return 'overdue'
  if (duty.due === undefined) return 'undated'
  if (Date.parse(duty.due) < Date.parse(now)) return 'overdue'
  const [due, today] = [chinaDay(duty.due), chinaDay(now)]
  if (due === today) return 'today'
  try {
    return due <= addWorkdays(calendar, today, SOON_WORKDAYS) ? 'soon' : 'later'
  } catch {
    return 'later'
  }
}

/** Duties by group, the nearest first within each. */
export function groupDuties<T extends Dated>(
  duties: readonly T[],
  now: string,
  calendar: WorkdayCalendar,
): ReadonlyMap<DueGroup, readonly T[]> {
  const sorted = duties.toSorted((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'))
  return new Map(DUE_GROUPS.map((g) => [g, sorted.filter((d) => dueGroup(d, now, calendar) === g)]))
}

export type Remaining = Readonly<{ past: boolean; unit: 'days' | 'hours' | 'minutes'; n: number }>

/** How long until (or since) an instant, in the unit a person would say. */
export function remaining(due: string, now: string): Remaining {
  const ms = Date.parse(due) - Date.parse(now)
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  const past = ms < 0
  if (minutes >= 48 * 60) return { past, unit: 'days', n: Math.floor(minutes / 1440) }
  if (minutes >= 60) return { past, unit: 'hours', n: Math.floor(minutes / 60) }
  return { past, unit: 'minutes', n: minutes }
}
