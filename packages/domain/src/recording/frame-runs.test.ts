import { describe, expect, test } from 'vitest'
import { frameAfter, frameBefore, frameRuns } from './frame-runs.ts'

const even = Array.from({ length: 250 }, (_, i) => i * 0.04)
/** A recorder that wakes up: 25 frames a second, a pause, then 10. */
const uneven = [0, 0.04, 0.08, 2, 2.1, 2.2]

test('an even film is one run, and a film with a pause two', () => {
  expect(frameRuns(even)).toEqual([{ at: 0, every: 0.04, count: 250 }])
  expect(frameRuns(uneven)).toEqual([
    { at: 0, every: 0.04, count: 3 },
    { at: 2, every: 0.1, count: 3 },
  ])
  expect(frameRuns([])).toEqual([])
})

describe('a step goes to the very next frame', () => {
  test.each([
    [0, 0.04],
    [0.05, 0.08],
    [0.08, 2],
    [1, 2],
    [2.1, 2.2],
    [2.2, undefined],
  ])('from %s to %s', (from, to) => {
    expect(frameAfter(frameRuns(uneven), from)).toBe(to)
  })
  test.each([
    [2.2, 2.1],
    [2, 0.08],
    [1, 0.04],
    [0.06, 0],
    [0, undefined],
  ])('and back from %s to %s', (from, to) => {
    expect(frameBefore(frameRuns(uneven), from)).toBe(to)
  })
  test('a hundred steps forth and back lead home', () => {
    const runs = frameRuns(even)
    let at = 0
    for (let i = 0; i < 100; i += 1) at = frameAfter(runs, at) ?? at
    expect(at).toBeCloseTo(4, 6)
    for (let i = 0; i < 100; i += 1) at = frameBefore(runs, at) ?? at
    expect(at).toBe(0)
  })
})
