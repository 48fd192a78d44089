import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { msOf } from '../civil-date.ts'
import { clockOf, coveredBy, gapsIn, minutesOf } from './coverage.ts'
import type { Interval } from './coverage.ts'
import { timed } from './world.ts'

const at = (clock: string): number => msOf(`2026-04-15T${clock}:00+08:00`)
const span = (from: string, to: string): Interval => ({ fromMs: at(from), toMs: at(to) })
const minute = fc.integer({ min: 0, max: 600 }).map((m) => at('08:00') + m * 60_000)
const interval = fc.tuple(minute, minute).map(([a, b]) => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }))

describe('recording laid over an activity', () => {
  const hearing = span('09:00', '11:30')
  it('zml-15-6: names the part that is missing (S05)', () => {
    const gaps = gapsIn(hearing, [span('09:00', '10:10')])
    expect([minutesOf(gaps), clockOf(gaps)]).toEqual([80, '10:10—11:30'])
  })
  it('names each of several gaps', () => {
    expect(clockOf(gapsIn(hearing, [span('09:10', '10:00'), span('10:30', '11:30')]))).toBe(
      '09:00—09:10、10:00—10:30',
    )
  })
  it('counts a missing half minute as a minute, and no less than a second as a gap', () => {
    expect(minutesOf(gapsIn(hearing, [{ ...hearing, toMs: hearing.toMs - 30_000 }]))).toBe(1)
    expect(gapsIn(hearing, [{ ...hearing, toMs: hearing.toMs - 999 }])).toEqual([])
  })
  it('takes no photo and no recording without times for coverage', () => {
    const recording = (medium: string, times: object) =>
      timed({
        kind: 'recording',
        name: 'hearing',
        at: '2026-04-15T11:30:00+08:00',
        data: { medium },
        ...times,
      })
    const times = { from: '2026-04-15T09:00:00+08:00', to: '2026-04-15T11:30:00+08:00' }
    expect(coveredBy([recording('photo', times), recording('video', {})])).toEqual([])
    expect(coveredBy([recording('video', times)])).toHaveLength(1)
  })
  it('gives the same gaps whatever the order, and none that a recording covers', () => {
    fc.assert(
      fc.property(interval, fc.array(interval, { maxLength: 6 }), (activity, covers) => {
        const gaps = gapsIn(activity, covers)
        expect(gapsIn(activity, covers.toReversed())).toEqual(gaps)
        for (const g of gaps) expect(covers.some((c) => c.fromMs < g.toMs && c.toMs > g.fromMs)).toBe(false)
        expect(gapsIn(activity, [...covers, ...gaps])).toEqual([])
      }),
    )
  })
})
