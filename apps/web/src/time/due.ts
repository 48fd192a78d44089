import type { WorkdayCalendar } from '@liuhen/law/calendar'
import { type Reminder, reminderOf } from '@liuhen/law/reminder'

export const DUE_GROUPS = ['overdue', 'today', 'next', 'soon', 'later', 'undated'] as const
export type DueGroup = (typeof DUE_GROUPS)[number]

type Dated = Readonly<{ due?: string | undefined; state: string }>

const NEAR: Readonly<Record<Reminder, DueGroup>> = { [-1]: 'overdue', 0: 'today', 1: 'next', 3: 'soon' }

/** Where a duty stands in the day's work, by the reminders that people get. */
export function dueGroup(duty: Dated, now: string, calendar: WorkdayCalendar): DueGroup {
  const reminder = reminderOf(duty, now, calendar)
  if (reminder !== undefined) return NEAR[reminder]
  return duty.due === undefined ? 'undated' : 'later'
}

/** One and three workdays ahead look alike; their titles tell them apart. */
export const dueLook = (group: DueGroup): Exclude<DueGroup, 'next'> => (group === 'next' ? 'soon' : group)

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
