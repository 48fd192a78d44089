import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { type CaseInstallation, createCaseInstallation } from '../../../../test/test-agency.ts'
import { signIn } from '../auth/sign-in.ts'
import { readStream } from '../event-store/read-stream.ts'
import { listPeople } from '../person/list-people.ts'
import { registerPerson, renewCertificate } from '../person/register-person.ts'
import { ownAgency, setupState } from './agency-reads.ts'
import { foundAgency } from './found-agency.ts'

let x: CaseInstallation
let administrator: Actor
const PASSWORD = 'Zoumaling-2026'
const agency = (code: string) => ({
  name: '走马岭街道办事处',
  shortName: '走街',
  code,
  base: 'zoumaling',
  overlays: [],
  court: '某区人民法院',
})
const setUp = (code: string, login: string, first = true) => ({
  commandId: randomUUID(),
  agency: agency(code),
  administrator: { name: '管理员', login, password: PASSWORD },
  first,
})
const signInAs = (login: string, password = PASSWORD) =>
  signIn({ pool: x.deps.store.pool }, { login, password, address: '127.0.0.1' })

const keeperOf = (agencyId: string): Actor => ({
  userId: 'keeper',
  name: '管理员',
  roles: ['system-admin'],
  agencyId,
})

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-02T09:00:00+08:00')
})
afterAll(() => x.test.close())

describe('first set-up', () => {
  it('is needed on an empty installation and refuses a password that is easy to guess', async () => {
    expect(await setupState(x.deps)).toMatchObject({ needed: true, demonstration: false })
    const weak = setUp('A00001', 'admin.one')
    weak.administrator.password = 'aaaaaaaaaaaa'
    expect(await foundAgency(x.deps, weak)).toMatchObject({ code: 'incomplete' })
    expect(await setupState(x.deps)).toMatchObject({ needed: true })
  })

  it('founds one agency with its administrator, even when asked five times at once', async () => {
    const outcomes = await Promise.all(
      ['A00001', 'A00002', 'A00003', 'A00004', 'A00005'].map((code, i) =>
        foundAgency(x.deps, setUp(code, `admin.${i}`)),
      ),
    )
    const founded = outcomes.flatMap((o) => ('agencyId' in o ? [o] : []))
    expect(founded).toHaveLength(1)
    expect(outcomes.filter(isRefusal).every((r) => r.code === 'wrong-state')).toBe(true)
    const [{ agencyId } = { agencyId: '' }] = founded
    const people = await listPeople(x.deps.store, agencyId, { limit: 10 }, keeperOf(agencyId))
    expect(people.items).toMatchObject([{ name: '管理员', roles: ['system-admin'] }])
    const [admin] = people.items
    if (admin?.login === undefined) throw new Error('no login')
    expect(await signInAs(admin.login)).toHaveProperty('token')
    administrator = {
      userId: admin.id,
      personId: admin.id,
      name: '管理员',
      roles: ['system-admin'],
      agencyId,
    }
  })

  it('shows the agency with the titles of its packs', async () => {
    const own = await ownAgency(x.deps, administrator.agencyId)
    expect(own).toMatchObject({ base: 'zoumaling', court: '某区人民法院' })
    expect(own.packTitles[0]).toContain('走马岭')
  })
})

describe('a further agency', () => {
  it('is registered with an administrator of its own, who sees only its own people', async () => {
    const outcome = await foundAgency(x.deps, { ...setUp('B00001', 'b.admin', false), actor: administrator })
    expect(outcome).toEqual({ agencyId: 'B00001' })
    const people = await listPeople(x.deps.store, 'B00001', { limit: 10 }, keeperOf('B00001'))
    expect(people.items.map((p) => p.login)).toEqual(['b.admin'])
    const [event] = await readStream(x.deps.store, 'B00001', 'B00001')
    expect(event?.actor.agencyId).toBe(administrator.agencyId)
  })
  it('is refused with a code or a login name that is taken, and nothing of it stays', async () => {
    const taken = await foundAgency(x.deps, { ...setUp('B00001', 'b.two', false), actor: administrator })
    expect(taken).toMatchObject({ code: 'duplicate' })
    const login = await foundAgency(x.deps, { ...setUp('B00002', 'B.ADMIN', false), actor: administrator })
    expect(login).toMatchObject({ code: 'duplicate' })
    expect(await readStream(x.deps.store, 'B00002', 'B00002')).toEqual([])
  })
  it('is the same when the same command comes again', async () => {
    const again = { ...setUp('B00003', 'b.three', false), actor: administrator }
    await foundAgency(x.deps, again)
    expect(await foundAgency(x.deps, again)).toEqual({ agencyId: 'B00003' })
    expect(await readStream(x.deps.store, 'B00003', 'B00003')).toHaveLength(1)
  })
})

describe('people', () => {
  const officer = {
    name: '王建国',
    roles: ['officer' as const],
    legalQualified: false,
    certNo: '42011200001',
    certValidTo: '2026-12-31',
    login: 'wang.jg',
    password: PASSWORD,
  }
  const command = () => ({ commandId: randomUUID(), actor: administrator })

  it('are registered with an account that can sign in and must change its password', async () => {
    const outcome = await registerPerson(x.deps.store, command(), officer)
    expect(outcome).toMatchObject({ version: 1 })
    expect(await signInAs('wang.jg')).toHaveProperty('token')
    const { rows } = await x.deps.store.pool.query<{ must_change: boolean }>(
      `SELECT must_change FROM app.find_account('wang.jg')`,
    )
    expect(rows).toEqual([{ must_change: true }])
  })
  it('refuse a login name that is taken anywhere in the installation', async () => {
    const other = { ...officer, login: 'b.admin' }
    expect(await registerPerson(x.deps.store, command(), other)).toMatchObject({ code: 'duplicate' })
  })
  it('have one login of two that are asked for at once', async () => {
    const twin = { ...officer, login: 'twin' }
    const both = await Promise.all([
      registerPerson(x.deps.store, command(), twin),
      registerPerson(x.deps.store, command(), twin),
    ])
    expect(both.filter((o) => isRefusal(o))).toHaveLength(1)
  })
  it('renew a certificate, and refuse it for people of another agency', async () => {
    const { items } = await listPeople(
      x.deps.store,
      administrator.agencyId,
      { limit: 50, role: 'officer' },
      administrator,
    )
    const id = items.find((p) => p.login === 'wang.jg')?.id ?? ''
    const renewal = { certNo: '42011200009', certValidTo: '2028-12-31' }
    expect(await renewCertificate(x.deps.store, command(), id, renewal)).toMatchObject({ version: 2 })
    const after = await listPeople(
      x.deps.store,
      administrator.agencyId,
      { limit: 50 },
      {
        ...administrator,
        roles: ['officer'],
      },
    )
    expect(after.items.find((p) => p.id === id)).toMatchObject(renewal)
    expect(after.items.find((p) => p.id === id)).not.toHaveProperty('login')
    const foreign = { ...command(), actor: { ...administrator, agencyId: 'B00001' } }
    expect(await renewCertificate(x.deps.store, foreign, id, renewal)).toMatchObject({ code: 'not-found' })
  })
  it('are not given half an account', async () => {
    const { password: _, ...half } = { ...officer, login: 'half' }
    expect(await registerPerson(x.deps.store, command(), half)).toMatchObject({ code: 'incomplete' })
  })
  it('are not registered by anybody but a system administrator', async () => {
    const actor: Actor = { ...administrator, roles: ['agency-head'] }
    const ruling = await registerPerson(x.deps.store, { commandId: randomUUID(), actor }, officer)
    expect(ruling).toMatchObject({ code: 'not-permitted' })
  })
})
