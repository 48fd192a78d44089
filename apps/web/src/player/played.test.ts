import { expect, test } from 'vitest'
import { movedTo, NOTHING_PLAYED, playedTo, reportOf } from './played.ts'

const through = (...at: number[]) => at.reduce(playedTo, NOTHING_PLAYED)

test('what was played on is one range', () => {
  expect(reportOf(through(0, 0.25, 0.5, 0.75))).toEqual([{ from: 0, to: 0.75 }])
})

test('a leap, forward or back, is not played', () => {
  expect(reportOf(through(0, 0.5, 30, 30.5))).toEqual([
    { from: 0, to: 0.5 },
    { from: 30, to: 30.5 },
  ])
  expect(reportOf(through(10, 10.5, 2, 2.5))).toEqual([
    { from: 10, to: 10.5 },
    { from: 2, to: 2.5 },
  ])
})

test('somebody who moves by hand has played nothing in between', () => {
  const before = through(0, 1)
  expect(reportOf(playedTo(movedTo(before, 2), 2.4))).toEqual([
    { from: 0, to: 1 },
    { from: 2, to: 2.4 },
  ])
})

test('what was played again counts again', () => {
  const again = playedTo(movedTo(through(0, 1), 0), 1)
  expect(reportOf(again)).toEqual([
    { from: 0, to: 1 },
    { from: 0, to: 1 },
  ])
})
