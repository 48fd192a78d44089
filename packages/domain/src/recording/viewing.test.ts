import { expect, test } from 'vitest'
import { believable, mergeRanges, playedSeconds, WatchedRange } from './viewing.ts'

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

test('nothing is believed of what lies behind the end of the film, nor more than there was time for', () => {
  expect(believable([{ from: 0, to: 1e9 }], { seconds: 8, length: 60 })).toEqual([{ from: 0, to: 8 }])
  expect(
    believable(
      [
        { from: 50, to: 70 },
        { from: 80, to: 90 },
      ],
      { seconds: 100, length: 60 },
    ),
  ).toEqual([{ from: 50, to: 60 }])
  expect(believable(ranges, { seconds: 12 })).toEqual([
    { from: 10, to: 20 },
    { from: 0, to: 2 },
  ])
  expect(believable(ranges, { seconds: -1 })).toEqual([])
  expect(believable(ranges, { seconds: 1000 })).toEqual(ranges)
})
