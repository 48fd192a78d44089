import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chinaDate, printDate, printDatetime } from './china-time.ts'

it('reads the civil date of an instant in China, not in UTC', () => {
  expect(chinaDate('2026-03-04T16:30:00Z')).toBe('2026-03-05')
  expect(printDatetime('2026-03-05T09:05:00+08:00')).toBe('2026年3月5日9时05分')
  expect(printDate('2026-03-05')).toBe('2026年3月5日')
})

it('agrees with the calendar of the language for every day of two centuries', () => {
  fc.assert(
    fc.property(fc.integer({ min: -25_567, max: 47_481 }), (day) => {
      const iso = new Date(day * 86_400_000).toISOString()
      expect(chinaDate(iso.replace('Z', '+08:00'))).toBe(iso.slice(0, 10))
    }),
  )
})
