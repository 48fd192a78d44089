import { expect, test } from 'vitest'
import { loopedTo, nextSpeed, withEnd } from './loop.ts'

test('playing goes back to A at B, and nowhere without both', () => {
  expect(loopedTo({ a: 2, b: 5 }, 5.01)).toBe(2)
  expect(loopedTo({ a: 2, b: 5 }, 4.9)).toBeUndefined()
  expect(loopedTo({ a: 2 }, 9)).toBeUndefined()
})

test('ends the wrong way round change places', () => {
  expect(withEnd({ a: 4 }, 'b', 2)).toEqual({ a: 2, b: 4 })
  expect(withEnd({ a: 4 }, 'b', 4)).toEqual({ a: 4 })
})

test('speed goes up and down and stays at the ends', () => {
  expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(4, 1), nextSpeed(0.25, -1)]).toEqual([
    1.5, 0.5, 4, 0.25,
  ])
})
