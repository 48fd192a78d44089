import { describe, expect, it } from 'vitest'
import type { Actor, Role } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import { canKeepPeople } from './can.ts'
import { type PersonContext, registerPerson, type RegisterPerson, renewCertificate } from './commands.ts'
import { evolvePerson, initialPerson, type PersonState, rankOf, toFactPerson } from './state.ts'

const actor = (roles: Role[], agencyId = 'a'): Actor => ({ userId: 'u', name: '管理员', roles, agencyId })
const ctx: PersonContext = {
  now: '2026-03-02T09:00:00+08:00',
  actor: actor(['system-admin']),
  agencyId: 'a',
  loginTaken: false,
}
const officer: RegisterPerson = {
  name: '王建国',
  roles: ['officer'],
  legalQualified: false,
  certNo: '42011200001',
  certValidTo: '2027-12-31',
}
const registered = (p: RegisterPerson = officer): PersonState => {
  const events = registerPerson(initialPerson, p, ctx)
  if (isRefusal(events)) throw new Error(events.reasons[0]?.message)
  return events.reduce(evolvePerson, initialPerson)
}

describe('registerPerson', () => {
  it('records name, certificate and roles', () => {
    expect(registered()).toMatchObject({
      name: '王建国',
      roles: ['officer'],
      certificate: { certNo: '42011200001', certValidTo: '2027-12-31' },
    })
  })
  it('says nothing of what was left out', () => {
    const events = registerPerson(initialPerson, { ...officer, unit: undefined }, ctx)
    expect(isRefusal(events) || Object.keys(events[0]?.data.internal ?? {})).not.toContain('unit')
  })
  it('refuses a login name that somebody has', () => {
    const ruling = registerPerson(initialPerson, { ...officer, login: 'wang' }, { ...ctx, loginTaken: true })
    expect(ruling).toMatchObject({ code: 'duplicate' })
  })
  it('refuses one person who would be two of the three administrators', () => {
    const ruling = registerPerson(initialPerson, { ...officer, roles: ['system-admin', 'audit-admin'] }, ctx)
    expect(ruling).toMatchObject({ code: 'not-permitted' })
  })
  it('refuses an administrator who would also handle cases', () => {
    const ruling = registerPerson(initialPerson, { ...officer, roles: ['system-admin', 'officer'] }, ctx)
    expect(ruling).toMatchObject({ code: 'not-permitted' })
  })
  it.each(['officer', 'agency-head', 'security-admin', 'audit-admin'] as const)('refuses %s', (role) => {
    expect(registerPerson(initialPerson, officer, { ...ctx, actor: actor([role]) })).toMatchObject({
      code: 'not-permitted',
    })
  })
})

describe('renewCertificate', () => {
  const renewal = { certNo: '42011200009', certValidTo: '2028-12-31' }
  it('replaces the certificate and keeps the rest', () => {
    const before = registered()
    const events = renewCertificate(before, renewal, ctx)
    if (isRefusal(events)) throw new Error('refused')
    expect(events.reduce(evolvePerson, before)).toMatchObject({ name: '王建国', certificate: renewal })
  })
  it('refuses for somebody who is not registered', () => {
    expect(renewCertificate(initialPerson, renewal, ctx)).toMatchObject({ code: 'not-found' })
  })
  it('refuses the administrator of another agency', () => {
    const other = { ...ctx, actor: actor(['system-admin'], 'b') }
    expect(renewCertificate(registered(), renewal, other)).toMatchObject({ code: 'not-permitted' })
  })
})

describe('toFactPerson', () => {
  it('gives the certificate and the highest rank of the roles', () => {
    const state = registered({ ...officer, roles: ['officer', 'unit-head'] })
    if (state.status === 'none') throw new Error('not registered')
    expect(toFactPerson('p1', state, 'officer')).toEqual({
      personId: 'p1',
      name: '王建国',
      as: 'officer',
      rank: 'unit-head',
      certNo: '42011200001',
      certValidTo: '2027-12-31',
      legalQualified: false,
    })
  })
  it('ranks agency head above deputy head above unit head above the rest', () => {
    expect(rankOf(['unit-head', 'agency-head'])).toBe('agency-head')
    expect(rankOf(['deputy-head'])).toBe('deputy-head')
    expect(rankOf(['legal-reviewer'])).toBe('handler')
  })
})

describe('canKeepPeople', () => {
  it('holds within the own agency only', () => {
    expect(canKeepPeople(actor(['system-admin']), 'a')).toBe(true)
    expect(canKeepPeople(actor(['system-admin']), 'b')).not.toBe(true)
  })
})
