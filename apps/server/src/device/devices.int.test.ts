import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STANDINGS } from '@liuhen/domain/device/device'
import { MEANINGS } from '@liuhen/domain/device/meaning'
import { isRefusal } from '@liuhen/domain/refusal'
import { dockCard } from '../../../cli/src/dock/dock-card.ts'
import { foundTestAgency, registerTestPerson } from '../../../../test/test-agency.ts'
import { type DockHouse, openCard, openDockHouse, stationOf } from '../../../../test/test-dock.ts'
import { command, done } from '../../../../test/test-filing.ts'
import { noteFact } from '../case/change-case.ts'
import { getCase } from '../case/get-case.ts'
import { openRegister } from '../register/open-register.ts'
import { listDevices } from './list-devices.ts'

const OFFICER = '42011200001'
const NOW = '2026-03-10T18:00:00+08:00'
let house: DockHouse
let keeper: Awaited<ReturnType<DockHouse['give']>>
let registerId: string

const devices = async (actor = keeper.actor) => {
  const told = await listDevices(house.x.deps, actor)
  if (isRefusal(told)) throw new Error(JSON.stringify(told.reasons))
  return told
}
const note = async (
  name: string,
  at: string,
  data: Record<string, string | number>,
  about?: string,
): Promise<void> => {
  const { x } = house
  const fact = { name, at, data, ...(about !== undefined && { about }) }
  done(await noteFact(x.deps, command(keeper.actor, registerId), fact))
}

beforeAll(async () => {
  house = await openDockHouse(NOW)
  await house.give('王建国', 'officer', OFFICER)
  keeper = await house.give('冯涛', 'av-custodian')
  const ask = { procedure: 'device', title: '综合执法中心设备' }
  const opened = await openRegister(house.x.deps, { commandId: randomUUID(), actor: keeper.actor }, ask)
  registerId = done(opened).id ?? ''
})
afterAll(() => house.close())

describe('the devices of an agency', () => {
  it('are read by words that the law and the program share', () => {
    const events = house.x.deps.library.law.procedures.flatMap((p) => (p.id === 'device' ? p.events : []))
    const means = events.flatMap((e) => (e.subject === undefined && e.means) || [])
    expect(new Set(means)).toEqual(new Set(MEANINGS))
    expect(STANDINGS).toEqual(expect.arrayContaining(events.flatMap((e) => e.while ?? [])))
  })
  it('are those of its registers, with where each is now', async () => {
    expect(await devices()).toMatchObject({ registers: [{ id: registerId }], items: [], strangers: [] })
    const device = {
      number: 'BWC-01',
      kind: 'portable',
      deviceType: '执法记录仪',
      unit: '执法队',
      keeper: '冯涛',
    }
    await note('device-registered', '2026-03-09T09:00:00+08:00', device)
    const [registered] = (await devices()).items
    expect(registered).toMatchObject({ number: 'BWC-01', standing: 'in', recordings: 0 })
    await note(
      'device-issued',
      '2026-03-10T08:00:00+08:00',
      { unit: '执法队', takenBy: '王建国' },
      registered?.ref,
    )
    expect((await devices()).items).toMatchObject([{ standing: 'out', out: { by: '王建国' } }])
    const file = await getCase(house.x.deps, keeper.actor, registerId)
    expect('noted' in file && file.noted.map((n) => n.name)).toContain('device-issued')
  })
  it('tell what the station measured of their clock and took of their films', async () => {
    const card = await openCard()
    await card.put(`DCIM/${OFFICER}_BWC-01_20260310093001.mp4`, randomBytes(3000))
    await dockCard(await stationOf(keeper.session, NOW), card.folder, { display: '20260310180130' })
    const [device] = (await devices()).items
    expect(device).toMatchObject({ recordings: 1, unsent: 0, clock: { by: 'display' } })
    // The display stood ninety seconds ahead; it tells no more than seconds.
    expect(Math.abs((device?.clock?.offsetMs ?? 0) - 90_000)).toBeLessThanOrEqual(
      device?.clock?.uncertaintyMs ?? 0,
    )
  })
  it('leave no number unsaid that films name and no register has', async () => {
    const card = await openCard()
    await card.put(`DCIM/${OFFICER}_BWC-77_20260310093002.mp4`, randomBytes(2000))
    await dockCard(await stationOf(keeper.session, NOW), card.folder, {})
    expect((await devices()).strangers).toMatchObject([{ number: 'BWC-77', recordings: 1 }])
  })
  it('are told to nobody of another agency, and not to administrators', async () => {
    const { store } = house.x.deps
    await foundTestAgency(store, 'B00001')
    const foreign = await registerTestPerson(store, 'B00001', { name: '外人', roles: ['unit-head'] })
    expect(await devices(foreign)).toEqual({ registers: [], items: [], strangers: [] })
    const admin = await registerTestPerson(store, house.agencyId, { name: '管理员', roles: ['system-admin'] })
    expect(isRefusal(await listDevices(house.x.deps, admin))).toBe(true)
  })
})
