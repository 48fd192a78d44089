import { describe, expect, it } from 'vitest'
import { workdayCalendar } from '@liuhen/law/calendar'
import { dueGroup, groupDuties, remaining } from './due.ts'

const calendar = workdayCalendar([
  {
    year: 2026,
    source: 'test',
    off: [{ name: 'May Day', from: '2026-05-01', to: '2026-05-05' }],
    work: ['2026-05-09'],
  },
])
const now = '2026-04-29T10:00:00+08:00'
const due = (day: string) => ({ due: `${day}T23:59:59+08:00`, state: 'open' })

describe('the duties of the desk', () => {
  it('are near within one and within three workdays, holidays not counted', () => {
    expect(dueGroup(due('2026-04-29'), now, calendar)).toBe('today')
    expect(dueGroup(due('2026-04-30'), now, calendar)).toBe('next')
    expect(dueGroup(due('2026-05-07'), now, calendar)).toBe('soon')
    expect(dueGroup(due('2026-05-08'), now, calendar)).toBe('later')
  })

  it('are overdue when the law says so or the moment has passed', () => {
    expect(dueGroup({ due: undefined, state: 'overdue' }, now, calendar)).toBe('overdue')
    expect(dueGroup({ due: '2026-04-29T09:59:00+08:00', state: 'open' }, now, calendar)).toBe('overdue')
  })

  it('stand in their group with the nearest first', () => {
    const groups = groupDuties(
      [due('2026-06-02'), due('2026-06-01'), { due: undefined, state: 'open' }],
      now,
      calendar,
    )
    expect(groups.get('later')?.map((d) => d.due?.slice(0, 10))).toEqual(['2026-06-01', '2026-06-02'])
    expect(groups.get('undated')).toHaveLength(1)
  })

  it('say how long is left in the unit a person would use', () => {
    expect(remaining('2026-05-02T10:00:00+08:00', now)).toEqual({ past: false, unit: 'days', n: 3 })
    expect(remaining('2026-04-29T08:30:00+08:00', now)).toEqual({ past: true, unit: 'hours', n: 1 })
  })
})
