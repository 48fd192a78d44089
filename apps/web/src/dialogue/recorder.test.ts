import { expect, test } from 'vitest'
import { aheadOf, isRunning } from './recorder.ts'

const now = Date.parse('2026-03-10T00:00:10+08:00')

test('a clock is ahead or behind by what it shows, also across midnight', () => {
  expect(aheadOf('0:00:15', now)).toBe(5)
  expect(aheadOf('23:59:50', now)).toBe(-20)
  expect(aheadOf('00：00：10', now)).toBe(0)
  expect(['25:00:00', '10:00', '一点', '10:61:00'].map((shown) => aheadOf(shown, now))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('a recording runs from its beginning on, and not for days', () => {
  expect(isRunning({ beganMs: now - 60_000 }, now)).toBe(true)
  expect(isRunning({ beganMs: now + 60_000 }, now)).toBe(false)
  expect(isRunning({ beganMs: now - 86_400_000 }, now)).toBe(false)
})
