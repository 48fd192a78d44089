import { describe, expect, it } from 'vitest'
import type { Actor } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import { canRegisterAgency } from './can.ts'
import { type AgencyContext, registerAgency } from './commands.ts'
import type { AgencyEvent, AgencyProfile } from './events.ts'
import { evolveAgency, initialAgency } from './state.ts'

const profile: AgencyProfile = {
  name: '走马岭街道办事处',
  shortName: '走街',
  code: '11420112MB1',
  base: 'zoumaling',
  overlays: [],
}
const ctx: AgencyContext = {
  now: '2026-03-02T09:00:00+08:00',
  packs: [
    { id: 'national', layer: 'national' },
    { id: 'zoumaling', layer: 'base' },
    { id: 'gongan-sxzd', layer: 'overlay' },
  ],
  takenCodes: [],
}
const fold = (events: readonly AgencyEvent[]) =>
  events.reduce((s, e) => evolveAgency(s, e, { userId: 'u', name: '甲' }), initialAgency)
const decide = (over: Partial<AgencyProfile>, c: Partial<AgencyContext> = {}) =>
  registerAgency(initialAgency, { ...profile, ...over }, { ...ctx, ...c })

describe('registerAgency', () => {
  it('records the agency with its base pack', () => {
    const events = decide({ court: '某区人民法院' })
    if (isRefusal(events)) throw new Error('refused')
    const state = fold(events)
    expect(state).toMatchObject({
      status: 'registered',
      base: 'zoumaling',
      court: '某区人民法院',
      settings: {},
    })
  })
  it('takes national law alone as a base, with overlays on it', () => {
    expect(isRefusal(decide({ base: 'national', overlays: ['gongan-sxzd'] }))).toBe(false)
  })
  it.each([
    ['an overlay as the base', { base: 'gongan-sxzd' }, {}, 'wrong-state'],
    ['an unknown base', { base: 'nowhere' }, {}, 'wrong-state'],
    ['a base as an overlay', { overlays: ['zoumaling'] }, {}, 'wrong-state'],
    ['the same overlay twice', { overlays: ['gongan-sxzd', 'gongan-sxzd'] }, {}, 'wrong-state'],
    ['a code that another agency has', {}, { takenCodes: ['11420112MB1'] }, 'duplicate'],
  ] as const)('refuses %s', (_, over, c, code) => {
    expect(decide(over as Partial<AgencyProfile>, c)).toMatchObject({ refused: true, code })
  })
  it('refuses an agency that is registered already', () => {
    const events = decide({})
    if (isRefusal(events)) throw new Error('refused')
    const state = fold(events)
    expect(registerAgency(state, profile, ctx)).toMatchObject({ code: 'duplicate' })
  })
})

describe('canRegisterAgency', () => {
  const actor = (roles: Actor['roles']): Actor => ({ userId: 'u', name: '甲', roles, agencyId: 'a' })
  it('lets a system administrator and nobody else', () => {
    expect(canRegisterAgency(actor(['system-admin']))).toBe(true)
    expect(canRegisterAgency(actor(['agency-head', 'audit-admin']))).not.toBe(true)
  })
})
