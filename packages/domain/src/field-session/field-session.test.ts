import { describe, expect, it } from 'vitest'
import type { Actor, Role } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import * as field from './field-session.ts'
import { reminderDay } from './reminder-day.ts'

const NOW = '2026-03-10T10:00:00+08:00'
const SESSION = '0190f3a0-0000-7000-8000-00000000000a'
const actor = (personId: string, ...roles: readonly Role[]): Actor => ({
  userId: `u-${personId}`,
  personId,
  name: personId,
  roles: [...roles],
  agencyId: 'a',
})
const officer = { now: NOW, actor: actor('li', 'officer') }
const head = { now: NOW, actor: actor('chen', 'unit-head') }
const announcement = { session: SESSION, medium: 'video' as const, key: '0'.repeat(64), begunAt: NOW }

const then = (s: field.FieldSessionState, ruled: ReturnType<typeof field.endFieldSession>) => {
  if (isRefusal(ruled)) throw new Error(ruled.code)
  return ruled.reduce(field.evolveFieldSession, s)
}
const codeOf = (ruled: unknown) => (isRefusal(ruled) ? ruled.code : undefined)
const announced = then(
  field.initialFieldSession,
  field.announceFieldSession(field.initialFieldSession, announcement, officer),
)

describe('a session of recording in the field', () => {
  it('is announced once, by an officer', () => {
    expect(announced).toMatchObject({ status: 'open', announcedAt: NOW })
    expect(field.announceFieldSession(announced, announcement, officer)).toEqual([])
    expect(codeOf(field.announceFieldSession(field.initialFieldSession, announcement, head))).toBe(
      'not-permitted',
    )
  })

  it('says how many runs there are, and only ever more of them', () => {
    const two = then(announced, field.endFieldSession(announced, { takes: 2, endedAt: NOW }, officer))
    expect(two).toMatchObject({ status: 'ended', takes: 2 })
    expect(field.endFieldSession(two, { takes: 1, endedAt: NOW }, officer)).toEqual([])
    expect(then(two, field.endFieldSession(two, { takes: 3, endedAt: NOW }, officer))).toMatchObject({
      takes: 3,
    })
    expect(codeOf(field.endFieldSession(announced, { takes: 1, endedAt: NOW }, head))).toBe('not-found')
  })

  it.each([
    ['2026-03-11T09:59:59+08:00', undefined],
    ['2026-03-11T10:00:00+08:00', 1],
    ['2026-03-13T09:00:00+08:00', 1],
    ['2026-03-13T10:00:00+08:00', 3],
    ['2026-03-15T10:00:00+08:00', 5],
    ['2026-04-10T10:00:00+08:00', 5],
  ])('at %s is late by days: %s', (now, day) => {
    expect(reminderDay(Date.parse(NOW), Date.parse(now))).toBe(day)
  })

  it('is reminded of once for each day, also when days were missed', () => {
    const day4 = '2026-03-14T12:00:00+08:00'
    const reminded = then(announced, field.remindFieldSession(announced, day4))
    expect(reminded).toMatchObject({ reminded: 3 })
    expect(field.remindFieldSession(reminded, day4)).toEqual([])
    expect(field.remindFieldSession(reminded, '2026-03-15T12:00:00+08:00')).toHaveLength(1)
  })

  it('is given up by those who answer for it, with a reason, and is then no longer missed', () => {
    expect(codeOf(field.giveUpFieldSession(announced, '手机损毁', officer))).toBe('not-permitted')
    const given = then(announced, field.giveUpFieldSession(announced, '手机损毁', head))
    expect(field.remindFieldSession(given, '2026-03-15T12:00:00+08:00')).toEqual([])
    expect(codeOf(field.giveUpFieldSession(given, '手机损毁', head))).toBe('duplicate')
  })
})
