import { describe, expect, it } from 'vitest'
import { atLeast, clustersOf, lanesOf, placeOf, roomFor, spanOf, ticksOf } from './axis.ts'

const at = (text: string): number => Date.parse(text)

describe('the axis of a case', () => {
  it('holds every instant and leaves air at both ends', () => {
    const span = spanOf([at('2026-03-02T09:00:00+08:00'), at('2026-03-12T09:00:00+08:00')])
    expect(placeOf(at('2026-03-02T09:00:00+08:00'), span)).toBeGreaterThan(0)
    expect(placeOf(at('2026-03-12T09:00:00+08:00'), span)).toBeLessThan(100)
  })

  it('puts what lies outside on the edge', () => {
    expect(placeOf(5, { from: 10, to: 20 })).toBe(0)
    expect(placeOf(25, { from: 10, to: 20 })).toBe(100)
  })

  it('ticks at midnight in China when days are shown', () => {
    const ticks = ticksOf({ from: at('2026-03-02T09:00:00+08:00'), to: at('2026-03-12T09:00:00+08:00') }, 12)
    expect(ticks).toHaveLength(10)
    expect(ticks[0]).toBe(at('2026-03-03T00:00:00+08:00'))
  })

  it('never draws more ticks than asked, however long the case', () => {
    expect(ticksOf({ from: 0, to: 20 * 365 * 86_400_000 }, 8).length).toBeLessThanOrEqual(8)
  })

  it('gives recordings that overlap lanes of their own and uses a lane again when it is free', () => {
    expect(
      lanesOf([
        { from: 0, to: 10 },
        { from: 5, to: 15 },
        { from: 10, to: 20 },
      ]),
    ).toEqual([0, 1, 0])
  })

  it('draws events that lie too close as one, and never loses any', () => {
    const clusters = clustersOf([50, 1, 2, 3, 51, 90], (n) => n, 4)
    expect(clusters).toEqual([[1, 2, 3], [50, 51], [90]])
  })

  it('makes a short recording wide enough to be hit and leaves a long one alone', () => {
    expect(atLeast({ from: 0, to: 1 }, { from: 0, to: 100 }, 5)).toEqual({ from: 0, to: 5 })
    expect(atLeast({ from: 0, to: 50 }, { from: 0, to: 100 }, 5)).toEqual({ from: 0, to: 50 })
  })

  it('gives a short span the room of its name, and keeps it on the axis', () => {
    const span = { from: 0, to: 100 }
    expect(roomFor({ from: 10, to: 11 }, span, 20)).toEqual({ from: 10, to: 30 })
    expect(roomFor({ from: 95, to: 96 }, span, 20)).toEqual({ from: 80, to: 100 })
    expect(roomFor({ from: 10, to: 60 }, span, 20)).toEqual({ from: 10, to: 60 })
  })
})
