import { expect, test } from 'vitest'
import { mergeRanges, playedSeconds, WatchedRange } from './viewing.ts'

const ranges = [
  { from: 10, to: 20 },
  { from: 0, to: 5 },
  { from: 15, to: 30 },
]

test('what was played twice counts twice in the time spent, and once in what was seen', () => {
  expect(playedSeconds(ranges)).toBe(30)
  expect(mergeRanges(ranges)).toEqual([
    { from: 0, to: 5 },
    { from: 10, to: 30 },
  ])
  expect(playedSeconds(mergeRanges(ranges))).toBe(25)
})

test('a range runs forward', () => {
  expect(WatchedRange.safeParse({ from: 5, to: 5 }).success).toBe(false)
  expect(WatchedRange.safeParse({ from: 5, to: 4 }).success).toBe(false)
})
