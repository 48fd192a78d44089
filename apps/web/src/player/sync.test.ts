import { describe, expect, test } from 'vitest'
import { besideOf, correction, secondAt, spanOf, spreadMs, trackOf } from './sync.ts'

const camera = (id: string, from: string, to: string, clockOffsetMs?: number) => ({
  id,
  from: `2026-03-10T${from}+08:00`,
  to: `2026-03-10T${to}+08:00`,
  ...(clockOffsetMs !== undefined && { clockOffsetMs }),
})
const one = camera('one', '09:00:00', '09:10:00', 2000)
const two = camera('two', '09:05:00', '09:20:00')
const later = camera('later', '10:00:00', '10:10:00')

describe('cameras on one timeline', () => {
  test('stand where their clocks put them, each set right by what it was ahead', () => {
    const [a, b] = [trackOf(one), trackOf(two)]
    expect(spanOf([a, b])).toEqual({ fromMs: a.fromMs, toMs: b.toMs })
    const at = Date.parse('2026-03-10T09:05:10+08:00')
    expect(secondAt(a, at, 600)).toBe(312)
    expect(secondAt(b, at, 900)).toBe(10)
    expect(secondAt(b, a.fromMs, 900)).toBeUndefined()
    expect(secondAt(a, at, 300)).toBeUndefined()
  })

  test('are those that ran at the same time, four at the most', () => {
    expect(besideOf([one, two, later], 'two').map((c) => c.id)).toEqual(['two', 'one'])
    const many = [one, ...['a', 'b', 'c', 'd'].map((id) => ({ ...one, id }))]
    expect(besideOf(many, 'one')).toHaveLength(4)
    expect(besideOf([one], 'gone')).toEqual([])
  })

  test('say how far apart their pictures are', () => {
    const tracks = [trackOf(one), trackOf(two)]
    const [a, b] = tracks
    if (!a || !b) throw new Error('two tracks')
    expect(
      spreadMs([
        { track: a, at: 312 },
        { track: b, at: 10.04 },
      ]),
    ).toBeCloseTo(40, 3)
    expect(spreadMs([{ track: a, at: 312 }])).toBe(0)
  })

  test('that are far off leap, those that are near run a little faster or slower', () => {
    expect(correction(10, 12, 1)).toEqual({ leapTo: 12 })
    expect(correction(10, 10.1, 1)).toEqual({ rate: 1.08 })
    expect(correction(10.1, 10, 2)).toEqual({ rate: 1.84 })
    expect(correction(10, 10.01, 1)).toEqual({ rate: 1 })
  })
})
