import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWorkday, workdayCalendar } from './calendar.ts'
import {
  addDays,
  addMonths,
  civilDateOf,
  dateOfDayNumber,
  dayNumber,
  instantOfMs,
  msOf,
  weekday,
} from './civil-date.ts'
import type { Limit } from './schema/limit.ts'
import { realLaw } from '../../../test/law/real-law.ts'
import { computeLimit, keepUntil } from './time-limit.ts'

const { calendar } = realLaw()
const at = (date: string, time = '10:00:00') => `${date}T${time}+08:00`

const due = (date: string, limit: Limit): string => {
  const computed = computeLimit(at(date), limit, calendar)
  return computed.ok ? computed.due.slice(0, 10) : computed.code
}
const target = (date: string, limit: Limit): string | undefined =>
  computeLimit(at(date), limit, calendar).target?.slice(0, 10)

const workdays = (value: number): Limit => ({ value, unit: 'workday' })
const days = (value: number): Limit => ({ value, unit: 'day' })
const months = (value: number): Limit => ({ value, unit: 'month' })

describe('time limits of the scenarios', () => {
  it.each([
    ['S02 zml-7-4', '2026-02-12', workdays(3), '2026-02-24', '2026-02-24'],
    ['S10 zml-25-1', '2026-01-20', days(30), '2026-02-19', '2026-02-24'],
    ['S25 pxs-13-4', '2026-09-17', days(15), '2026-10-02', '2026-10-08'],
    ['S25 pxs-13-2', '2026-09-05', days(30), '2026-10-05', '2026-10-08'],
    ['S40 sjz-18-1', '2026-01-20', workdays(30), '2026-03-09', '2026-03-09'],
    ['S44 jyg-3-1-5-5', '2026-09-22', workdays(7), '2026-10-09', '2026-10-09'],
    ['S44 jyg-3-1-5-4', '2026-09-22', workdays(20), '2026-10-27', '2026-10-27'],
    ['S54 gt-4-2-1', '2026-02-11', workdays(7), '2026-02-27', '2026-02-27'],
    ['S56 gt-4-4-1', '2026-02-02', days(30), '2026-03-04', '2026-03-04'],
    ['S56 gt-4-4-2', '2026-04-20', days(15), '2026-05-05', '2026-05-06'],
    ['S58 zml-25-1', '2026-09-08', days(30), '2026-10-08', '2026-10-08'],
    ['S58 sjz-18-1', '2026-09-08', workdays(30), '2026-10-26', '2026-10-26'],
    ['S70 jyg-3-1-5-5', '2026-02-10', workdays(7), '2026-02-26', '2026-02-26'],
  ])('%s from %s', (_, start, limit, expectedTarget, expectedDue) => {
    expect(target(start, limit)).toBe(expectedTarget)
    expect(due(start, limit)).toBe(expectedDue)
  })

  it('ft-23-2: 24 hours run by the clock, through holidays', () => {
    const computed = computeLimit('2026-02-16T16:40:00+08:00', { value: 24, unit: 'hour' }, calendar)
    expect(computed).toMatchObject({ ok: true, due: '2026-02-17T16:40:00+08:00' })
  })

  it('ft-23-1: a limit of no days is that same day, even a holiday', () => {
    expect(due('2026-10-01', days(0))).toBe('2026-10-01')
    expect(computeLimit(at('2026-05-02'), days(0), calendar)).toMatchObject({ why: '2026-05-02当日' })
  })

  it('ends at the last millisecond of the day in China time, whatever the offset of the start', () => {
    const computed = computeLimit('2026-03-02T18:30:00Z', days(1), calendar)
    expect(computed).toMatchObject({ ok: true, due: '2026-03-04T23:59:59.999+08:00' })
  })

  it('takes the last day of a month that has no corresponding day', () => {
    expect(target('2026-08-31', months(6))).toBe('2027-02-28')
    expect(addMonths('2024-02-29', 24)).toBe('2026-02-28')
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  })
})

describe('retention', () => {
  it('zml-26-2: patrol recordings of 31 August are kept through 28 February (S09)', () => {
    expect(keepUntil(at('2026-08-31'), months(6))).toEqual({
      keptThrough: '2027-02-28',
      disposableFrom: '2027-03-01',
    })
  })
  it('zml-26-1 zml-26-3: a file archived on 2026-05-20 is kept through 2036-05-20 (S09)', () => {
    expect(keepUntil(at('2026-05-20'), { value: 10, unit: 'year' }).keptThrough).toBe('2036-05-20')
  })
  it('czm-8-12: two years from 29 February end on 28 February (S19)', () => {
    expect(keepUntil(at('2024-02-29'), { value: 2, unit: 'year' }).keptThrough).toBe('2026-02-28')
  })
  it('sjz-22-1: disposal from the day after the corresponding day (S42)', () => {
    expect(keepUntil(at('2024-03-10'), { value: 2, unit: 'year' }).disposableFrom).toBe('2026-03-11')
  })
})

describe('a year that is not loaded', () => {
  it('is refused, never guessed', () => {
    expect(computeLimit(at('2026-12-30'), workdays(3), calendar)).toMatchObject({
      ok: false,
      code: 'calendar-not-loaded',
      year: 2027,
    })
  })
  it('still gives the target of a limit in days, which depends on no calendar', () => {
    const computed = computeLimit(at('2026-12-20'), days(30), calendar)
    expect(computed).toMatchObject({ ok: false, year: 2027, target: '2027-01-19T23:59:59.999+08:00' })
  })
  it('is not needed where nothing rolls', () => {
    expect(due('2026-08-31', { value: 2, unit: 'year', roll: false })).toBe('2028-08-31')
  })
})

describe('the calendar', () => {
  it.each([
    ['2026-01-04', true],
    ['2026-02-14', true],
    ['2026-02-15', false],
    ['2026-02-23', false],
    ['2026-05-09', true],
    ['2026-10-10', true],
    ['2026-10-11', false],
    ['2025-10-08', false],
    ['2025-09-28', true],
    ['2024-02-18', true],
    ['2024-02-17', false],
  ])('%s is worked: %s', (date, worked) => {
    expect(isWorkday(calendar, date)).toBe(worked)
  })

  it('without its holidays would give another date: the calendar is what decides (negative control)', () => {
    const bare = workdayCalendar([
      { year: 2026, source: 'none', off: [{ name: 'x', from: '2026-01-01', to: '2026-01-01' }], work: [] },
    ])
    const computed = computeLimit(at('2026-02-12'), workdays(3), bare)
    expect(computed).toMatchObject({ ok: true, due: '2026-02-17T23:59:59.999+08:00' })
  })
})

describe('properties', () => {
  const day = fc.integer({ min: dayNumber('2024-01-02'), max: dayNumber('2026-06-30') }).map(dateOfDayNumber)

  it('a date survives its day number, and weekdays follow one another', () => {
    fc.assert(
      fc.property(day, (d) => {
        expect(dateOfDayNumber(dayNumber(d))).toBe(d)
        expect(weekday(addDays(d, 1))).toBe((weekday(d) + 1) % 7)
      }),
    )
  })
  it('an instant survives being written in China time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
        expect(msOf(instantOfMs(ms))).toBe(ms)
      }),
    )
  })
  it('a due day is worked, is not before its target, and nothing worked lies between', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (d, n) => {
        const computed = computeLimit(at(d), days(n), calendar)
        if (!computed.ok) return
        const dueDay = civilDateOf(computed.due)
        const targetDay = civilDateOf(computed.target)
        expect(targetDay).toBe(addDays(d, n))
        expect(isWorkday(calendar, dueDay)).toBe(true)
        for (let x = targetDay; x < dueDay; x = addDays(x, 1)) expect(isWorkday(calendar, x)).toBe(false)
      }),
    )
  })
  it('n workdays count exactly n worked days after the start', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 40 }), (d, n) => {
        const computed = computeLimit(at(d), workdays(n), calendar)
        if (!computed.ok) return
        let counted = 0
        for (let x = addDays(d, 1); x <= civilDateOf(computed.due); x = addDays(x, 1))
          if (isWorkday(calendar, x)) counted += 1
        expect(counted).toBe(n)
      }),
    )
  })
  it('a longer limit is never due earlier', () => {
    const unit = fc.constantFrom('workday' as const, 'day' as const, 'hour' as const, 'month' as const)
    fc.assert(
      fc.property(day, unit, fc.integer({ min: 1, max: 20 }), (d, u, n) => {
        const shorter = computeLimit(at(d), { value: n, unit: u }, calendar)
        const longer = computeLimit(at(d), { value: n + 1, unit: u }, calendar)
        if (shorter.ok && longer.ok) expect(msOf(longer.due)).toBeGreaterThanOrEqual(msOf(shorter.due))
      }),
    )
  })
})
