import { describe, expect, it } from 'vitest'
import type { Actor } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import type { PersonEvent } from './events.ts'
import { endStandIn, nameStandIn, type StandInContext } from './stand-in.ts'
import { evolvePerson, initialPerson, type PersonState } from './state.ts'

const now = '2026-03-02T09:00:00+08:00'
const chief: Actor = { userId: 'z', personId: 'zhou', name: '周主任', roles: ['agency-head'], agencyId: 'a' }
const deputy: Actor = { ...chief, userId: 'd', personId: 'deng', name: '邓副主任', roles: ['deputy-head'] }
const registered = (roles: Actor['roles']): PersonState =>
  evolvePerson(initialPerson, {
    type: 'PersonRegistered',
    schemaVersion: 1,
    occurredAt: now,
    data: { public: { roles }, internal: { name: '某', legalQualified: false } },
  })
const pen57 = { clause: 'pen-57', cite: '第五十七条', duty: '由负责人审查', layer: 'national' } as const
const ctx = (
  actor: Actor,
  personId: string,
  roles: Actor['roles'] = ['deputy-head'],
  over: Partial<StandInContext> = {},
): StandInContext => ({
  now,
  actor,
  agencyId: 'a',
  personId,
  delegate: { personId: 'deng', name: '邓副主任', roles, active: true, away: [] },
  decidesFor: [],
  rules: { who: 'any', namedBy: 'own-or-agency-head', longestDays: 92, citations: [pen57] },
  newId: () => 'd1',
  today: '2026-03-02',
  ...over,
})
const days = { delegateId: 'deng', from: '2026-03-03', to: '2026-03-10', reason: '外出培训' }
const head = registered(['agency-head'])
const after = (s: PersonState, events: readonly PersonEvent[]) => events.reduce(evolvePerson, s)
const named = () => {
  const events = nameStandIn(head, days, ctx(chief, 'zhou'))
  if (isRefusal(events)) throw new Error(events.reasons[0]?.message)
  return { events, state: after(head, events) }
}
const why = (ruling: ReturnType<typeof nameStandIn>) =>
  isRefusal(ruling) ? ruling.reasons[0]?.message : 'ok'

describe('standing in for a head who is away', () => {
  it('is recorded with whom, the ranks, the days and the reason', () => {
    expect(named().events).toMatchObject([
      {
        type: 'StandInNamed',
        data: {
          public: { delegationId: 'd1', from: '2026-03-03', to: '2026-03-10', ranks: ['agency-head'] },
          internal: { delegateId: 'deng', reason: '外出培训' },
        },
      },
    ])
  })
  it.each([
    ['somebody else says it', () => nameStandIn(head, days, ctx(deputy, 'zhou')), '本人登记'],
    ['the other is no head', () => nameStandIn(head, days, ctx(chief, 'zhou', ['officer'])), '不是负责人'],
    ['it is oneself', () => nameStandIn(head, days, ctx(chief, 'deng')), '本人'],
    [
      'it began before today',
      () => nameStandIn(head, { ...days, from: '2026-03-01' }, ctx(chief, 'zhou')),
      '不能补登',
    ],
    [
      'it is longer than a quarter',
      () => nameStandIn(head, { ...days, to: '2026-12-31' }, ctx(chief, 'zhou')),
      '最长',
    ],
    [
      'the days are taken',
      () => nameStandIn(named().state, { ...days, from: '2026-03-10', to: '2026-03-12' }, ctx(chief, 'zhou')),
      '已经登记',
    ],
  ])('is refused when %s', (_when, attempt, message) => {
    expect(why(attempt())).toContain(message)
  })
  it('names the days that are taken already', () => {
    const again = { ...days, from: '2026-03-10', to: '2026-03-12' }
    expect(why(nameStandIn(named().state, again, ctx(chief, 'zhou')))).toContain('2026-03-03至2026-03-10')
  })
  it('is refused where the other is away on one of these days, and only then', () => {
    const away = (from: string, to: string) => {
      const c = ctx(chief, 'zhou')
      return { ...c, delegate: c.delegate && { ...c.delegate, away: [{ from, to, name: '陈队长' }] } }
    }
    expect(why(nameStandIn(head, days, away('2026-03-10', '2026-03-20')))).toContain('也外出，由陈队长代行')
    expect(why(nameStandIn(head, days, away('2026-03-11', '2026-03-20')))).toBe('ok')
  })
  it('follows what the agency has set, and says on what that rests', () => {
    const set = (who: 'any' | 'not-below', longestDays: number) =>
      nameStandIn(
        head,
        days,
        ctx(chief, 'zhou', ['deputy-head'], {
          rules: { ...ctx(chief, 'zhou').rules, who, longestDays },
        }),
      )
    expect(why(set('any', 8))).toBe('ok')
    expect(set('any', 7)).toMatchObject({ reasons: [{ message: '一次代行最长7日。', citations: [pen57] }] })
    expect(set('not-below', 92)).toMatchObject({
      reasons: [{ message: expect.stringContaining('同级或者上级'), citations: [pen57] }],
    })
  })
  it('is refused where the one who goes away decides for another on one of these days, and only then', () => {
    const bound = (from: string, to: string) =>
      ctx(chief, 'zhou', ['deputy-head'], { decidesFor: [{ from, to, name: '陈队长' }] })
    expect(why(nameStandIn(head, days, bound('2026-03-10', '2026-03-20')))).toContain('代陈队长审批')
    expect(why(nameStandIn(head, days, bound('2026-03-11', '2026-03-20')))).toBe('ok')
  })

  it('the agency’s head says it for another head who is away, not the other way round', () => {
    const unit = registered(['unit-head'])
    expect(why(nameStandIn(unit, days, ctx(chief, 'unit')))).toBe('ok')
    expect(why(nameStandIn(unit, days, ctx(deputy, 'unit')))).toContain('本人登记')
  })
  it('nobody says it for another head where the agency has set so', () => {
    const own = { rules: { ...ctx(chief, 'unit').rules, namedBy: 'own' as const } }
    const unit = registered(['unit-head'])
    expect(nameStandIn(unit, days, ctx(chief, 'unit', ['deputy-head'], own))).toMatchObject({
      reasons: [{ message: '本机关设定代行审批只能由负责人本人登记。', citations: [pen57] }],
    })
    expect(why(nameStandIn(head, days, ctx(chief, 'zhou', ['deputy-head'], own)))).toBe('ok')
  })
  it('ends before its last day when it is taken back, once', () => {
    const { state } = named()
    const ask = (s: PersonState) =>
      endStandIn(s, { delegationId: 'd1', reason: '提前返回' }, ctx(chief, 'zhou'))
    const ended = ask(state)
    if (isRefusal(ended)) throw new Error('refused')
    expect(why(ask(after(state, ended)))).toContain('已经收回')
    expect(why(nameStandIn(after(state, ended), days, ctx(chief, 'zhou')))).toBe('ok')
  })
})
