import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
} from '../../../../test/test-agency.ts'
import { findSession } from '../auth/session.ts'
import { signIn } from '../auth/sign-in.ts'
import { readStream } from '../event-store/read-stream.ts'
import * as keep from './keep-person.ts'
import { listPeople } from './list-people.ts'
import { registerPerson } from './register-person.ts'

let x: CaseInstallation
let administrator: Actor
let personId = ''
let login = ''
let no = 0
const FIRST = 'Zoumaling-2026'
const SECOND = 'k7mq-3xhd-9wpr'
const reason = '本人忘记口令'

const command = () => ({ commandId: randomUUID(), actor: administrator, personId })
const enter = (password: string) =>
  signIn({ pool: x.deps.store.pool }, { login, password, address: '127.0.0.1' })
const token = async (password: string): Promise<string> => {
  const done = await enter(password)
  if (isRefusal(done)) throw new Error(done.reasons[0]?.message)
  return done.token
}
const session = (of: string) => findSession({ pool: x.deps.store.pool }, of)
const shown = async () => {
  const { items } = await listPeople(x.deps.store, 'A00001', { limit: 50 }, administrator)
  return items.find((p) => p.id === personId)
}
const register = async (account: object): Promise<string> => {
  const person = { name: '王建国', roles: ['officer' as const], legalQualified: false, ...account }
  const done = await registerPerson(x.deps.store, { commandId: randomUUID(), actor: administrator }, person)
  if (isRefusal(done)) throw new Error(done.reasons[0]?.message)
  return done.id
}

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-02T09:00:00+08:00')
  await foundTestAgency(x.deps.store, 'A00001')
  administrator = { userId: 'k', name: '管理员', roles: ['system-admin'], agencyId: 'A00001' }
})
afterAll(() => x.test.close())
beforeEach(async () => {
  no += 1
  login = `wang.${no}`
  personId = await register({ login, password: FIRST })
})

describe('an account', () => {
  it('is opened for a person who was registered without one, and asks for a password of their own', async () => {
    personId = await register({})
    login = `late.${no}`
    const opened = await keep.openAccount(x.deps.store, command(), { login, password: SECOND })
    expect(opened).toMatchObject({ version: 2 })
    expect((await session(await token(SECOND)))?.mustChange).toBe(true)
    const twice = await keep.openAccount(x.deps.store, command(), { login: 'late.two', password: SECOND })
    expect(twice).toMatchObject({ code: 'wrong-state' })
  })

  it('gets a new password: every session ends, the old one is refused, the new one must be changed', async () => {
    const before = await token(FIRST)
    const reset = await keep.resetPassword(x.deps.store, command(), { password: SECOND, reason })
    expect(reset).toMatchObject({ version: 2 })
    expect(await session(before)).toBeUndefined()
    expect(await enter(FIRST)).toMatchObject({ refused: true })
    expect((await session(await token(SECOND)))?.mustChange).toBe(true)
  })

  it('leaves its password nowhere in the record, only that it was reset, by whom and why', async () => {
    await keep.resetPassword(x.deps.store, command(), { password: SECOND, reason })
    const events = await readStream(x.deps.store, 'A00001', personId)
    expect(events.at(-1)).toMatchObject({
      type: 'PasswordReset',
      actor: { name: '管理员' },
      data: { internal: { reason } },
    })
    expect(JSON.stringify(events)).not.toContain(SECOND)
  })

  it('takes no password that somebody would guess', async () => {
    const weak = await keep.resetPassword(x.deps.store, command(), { password: `${login}-1`, reason })
    expect(weak).toMatchObject({ code: 'incomplete' })
    expect(await enter(FIRST)).toHaveProperty('token')
  })
})

describe('a person', () => {
  it('changes posts with the next sign-in, and the list says so', async () => {
    const before = await token(FIRST)
    const body = { roles: ['unit-head' as const], unit: '执法队', position: '队长', reason: '任职' }
    expect(await keep.changeRoles(x.deps.store, command(), body)).toMatchObject({ version: 2 })
    expect(await session(before)).toBeUndefined()
    expect((await session(await token(FIRST)))?.actor.roles).toEqual(['unit-head'])
    expect(await shown()).toMatchObject({ roles: ['unit-head'], unit: '执法队', position: '队长' })
    const only = { roles: ['deputy-head' as const], reason: '任职' }
    expect(await keep.changeRoles(x.deps.store, command(), only)).toMatchObject({ version: 3 })
    expect(await shown()).toMatchObject({ roles: ['deputy-head'], unit: '执法队', position: '队长' })
  })

  it('who is deactivated cannot sign in, and can again when reactivated', async () => {
    const before = await token(FIRST)
    await keep.deactivatePerson(x.deps.store, command(), { reason: '调离' })
    expect(await session(before)).toBeUndefined()
    expect(await enter(FIRST)).toMatchObject({ refused: true })
    expect(await shown()).toMatchObject({ active: false, can: { reactivate: true } })
    await keep.reactivatePerson(x.deps.store, command(), { reason: '调回' })
    expect(await enter(FIRST)).toHaveProperty('token')
    expect(await shown()).toMatchObject({ active: true, can: { deactivate: true } })
  })

  it('of another agency, or by another post, is not to be changed', async () => {
    const foreign = { ...command(), actor: { ...administrator, agencyId: 'B00001' } }
    expect(await keep.deactivatePerson(x.deps.store, foreign, { reason: '调离' })).toMatchObject({
      code: 'not-found',
    })
    const head = { ...command(), actor: { ...administrator, roles: ['agency-head' as const] } }
    const refused = await keep.resetPassword(x.deps.store, head, { password: SECOND, reason })
    expect(refused).toMatchObject({ code: 'not-permitted' })
    expect(await enter(FIRST)).toHaveProperty('token')
  })
})
