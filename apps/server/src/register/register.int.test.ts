import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEEPS_REGISTERS } from '@liuhen/domain/case/can'
import { type Actor, ROLES } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
  registerTestPerson,
} from '../../../../test/test-agency.ts'
import { command, done } from '../../../../test/test-filing.ts'
import { assignHandlers, excuseDuty, nameParty, noteFact } from '../case/change-case.ts'
import { getCase } from '../case/get-case.ts'
import { listCases } from '../case/list-cases.ts'
import { caseTimeline } from '../case/timeline.ts'
import { exportRegister } from './export-register.ts'
import { listRegisters } from './list-registers.ts'
import { openRegister } from './open-register.ts'

let x: CaseInstallation
let custodian: Actor
let officer: Actor
let foreign: Actor
let head: Actor
const open = (who: Actor, procedure: string, title: string) =>
  openRegister(x.deps, { commandId: randomUUID(), actor: who }, { procedure, title })
const answered = <T>(outcome: T | Refusal): T => {
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome.reasons))
  return outcome as T
}
const codesOf = (outcome: unknown): string[] => (isRefusal(outcome) ? outcome.reasons.map((r) => r.code) : [])

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-02T09:00:00+08:00')
  const { store } = x.deps
  await foundTestAgency(store, 'A00001', { base: 'fengtai', shortName: '丰街' })
  await foundTestAgency(store, 'B00001', { base: 'pingxiang-scjg' })
  custodian = await registerTestPerson(store, 'A00001', { name: '冯涛', roles: ['av-custodian'] })
  officer = await registerTestPerson(store, 'A00001', { name: '李卫东', roles: ['officer'], certNo: '4201' })
  head = await registerTestPerson(store, 'A00001', { name: '陈队长', roles: ['unit-head'] })
  foreign = await registerTestPerson(store, 'B00001', { name: '外人', roles: ['unit-head'] })
})
afterAll(() => x.test.close())

describe('a register of devices', () => {
  let id: string
  let device: string
  const note = (name: string, data: Record<string, unknown>, about?: string, who = custodian) =>
    noteFact(x.deps, command(who, id), {
      name,
      at: x.clock.at,
      data: data as Record<string, string>,
      ...(about === undefined ? {} : { about }),
    })
  const register = async (who = custodian) =>
    answered(await listRegisters(x.deps, who)).items.find((r) => r.procedure === 'device')

  it('is opened with a number of its own, once under each name', async () => {
    id = done(await open(custodian, 'device', '综合执法中心设备')).id ?? ''
    expect(codesOf(await open(officer, 'device', '综合执法中心设备'))).toEqual(['duplicate'])
    expect((await register())?.opened).toMatchObject([
      { id, registerNo: '丰街台账〔2026〕1号', title: '综合执法中心设备', entries: 0, overdue: 0 },
    ])
    expect(answered(await getCase(x.deps, officer, id)).register).toBe(true)
  })
  it('holds its entries to the law, with the article [ft-17-1, ft-17-2]', async () => {
    const bare = await note('device-registered', { kind: 'portable', deviceType: '执法记录仪' })
    expect(codesOf(bare)).toEqual(['device-without-keeper'])
    const kept = { kind: 'portable', deviceType: '执法记录仪', unit: '综合执法队', keeper: '冯涛' }
    done(await note('device-registered', kept))
    const file = answered(await getCase(x.deps, custodian, id))
    device = file.noted.find((n) => n.name === 'device-registered')?.ref ?? ''
    expect(file.notes.find((n) => n.name === 'device-issued')?.about).toEqual(['device-registered'])
    expect(codesOf(await note('device-issued', { takenBy: '李卫东' }, device))).toContain('device-unchecked')
  })
  it('opens the duties that an entry opens, and closes them by another [ft-17-3]', async () => {
    const reporting = async () => {
      const { evaluation } = answered(await getCase(x.deps, custodian, id))
      return evaluation.duties.find((d) => d.rule === 'fault-report')?.state
    }
    done(await note('device-fault-found', { what: '无法开机' }, device, officer))
    expect(await reporting()).toBe('open')
    const elsewhere = await note('device-fault-reported', { to: '维修店' }, device, officer)
    expect(codesOf(elsewhere)).toEqual(['fault-reported-elsewhere'])
    done(await note('device-fault-reported', { to: '街道综合行政办公室' }, device, officer))
    expect(await reporting()).toBe('met')
    expect((await register())?.opened[0]?.entries).toBe(3)
  })
  it('counts what was noted; a head says why a duty was not met, and that is no entry', async () => {
    done(await note('device-fault-found', { what: '无法充电' }, device, officer))
    const { evaluation } = answered(await getCase(x.deps, custodian, id))
    const duty = evaluation.duties.find((d) => d.state === 'open')?.id ?? ''
    const excuse = (who: Actor) => excuseDuty(x.deps, command(who, id), { duty, reason: '已送修' })
    expect(codesOf(await excuse(officer))).toEqual(['not-permitted'])
    done(await excuse(head))
    expect((await register())?.opened[0]?.entries).toBe(4)
  })
  it('stands in no list of cases, has no party and no handlers', async () => {
    const listed = await listCases(x.deps.store, custodian, { limit: 50 })
    expect(listed).toMatchObject({ items: [], total: 0 })
    const party = await nameParty(x.deps, command(officer, id), { kind: 'person', name: '李某' })
    expect(party).toMatchObject({ code: 'wrong-state' })
    const handlers = await assignHandlers(x.deps, command(officer, id), [officer.personId ?? ''])
    expect(handlers).toMatchObject({ code: 'wrong-state' })
    const { can } = answered(await getCase(x.deps, officer, id))
    expect([can.nameParty, can.assembleFile, can.noteFact].map((may) => may === true)).toEqual([
      false,
      false,
      true,
    ])
  })
  it('is taken along as a table, by whoever may read it', async () => {
    const csv = answered(await exportRegister(x.deps, officer, { id, format: 'csv' }))
    const lines = Buffer.from(csv.bytes).toString('utf8').split('\r\n')
    expect(lines[0]).toBe('\uFEFF"序号","时间","事项","关于","参加人","内容"')
    expect(lines[1]).toMatch(/^"1","2026-03-02 09:00",.*执法记录仪/s)
    expect(lines[2]).toContain('"第1条 ')
    const { bytes, fileName } = answered(await exportRegister(x.deps, officer, { id, format: 'xlsx' }))
    expect(fileName).toBe('综合执法中心设备.xlsx')
    const { 'xl/worksheets/sheet2.xml': ofKind } = unzipSync(bytes)
    expect(strFromU8(ofKind ?? new Uint8Array())).toContain('执法记录仪')
    expect(await exportRegister(x.deps, foreign, { id, format: 'csv' })).toMatchObject({ code: 'not-found' })
  })
  it('tells its story, and nothing to another agency', async () => {
    const { entries } = answered(await caseTimeline(x.deps, custodian, id))
    expect(entries.map((entry) => entry.text).join('\n')).toContain('开立台账 丰街台账〔2026〕1号')
    expect(await getCase(x.deps, foreign, id)).toMatchObject({ code: 'not-found' })
    expect(await register(foreign)).toMatchObject({ opened: [] })
  })
})

describe('registers', () => {
  it('that the texts of an agency do not know are not opened', async () => {
    expect(await open(officer, 'police-venue', '办案区')).toMatchObject({ code: 'wrong-state' })
    expect(await open(officer, 'penalty-ordinary', '普通程序')).toMatchObject({ code: 'wrong-state' })
    const items = answered(await listRegisters(x.deps, officer)).items.map((r) => r.procedure)
    expect(items).not.toContain('police-venue')
  })
  it.each(ROLES)('are kept by the posts that do the work, administrators aside: %s', async (role) => {
    const who = await registerTestPerson(x.deps.store, 'A00001', { name: `某${role}`, roles: [role] })
    const keeps = KEEPS_REGISTERS.includes(role)
    expect(isRefusal(await listRegisters(x.deps, who))).toBe(!keeps)
    expect(isRefusal(await open(who, 'recording-store', `${role}的音像库`))).toBe(!keeps)
  })
})
