import { describe, expect, it } from 'vitest'
import type { Condition } from '../schema/condition.ts'
import { FactInput } from '../schema/fact-input.ts'
import { indexOf } from './fact-index.ts'
import { checkIntervals } from './intervals.ts'
import { timed } from './world.ts'
import type { World } from './world.ts'

const fact = (input: object) => timed(FactInput.parse(input))
const activity = fact({
  is: 'step inspection done',
  step: 'inspection',
  from: '2026-05-12 09:00',
  to: '2026-05-12 10:00',
})
const recording = (from: string, to: string, ref: string) =>
  fact({
    is: 'recording inspection made',
    step: 'inspection',
    ref,
    from: `2026-05-12 ${from}`,
    to: `2026-05-12 ${to}`,
  })

const by = { kind: 'recording', name: '*', state: 'made', tied: 'step' } as const
const covered = (part: 'whole' | 'start' | 'end' | 'between') =>
  ({ op: 'covered', covered: part, by }) as const
const check = (
  condition: Extract<Condition, { op: 'covered' | 'overlaps' }>,
  facts: ReturnType<typeof fact>[],
) =>
  checkIntervals(condition, { index: indexOf([...facts, activity]), subject: activity } as unknown as World)

describe('what accounts for the time of an activity', () => {
  const pieces = [recording('09:05', '09:30', 'r1'), recording('09:40', '09:58', 'r2')]

  it('tells the beginning, the end and what lies between apart', () => {
    expect(check(covered('start'), pieces).facts).toEqual({ uncoveredMinutes: 5, gaps: '09:00—09:05' })
    expect(check(covered('between'), pieces).facts).toEqual({ uncoveredMinutes: 10, gaps: '09:30—09:40' })
    expect(check(covered('end'), pieces).facts).toEqual({ uncoveredMinutes: 2, gaps: '09:58—10:00' })
    expect(check(covered('whole'), pieces).facts['uncoveredMinutes']).toBe(17)
  })

  it('takes an interruption with a cause for an account of the time, one without a cause not', () => {
    const stop = {
      is: 'event recording-interrupted',
      step: 'inspection',
      from: '2026-05-12 09:30',
      to: '2026-05-12 09:40',
    }
    expect(check(covered('between'), [...pieces, fact({ ...stop, data: { cause: '电量不足' } })]).holds).toBe(
      true,
    )
    expect(check(covered('between'), [...pieces, fact(stop)]).holds).toBe(false)
  })

  it('says during which minutes another fact lasted, and not that two facts merely touch', () => {
    const overlaps = { op: 'overlaps', overlaps: { kind: 'event', name: 'camera-outage' } } as const
    const outage = (from: string, to: string) =>
      fact({ is: 'event camera-outage', from: `2026-05-12 ${from}`, to: `2026-05-12 ${to}` })
    expect(check(overlaps, [outage('08:30', '09:20')]).facts).toEqual({ during: '09:00—09:20', minutes: 20 })
    expect(check(overlaps, [outage('10:00', '10:20')]).holds).toBe(false)
  })
})
