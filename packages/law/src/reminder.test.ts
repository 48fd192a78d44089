import { describe, expect, it } from 'vitest'
import { workdayCalendar } from './calendar.ts'
import { reminderOf, remindersOf } from './reminder.ts'

const calendar = workdayCalendar([
  {
    year: 2026,
    source: 'test',
    off: [{ name: 'May Day', from: '2026-05-01', to: '2026-05-05' }],
    work: ['2026-05-09'],
  },
])
/** A Wednesday; the holiday begins on Friday. */
const now = '2026-04-29T10:00:00+08:00'
const due = (day: string, state = 'open') => ({ due: `${day}T23:59:59.999+08:00`, state })
const near = (day: string) => reminderOf(due(day), now, calendar)

describe('reminders', () => {
  it('come 3 workdays before, 1 workday before and on the day, holidays not counted', () => {
    expect(near('2026-04-29')).toBe(0)
    expect(near('2026-04-30')).toBe(1)
    expect(near('2026-05-06')).toBe(3)
    expect(near('2026-05-07')).toBe(3)
    expect(near('2026-05-08')).toBeUndefined()
  })
  it('count a make-up Saturday as a workday', () => {
    expect(reminderOf(due('2026-05-11'), '2026-05-07T10:00:00+08:00', calendar)).toBe(3)
    expect(reminderOf(due('2026-05-12'), '2026-05-07T10:00:00+08:00', calendar)).toBeUndefined()
  })
  it('of a limit that ends on a day off come with the last workday before it', () => {
    expect(near('2026-05-02')).toBe(1)
    expect(reminderOf(due('2026-05-02'), '2026-05-01T10:00:00+08:00', calendar)).toBe(1)
  })
  it('say past when the moment is gone, also within the day', () => {
    expect(reminderOf({ due: '2026-04-29T09:59:59+08:00', state: 'open' }, now, calendar)).toBe(-1)
    expect(reminderOf({ state: 'overdue' }, now, calendar)).toBe(-1)
  })
  it('do not come for what is done, excused or without a number in law', () => {
    for (const state of ['met', 'met-late', 'excused'])
      expect(reminderOf(due('2026-04-29', state), now, calendar)).toBeUndefined()
    expect(reminderOf({ state: 'open' }, now, calendar)).toBeUndefined()
  })
  it('come too early rather than too late where the next year is not loaded', () => {
    const lastDay = '2026-12-30T10:00:00+08:00'
    expect(reminderOf(due('2027-01-20'), lastDay, calendar)).toBe(1)
    expect(reminderOf(due('2027-01-20'), '2026-12-20T10:00:00+08:00', calendar)).toBeUndefined()
  })
  it('stand in their groups with the nearest first', () => {
    const groups = remindersOf([due('2026-05-07'), due('2026-05-06'), due('2026-09-01')], now, calendar)
    expect(groups.get(3)?.map((d) => d.due.slice(0, 10))).toEqual(['2026-05-06', '2026-05-07'])
    expect([...groups.values()].flat()).toHaveLength(2)
  })
})
