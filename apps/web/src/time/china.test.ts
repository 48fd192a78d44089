import { describe, expect, it } from 'vitest'
import {
  chinaDay,
  chinaInstant,
  chinaMinute,
  clockOf,
  fromWall,
  isInstant,
  readDay,
  readWall,
  toWall,
  toWallSecond,
} from './china.ts'

describe('time on the screen', () => {
  it('is China time, whatever the zone in which an instant is written', () => {
    expect(chinaMinute('2026-03-09T16:30:00Z')).toBe('2026-03-10 00:30')
    expect(chinaDay('2026-12-31T23:59:00+08:00')).toBe('2026-12-31')
    expect(chinaInstant(Date.parse('2026-03-09T16:30:05Z'))).toBe('2026-03-10T00:30:05+08:00')
  })

  it('comes back from a control as the instant that went in', () => {
    const instant = '2026-03-10T09:05:00+08:00'
    expect(fromWall(toWall(instant))).toBe(instant)
    expect(fromWall('')).toBeUndefined()
  })

  it('is read as people type it, and not read when there is no such day or minute', () => {
    expect(readWall('2026-3-5 9:05')).toBe('2026-03-05T09:05')
    expect(readWall('2026/03/05 19:05')).toBe('2026-03-05T19:05')
    expect(readWall('2026-03-05 19:05:07')).toBe('2026-03-05T19:05:07')
    expect(readWall('2026-03-05 19:05:60')).toBeUndefined()
    expect(toWallSecond(fromWall('2026-03-05T19:05:07'))).toBe('2026-03-05T19:05:07')
    expect(readWall('2026-02-30 09:00')).toBeUndefined()
    expect(readWall('2026-03-05 24:00')).toBeUndefined()
    expect(readDay('20260305')).toBe('2026-03-05')
    expect(readDay('2026-13-01')).toBeUndefined()
    expect(['2026-03-05T09:05:00+08:00', '2026-02-30 09:00', ''].map(isInstant)).toEqual([true, false, false])
  })

  it('counts a recording in minutes and seconds, and in hours when it must', () => {
    expect([clockOf(127), clockOf(3727)]).toEqual(['02:07', '1:02:07'])
  })
})
