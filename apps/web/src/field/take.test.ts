import { describe, expect, it } from 'vitest'
import { bytesOf, fileNameOf, isDamaged, isOnlyHere, segmentStates, warningDay } from './take.ts'

const sizes = [10, 20, 30]
const at = '2026-03-10T10:00:00+08:00'
const hour = (n: number) => Date.parse(at) + n * 3_600_000

describe('a run of the camera', () => {
  it('counts a segment as sent only when the server has acknowledged all of it', () => {
    const states = (sent: number) => segmentStates({ sizes, state: { is: 'sending', sent } })
    expect(states(0)).toEqual(['written', 'written', 'written'])
    expect(states(29)).toEqual(['sent', 'written', 'written'])
    expect(states(30)).toEqual(['sent', 'sent', 'written'])
    expect(segmentStates({ sizes, state: { is: 'stored' } })).toEqual(['stored', 'stored', 'stored'])
    expect(segmentStates({ sizes, state: { is: 'kept' } })).toEqual(['written', 'written', 'written'])
    expect(bytesOf({ sizes })).toBe(60)
  })

  it('is only here until the server has read it back', () => {
    expect(isOnlyHere({ state: { is: 'sending', sent: 60 } })).toBe(true)
    expect(isOnlyHere({ state: { is: 'stored' } })).toBe(false)
  })

  it('is warned of on days one, three and five, and not when it has come', () => {
    const kept = { state: { is: 'kept' } as const, begunAt: at }
    expect([23, 24, 71, 72, 119, 120, 900].map((h) => warningDay([kept], hour(h)))).toEqual([
      undefined,
      1,
      1,
      3,
      3,
      5,
      5,
    ])
    expect(warningDay([{ ...kept, state: { is: 'confirmed' } }], hour(900))).toBeUndefined()
    expect(warningDay([], hour(900))).toBeUndefined()
  })

  it('stays on the phone when its chain does not hold', () => {
    expect(isDamaged('altered')).toBe(true)
    expect(isDamaged('unterminated')).toBe(false)
    expect(isDamaged('ingest-hash-only')).toBe(false)
  })

  it('is called by its session and its number', () => {
    const session = '0190f3a0-0000-7000-8000-00000000000a'
    expect(fileNameOf({ session, take: 2, mime: 'video/webm' })).toBe('0190f3a0-002.webm')
  })
})
