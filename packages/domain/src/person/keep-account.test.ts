import { describe, expect, it } from 'vitest'
import type { Actor, Role } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import type { PersonEvent } from './events.ts'
import {
  changeRoles,
  deactivatePerson,
  type KeepContext,
  openAccount,
  reactivatePerson,
  resetPassword,
} from './keep-account.ts'
import { evolvePerson, initialPerson, type PersonState } from './state.ts'

const actor = (roles: Role[], personId = 'admin'): Actor => ({
  userId: personId,
  personId,
  name: '管理员',
  roles,
  agencyId: 'a',
})
const ctx: KeepContext = {
  now: '2026-03-02T09:00:00+08:00',
  actor: actor(['system-admin']),
  agencyId: 'a',
  personId: 'p',
}
const registered = (login?: string): PersonState =>
  evolvePerson(initialPerson, {
    type: 'PersonRegistered',
    schemaVersion: 1,
    occurredAt: ctx.now,
    data: {
      public: { roles: ['officer'] },
      internal: { name: '王建国', legalQualified: false, ...(login && { login }) },
    },
  })
const after = (state: PersonState, ruling: ReturnType<typeof changeRoles>): PersonState => {
  if (isRefusal(ruling)) throw new Error(ruling.reasons[0]?.message)
  return ruling.reduce((s: PersonState, e: PersonEvent) => evolvePerson(s, e), state)
}
const reason = '调岗'

describe('keeping a person', () => {
  it('changes posts, unit and position together, with the reason', () => {
    const state = registered()
    const ruling = changeRoles(state, { roles: ['unit-head'], unit: '执法队', reason }, ctx)
    expect(ruling).toMatchObject([{ data: { internal: { reason } } }])
    expect(after(state, ruling)).toMatchObject({ roles: ['unit-head'], unit: '执法队' })
  })
  it('keeps the unit and the position that are not given, and takes away what is given empty', () => {
    const first = { roles: ['officer' as const], unit: '执法队', position: '队员', reason }
    const placed = after(registered(), changeRoles(registered(), first, ctx))
    const kept = after(placed, changeRoles(placed, { roles: ['unit-head'], position: '队长', reason }, ctx))
    expect(kept).toMatchObject({ roles: ['unit-head'], unit: '执法队', position: '队长' })
    const cleared = after(kept, changeRoles(kept, { roles: ['unit-head'], unit: '', reason }, ctx))
    expect(cleared).toMatchObject({ unit: undefined, position: '队长' })
  })
  it('lets nobody be an administrator and something else', () => {
    const ruling = changeRoles(registered(), { roles: ['system-admin', 'officer'], reason }, ctx)
    expect(ruling).toMatchObject({ code: 'not-permitted' })
  })
  it('deactivates and reactivates, each once, and changes nothing of who is deactivated', () => {
    const off = after(registered('wang'), deactivatePerson(registered('wang'), { reason }, ctx))
    expect(off).toMatchObject({ active: false })
    expect(deactivatePerson(off, { reason }, ctx)).toMatchObject({ code: 'wrong-state' })
    expect(resetPassword(off, { reason }, ctx)).toMatchObject({ code: 'wrong-state' })
    expect(after(off, reactivatePerson(off, { reason }, ctx))).toMatchObject({ active: true })
  })
  it('opens one account, with a login name that nobody has', () => {
    const free = { ...ctx, loginTaken: false }
    const open = after(registered(), openAccount(registered(), { login: 'wang' }, free))
    expect(open).toMatchObject({ login: 'wang' })
    expect(openAccount(open, { login: 'wang2' }, free)).toMatchObject({ code: 'wrong-state' })
    expect(openAccount(registered(), { login: 'wang' }, { ...free, loginTaken: true })).toMatchObject({
      code: 'duplicate',
    })
  })
  it('resets the password of who has an account, and records no password', () => {
    const ruling = resetPassword(registered('wang'), { reason }, ctx)
    expect(ruling).toMatchObject([{ type: 'PasswordReset', data: { internal: { reason } } }])
    expect(resetPassword(registered(), { reason }, ctx)).toMatchObject({ code: 'wrong-state' })
  })
  it('is no business of the person concerned, of other posts or of other agencies', () => {
    const own = { ...ctx, personId: 'admin' }
    expect(deactivatePerson(registered('wang'), { reason }, own)).toMatchObject({ refused: true })
    const head = { ...ctx, actor: actor(['agency-head']) }
    expect(resetPassword(registered('wang'), { reason }, head)).toMatchObject({ code: 'not-permitted' })
    expect(changeRoles(initialPerson, { roles: ['officer'], reason }, ctx)).toMatchObject({
      code: 'not-found',
    })
  })
})
