import { describe, expect, it } from 'vitest'
import { sampleKey } from '@liuhen/ledger/chain/sample-chain'
import type { Actor, Role } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import * as key from './device-key.ts'

const NOW = '2026-03-10T10:00:00+08:00'
const actor = (personId: string, ...roles: readonly Role[]): Actor => ({
  userId: `u-${personId}`,
  personId,
  name: personId,
  roles: [...roles],
  agencyId: 'a',
})
const as = (a: Actor) => ({ now: NOW, actor: a })
const officer = actor('li', 'officer')
const custodian = actor('feng', 'av-custodian')
const asked = { publicKey: sampleKey('one').spki, label: '李卫东的手机' }

const fold = (...events: readonly (readonly key.DeviceKeyEvent[])[]) =>
  events.flat().reduce(key.evolveDeviceKey, key.initialDeviceKey)
const events = (ruled: ReturnType<typeof key.requestDeviceKey>): readonly key.DeviceKeyEvent[] => {
  if (isRefusal(ruled)) throw new Error(ruled.code)
  return ruled
}
const codeOf = (ruled: unknown) => (isRefusal(ruled) ? ruled.code : undefined)

const requested = fold(events(key.requestDeviceKey(key.initialDeviceKey, asked, as(officer))))

describe('the key of a device', () => {
  it('is requested by its officer, and the same again says nothing new', () => {
    expect(requested).toMatchObject({ status: 'requested', officer: { personId: 'li' } })
    expect(key.requestDeviceKey(requested, asked, as(officer))).toEqual([])
    expect(codeOf(key.requestDeviceKey(requested, asked, as(actor('wang', 'officer'))))).toBe('not-found')
    expect(codeOf(key.requestDeviceKey(key.initialDeviceKey, asked, as(custodian)))).toBe('not-permitted')
  })

  it('is vouched for by another person, never by its own', () => {
    const both = actor('li', 'officer', 'unit-head')
    expect(codeOf(key.approveDeviceKey(requested, as(both)))).toBe('not-permitted')
    expect(codeOf(key.approveDeviceKey(requested, as(officer)))).toBe('not-permitted')
    const approved = events(key.approveDeviceKey(requested, as(custodian))).reduce(
      key.evolveDeviceKey,
      requested,
    )
    expect(approved).toMatchObject({ status: 'approved' })
    expect(codeOf(key.approveDeviceKey(approved, as(custodian)))).toBe('wrong-state')
  })

  it('that was stopped never comes back', () => {
    expect(codeOf(key.revokeDeviceKey(requested, '丢失', as(actor('wang', 'officer'))))).toBe('not-permitted')
    const revoked = events(key.revokeDeviceKey(requested, '丢失', as(officer))).reduce(
      key.evolveDeviceKey,
      requested,
    )
    expect(codeOf(key.requestDeviceKey(revoked, asked, as(officer)))).toBe('wrong-state')
    expect(codeOf(key.approveDeviceKey(revoked, as(custodian)))).toBe('wrong-state')
    expect(codeOf(key.revokeDeviceKey(revoked, '丢失', as(custodian)))).toBe('duplicate')
  })

  it('is of the curve that phones have, and of no other form', () => {
    expect(key.RequestDeviceKey.safeParse(asked).success).toBe(true)
    expect(key.RequestDeviceKey.safeParse({ ...asked, publicKey: 'AAAA' }).success).toBe(false)
  })
})
