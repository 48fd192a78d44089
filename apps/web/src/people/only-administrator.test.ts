import { expect, it } from 'vitest'
import { isOnlyAdministrator } from './only-administrator.ts'

const me = { personId: 'a', roles: ['system-admin' as const] }
const person = (id: string, more: object = {}) => ({
  id,
  roles: ['system-admin' as const],
  active: true,
  login: id,
  ...more,
})

it('says that nobody else keeps the accounts: another who is here and has an account does', () => {
  expect(isOnlyAdministrator(me, [person('a')])).toBe(true)
  expect(isOnlyAdministrator(me, [person('a'), person('b')])).toBe(false)
  expect(isOnlyAdministrator(me, [person('a'), person('b', { active: false })])).toBe(true)
  expect(isOnlyAdministrator(me, [person('a'), person('b', { login: undefined })])).toBe(true)
  expect(isOnlyAdministrator({ ...me, roles: ['officer'] }, [])).toBe(false)
})
