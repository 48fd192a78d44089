import { describe, expect, it } from 'vitest'
import { leftOf, lookOf } from './look-of.ts'

const until = '2026-05-01T02:00:00.000Z'

describe('a batch that cools', () => {
  it('may be carried out from the very moment on', () => {
    const row = { status: 'approved', coolsUntil: until } as const
    expect(lookOf(row, '2026-05-01T01:59:59.999Z')).toBe('approved')
    expect(lookOf(row, until)).toBe('cooled')
    expect(lookOf({ status: 'stopped', coolsUntil: until }, until)).toBe('stopped')
  })
  it('is counted down in days, and in hours on its last', () => {
    expect(leftOf(until, '2026-04-01T02:00:00.000Z')).toEqual({ unit: 'days', n: 30 })
    expect(leftOf(until, '2026-04-30T02:00:00.000Z')).toEqual({ unit: 'hours', n: 24 })
    expect(leftOf(until, '2026-05-01T01:30:00.000Z')).toEqual({ unit: 'hours', n: 1 })
    expect(leftOf(until, until)).toBeUndefined()
  })
})
