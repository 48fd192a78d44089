import { expect, it } from 'vitest'
import { chinaClock, chinaDate, printDate, printDatetime, printSecond } from './china-time.ts'

it('reads the civil date of an instant in China, not in UTC', () => {
  expect(chinaDate('2026-03-04T16:30:00Z')).toBe('2026-03-05')
  expect(chinaDate('2026-03-05')).toBe('2026-03-05')
})

it('prints dates without leading zeros and minutes with them', () => {
  expect(printDate('2026-03-05')).toBe('2026年3月5日')
  expect(printDatetime('2026-03-05T09:05:59+08:00')).toBe('2026年3月5日9时05分')
  expect(printDatetime('2026-12-31T16:00:00Z')).toBe('2027年1月1日0时00分')
})

it('prints seconds where a minute is too coarse', () => {
  expect(printSecond('2026-03-05T09:05:07+08:00')).toBe('2026年3月5日9时05分07秒')
  expect(chinaClock('2026-03-04T16:30:09Z')).toBe('00:30:09')
})
