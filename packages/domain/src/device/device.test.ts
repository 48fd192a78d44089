import { describe, expect, it } from 'vitest'
import type { Fact } from '@liuhen/law/fact'
import { devicesIn } from './device.ts'
import { readingOf } from './meaning.ts'

const at = (hour: string): string => `2026-03-02T${hour}:00+08:00`
const entry = (name: string, hour: string, data: Fact['data'] = {}): Fact => ({
  kind: 'event',
  name,
  at: at(hour),
  about: 'r1',
  data,
})
const registered: Fact = {
  kind: 'event',
  name: 'device-registered',
  at: at('08:00'),
  ref: 'r1',
  data: { number: 'ZF-01', kind: 'portable', deviceType: '执法记录仪', unit: '执法中队', keeper: '冯涛' },
}
const issued = entry('device-issued', '09:00', { takenBy: '李卫东', unit: '执法中队' })
const returned = entry('device-returned', '17:00')
const fault = entry('device-fault-found', '17:10', { what: '镜头破裂' })
/** As another register might call them: the names are the law's. */
const reading = readingOf([
  {
    id: 'boats',
    events: [
      { name: 'device-registered', means: 'listed' },
      { name: 'device-checked', means: 'checked' },
      { name: 'device-issued', means: 'issued' },
      { name: 'device-returned', means: 'returned' },
      { name: 'device-fault-found', means: 'faulty' },
      { name: 'device-fault-reported', means: 'reported' },
      { name: 'repair-ordered', means: 'in-repair' },
      { name: 'device-repaired', means: 'repaired' },
      { name: 'device-lost', means: 'lost' },
      { name: 'device-retired', means: 'retired' },
      { name: 'device-painted', means: 'painted' },
    ],
  },
  { id: 'other', events: [{ name: 'device-lost', means: 'lost' }] },
])
const of = (...entries: Fact[]) => devicesIn([registered, ...entries], reading)[0]

describe('a device of the register', () => {
  it('is at its keeper’s until it is taken out, and again when it is back', () => {
    expect(of()).toMatchObject({ number: 'ZF-01', keeper: '冯涛', standing: 'in' })
    expect(of(issued)).toMatchObject({ standing: 'out', out: { by: '李卫东', since: at('09:00') } })
    expect(of(issued, returned)).toMatchObject({ standing: 'in' })
    expect(of(issued, returned)).not.toHaveProperty('out')
  })
  it('goes by the time at which things happened, not by the order in which they were registered', () => {
    expect(of(returned, issued)).toMatchObject({ standing: 'in' })
  })
  it('is out of use from a fault until it is repaired, and says what was done about it', () => {
    expect(of(issued, returned, fault)).toMatchObject({ standing: 'stopped', fault: { what: '镜头破裂' } })
    const reported = entry('device-fault-reported', '17:20', { to: '装备部门' })
    const ordered = entry('repair-ordered', '17:30', { contractor: '维修中心' })
    expect(of(fault, reported, ordered)?.fault).toMatchObject({
      reportedTo: '装备部门',
      repairBy: '维修中心',
    })
    expect(of(fault, entry('device-repaired', '18:00'))).toMatchObject({ standing: 'in' })
  })
  it('tells the last check', () => {
    const checks = [
      entry('device-checked', '08:30', { battery: 30 }),
      entry('device-checked', '08:50', { battery: 90, clockOffset: -2 }),
    ]
    expect(of(...checks)?.check).toEqual({ at: at('08:50'), battery: 90, clockOffset: -2 })
  })
  it('is lost until somebody has it in hand again, and gone when it is taken from the stock', () => {
    const lost = entry('device-lost', '18:00', { circumstances: '途中遗失' })
    expect(of(issued, lost)).toMatchObject({ standing: 'lost' })
    expect(of(issued, lost, entry('device-returned', '19:00'))).toMatchObject({ standing: 'in' })
    expect(of(entry('device-retired', '18:00', { count: -1 }))).toMatchObject({ standing: 'retired' })
  })
  it('is listed by the registers whose law says that they list it, and read by that law alone', () => {
    expect(reading.registers).toEqual(['boats'])
    expect(reading.means({ kind: 'event', name: 'device-painted' })).toBeUndefined()
    expect(devicesIn([registered, issued], readingOf([]))).toEqual([])
  })
  it('is not confused with another of the same register', () => {
    const other = { ...registered, ref: 'r2', data: { ...registered.data, number: 'ZF-02' } }
    expect(devicesIn([registered, other, issued], reading).map((d) => d.standing)).toEqual(['out', 'in'])
  })
})
