import { getCase, noteFact } from '@liuhen/api/routes/cases'
import { openRegister } from '@liuhen/api/routes/registers'
import { type Play, as } from './play.ts'

type Crew = Omit<Play, 'caseId'>
type Said = Readonly<Record<string, string | number>>

const TODAY = '2026-05-18'
const UNIT = '综合执法中心'

/** Registers an entry as the custodian; answers its `ref`. */
const noter = (crew: Crew, id: string) => {
  const custodian = as({ ...crew, caseId: id }, 'custodian')
  return async (name: string, at: string, data: Said, about?: string): Promise<string> => {
    const body = { name, at: `${at}:00+08:00`, data, ...(about !== undefined && { about }) }
    await custodian.call(noteFact, { params: { id }, body })
    const { noted } = await custodian.call(getCase, { params: { id } })
    return noted.find((n) => n.name === name)?.ref ?? ''
  }
}

const recorder = (number: string): Said => ({
  number,
  kind: 'portable',
  deviceType: '执法记录仪',
  count: 1,
  unit: UNIT,
  keeper: '冯涛',
})
const CHECK = { performance: 'good', battery: 96, storage: 52, clockOffset: 0 }

/** The office's recorders: one in the cupboard, one out this morning, one out of use. */
export const keepDevices = async (crew: Crew): Promise<void> => {
  const custodian = as({ ...crew, caseId: '' }, 'custodian')
  const body = { procedure: 'device', title: '综合执法中心音像设备' }
  const { id } = await custodian.call(openRegister, { body })
  if (id === undefined) throw new Error('the register of devices was opened without an id')
  const note = noter(crew, id)
  const first = await note('device-registered', '2025-09-01T09:00', recorder('BWC-07'))
  await note('device-checked', `${TODAY}T08:30`, CHECK, first)
  const second = await note('device-registered', '2026-03-02T09:05', recorder('BWC-08'))
  await note('device-instructed', '2026-03-02T09:30', {}, second)
  await note('device-checked', `${TODAY}T08:35`, CHECK, second)
  await note('device-issued', `${TODAY}T08:40`, { unit: UNIT, takenBy: '李卫东' }, second)
  const third = await note('device-registered', '2026-03-02T09:10', recorder('BWC-09'))
  await note('device-fault-found', '2026-05-15T17:20', { what: '镜头松动，画面模糊' }, third)
}
