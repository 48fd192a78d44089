import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor, Role } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
} from '../../../../test/test-agency.ts'
import { signIn } from '../auth/sign-in.ts'
import { readStream } from '../event-store/read-stream.ts'
import { registerPerson } from './register-person.ts'
import { resetByMachine } from './reset-by-machine.ts'

let x: CaseInstallation
const FIRST = 'Zoumaling-2026'
const SECOND = 'k7mq-3xhd-9wpr'
const reason = '唯一的系统管理员忘记口令'

const register = async (login: string, role: Role): Promise<string> => {
  const actor: Actor = { userId: 'k', name: '管理员', roles: ['system-admin'], agencyId: 'A00001' }
  const person = { name: login, roles: [role], legalQualified: false, login, password: FIRST }
  const done = await registerPerson(x.deps.store, { commandId: randomUUID(), actor }, person)
  if (isRefusal(done)) throw new Error(done.reasons[0]?.message)
  return done.id
}
const enter = (login: string, password: string) =>
  signIn({ pool: x.deps.store.pool }, { login, password, address: '127.0.0.1' })

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-02T09:00:00+08:00')
  await foundTestAgency(x.deps.store, 'A00001')
})
afterAll(() => x.test.close())

test('who holds the machine gives an administrator a new password, and the record says so', async () => {
  const personId = await register('only-admin', 'system-admin')
  const done = await resetByMachine(x.deps.store, { login: 'only-admin', password: SECOND, reason })
  expect(isRefusal(done)).toBe(false)
  expect(isRefusal(await enter('only-admin', FIRST))).toBe(true)
  expect(isRefusal(await enter('only-admin', SECOND))).toBe(false)
  const events = await readStream(x.deps.store, 'A00001', personId)
  expect(events.at(-1)).toMatchObject({ type: 'PasswordReset', actor: { name: '本机维护' } })
})

test('nobody else is given one, and an unknown login is said to be unknown', async () => {
  await register('some-officer', 'officer')
  const officer = await resetByMachine(x.deps.store, { login: 'some-officer', password: SECOND, reason })
  expect(officer).toMatchObject({ refused: true, code: 'not-permitted' })
  const nobody = await resetByMachine(x.deps.store, { login: 'nobody', password: SECOND, reason })
  expect(nobody).toMatchObject({ refused: true, code: 'not-found' })
})
