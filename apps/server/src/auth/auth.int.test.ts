import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isRefusal } from '@liuhen/domain/refusal'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { changePassword } from './change-password.ts'
import { hashPassword, passwordFault } from './password.ts'
import { closeSession, findSession } from './session.ts'
import { signIn } from './sign-in.ts'

let installation: TestInstallation
const password = 'Lang-genug-2026'
beforeAll(async () => {
  installation = await createTestInstallation()
})
afterAll(() => installation.close())

const account = async (): Promise<{ login: string; userId: string }> => {
  const owner = await installation.connectAs('owner')
  const userId = randomUUID()
  const login = `u${userId.slice(0, 8)}`
  await owner.query(
    `INSERT INTO app.account (user_id, agency_id, person_id, login, name, password_hash, roles)
     VALUES ($1, 'agency-a', $1, $2, '张三', $3, '{officer}')`,
    [userId, login, await hashPassword(password)],
  )
  return { login, userId }
}
const enter = (login: string, word: string, address: string = randomUUID()) =>
  signIn(installation, { login, password: word, address })
const session = async (login: string) => {
  const done = await enter(login, password)
  if (isRefusal(done)) throw new Error('refused')
  const found = await findSession(installation, done.token)
  if (found === undefined) throw new Error('no session')
  return found
}

test('signing in gives a new token each time, and the session knows who it is', async () => {
  const { login, userId } = await account()
  const [one, two] = [await session(login), await session(login.toUpperCase())]
  expect(one.token).not.toBe(two.token)
  expect(one.actor).toMatchObject({ userId, agencyId: 'agency-a', roles: ['officer'], name: '张三' })
  await closeSession(installation, one)
  expect(await findSession(installation, one.token)).toBeUndefined()
  expect(await findSession(installation, two.token)).toBeDefined()
})

test('a wrong password and an unknown account get the same answer', async () => {
  const { login } = await account()
  expect(await enter(login, 'wrong')).toEqual(await enter(randomUUID(), 'wrong'))
})

test('after five failures even the right password waits, for unknown accounts too', async () => {
  const { login } = await account()
  const unknown = randomUUID()
  for (let i = 0; i < 5; i++) {
    await enter(login, 'wrong')
    await enter(unknown, 'wrong')
  }
  const refused = await enter(login, password)
  expect(refused).toMatchObject({
    code: 'not-permitted',
    reasons: [{ message: expect.stringContaining('次数过多') }],
  })
  expect(await enter(unknown, password)).toEqual(refused)
})

test('one address cannot try one password on many accounts without end', async () => {
  for (let i = 0; i < 50; i++) await enter(randomUUID(), 'wrong', 'spray')
  const { login } = await account()
  expect(isRefusal(await enter(login, password, 'spray'))).toBe(true)
  expect(isRefusal(await enter(login, password, 'elsewhere'))).toBe(false)
})

test('a session ends after half an hour without use and after twelve hours in any case', async () => {
  const { login, userId } = await account()
  const owner = await installation.connectAs('owner')
  const idle = await session(login)
  await owner.query(`UPDATE app.session SET seen_at = seen_at - interval '31 minutes' WHERE user_id = $1`, [
    userId,
  ])
  expect(await findSession(installation, idle.token)).toBeUndefined()
  const old = await session(login)
  await owner.query(
    `UPDATE app.session SET created_at = created_at - interval '13 hours' WHERE user_id = $1`,
    [userId],
  )
  expect(await findSession(installation, old.token)).toBeUndefined()
})

test('changing the password ends all sessions and clears the mark that asks for it', async () => {
  const { login } = await account()
  const [one, two] = [await session(login), await session(login)]
  expect(one.mustChange).toBe(true)
  const next = 'Ganz-anders-7391'
  expect(await changePassword(installation, one, { current: 'wrong', next, address: 'x' })).toMatchObject({
    refused: true,
  })
  expect(
    await changePassword(installation, one, { current: password, next: 'short', address: 'x' }),
  ).toMatchObject({
    refused: true,
  })
  const changed = await changePassword(installation, one, { current: password, next, address: 'x' })
  if (isRefusal(changed)) throw new Error('refused')
  expect(await findSession(installation, one.token)).toBeUndefined()
  expect(await findSession(installation, two.token)).toBeUndefined()
  expect(await findSession(installation, changed.token)).toMatchObject({ mustChange: false })
  expect(isRefusal(await enter(login, password))).toBe(true)
})

/** Another transaction holds the account while a change of password is in flight; what it does comes first. */
const overtaken = async (set: string) => {
  const { login, userId } = await account()
  const [own, owner] = [await session(login), await installation.connectAs('owner')]
  const reset = await hashPassword('Vom-Verwalter-4410')
  await owner.query('BEGIN')
  await owner.query(`UPDATE app.account SET ${set} WHERE user_id = $1 AND $2::text <> ''`, [userId, reset])
  const changing = changePassword(installation, own, {
    current: password,
    next: 'Ganz-anders-7391',
    address: 'x',
  })
  await vi.waitUntil(async () => {
    const { rows } = await owner.query(
      'SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))',
    )
    return rows.length > 0
  }, 20_000)
  await owner.query('COMMIT')
  return { login, outcome: await changing }
}

test('a password that was reset while its owner changed it stays reset', async () => {
  const { login, outcome } = await overtaken('password_hash = $2, must_change = true')
  expect(outcome).toMatchObject({ refused: true, code: 'not-permitted' })
  expect(isRefusal(await enter(login, 'Ganz-anders-7391'))).toBe(true)
  const back = await enter(login, 'Vom-Verwalter-4410')
  if (isRefusal(back)) throw new Error('refused')
  expect(await findSession(installation, back.token)).toMatchObject({ mustChange: true })
})

test('an account that was closed while its password was changed gets no session', async () => {
  const { outcome } = await overtaken(`status = 'closed'`)
  expect(outcome).toMatchObject({ refused: true, code: 'not-permitted' })
})

test('a closed account has no session', async () => {
  const { login, userId } = await account()
  const open = await session(login)
  const owner = await installation.connectAs('owner')
  await owner.query(`UPDATE app.account SET status = 'closed' WHERE user_id = $1`, [userId])
  expect(await findSession(installation, open.token)).toBeUndefined()
  expect(isRefusal(await enter(login, password))).toBe(true)
})

test('weak passwords are refused with the reason', () => {
  expect(passwordFault('short', 'a-login')).toContain('10 位')
  expect(passwordFault('password12', 'a-login')).toContain('常见')
  expect(passwordFault('zhangsan-2026', 'zhangsan')).toContain('登录名')
  expect(passwordFault('aaaaaaaaaa11', 'a-login')).toContain('不同')
  expect(passwordFault('abcdefghijk', 'a-login')).toBeDefined()
  expect(passwordFault('Ganz-anders-7391', 'a-login')).toBeUndefined()
})
