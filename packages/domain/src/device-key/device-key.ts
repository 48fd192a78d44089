import { z } from 'zod'
import { fingerprintOf, pointOf } from '@liuhen/ledger/chain/device-key'
import type { Reason } from '@liuhen/law/evaluation'
import { Instant } from '@liuhen/law/fact'
import type { Actor, Role } from '../event.ts'
import { deny, refuse, type Decision, type Refusal } from '../refusal.ts'

/** The key with which one officer's phone signs what it records. Nobody can take it out of that browser. */
export const RequestDeviceKey = z.object({
  publicKey: z
    .string()
    .max(200)
    .refine((spki) => pointOf(spki) !== undefined, { error: '公钥不是 P-256 的 SubjectPublicKeyInfo。' }),
  /** What people call the device. */
  label: z.string().trim().min(1, '请填写设备名称。').max(60),
})
export type RequestDeviceKey = z.infer<typeof RequestDeviceKey>
export const RevokeDeviceKey = z.object({ reason: z.string().trim().min(1, '请写明停用的原因。').max(300) })

const base = { schemaVersion: z.literal(1), occurredAt: Instant }
const event = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...base, type: z.literal(type), data })

export const DeviceKeyEvent = z.discriminatedUnion('type', [
  event(
    'DeviceKeyRequested',
    z.object({
      internal: z.object({
        publicKey: z.string(),
        fingerprint: z.string(),
        label: z.string(),
        officer: z.object({ personId: z.string(), name: z.string() }),
      }),
    }),
  ),
  event('DeviceKeyApproved', z.object({ internal: z.object({ fingerprint: z.string() }) })),
  event(
    'DeviceKeyRevoked',
    z.object({ internal: z.object({ fingerprint: z.string(), reason: z.string() }) }),
  ),
])
export type DeviceKeyEvent = z.infer<typeof DeviceKeyEvent>

export type KnownDeviceKey = Readonly<{
  status: 'requested' | 'approved' | 'revoked'
  publicKey: string
  fingerprint: string
  label: string
  officer: Readonly<{ personId: string; name: string }>
}>
export type DeviceKeyState = Readonly<{ status: 'none' }> | KnownDeviceKey
export const initialDeviceKey: DeviceKeyState = { status: 'none' }

export const evolveDeviceKey = (s: DeviceKeyState, e: DeviceKeyEvent): DeviceKeyState => {
  if (e.type === 'DeviceKeyRequested') return { status: 'requested', ...e.data.internal }
  if (s.status === 'none') throw new Error(`${e.type} cannot follow a key that nobody requested`)
  return { ...s, status: e.type === 'DeviceKeyApproved' ? 'approved' : 'revoked' }
}

/** Those who answer for recordings: they vouch for a device, never for their own. */
export const VOUCHES: readonly Role[] = ['av-custodian', 'unit-head']
/** A lost phone is stopped by whoever hears of it first. */
export const REVOKES: readonly Role[] = [...VOUCHES, 'officer', 'security-admin']

export type Verdict = true | readonly Reason[]
const no = (message: string, todo: string): readonly Reason[] => [
  { code: 'not-permitted', effect: 'refuse', message, todo, citations: [] },
]
const has = (actor: Actor, roles: readonly Role[]) => actor.roles.some((r) => roles.includes(r))
const owns = (k: KnownDeviceKey, actor: Actor) => actor.personId === k.officer.personId

export const canVouch = (k: KnownDeviceKey, actor: Actor): Verdict => {
  if (!has(actor, VOUCHES))
    return no('设备密钥由音像管理员或者承办机构负责人批准。', '请联系本机关的音像管理员。')
  return owns(k, actor) ? no('不能批准自己的设备。', '请由另一名音像管理员或者负责人核对后批准。') : true
}
export const canRevoke = (k: KnownDeviceKey, actor: Actor): Verdict =>
  owns(k, actor) ||
  has(actor, [...VOUCHES, 'security-admin']) ||
  no('只有设备的使用人和管理人员可以停用设备密钥。', '请联系本机关的音像管理员。')

type Context = Readonly<{ now: Instant; actor: Actor }>
type Ruling = Decision<DeviceKeyEvent>
const stamp = (now: Instant) => ({ schemaVersion: 1 as const, occurredAt: now })
const unknown = (): Refusal =>
  refuse('not-found', '没有登记过这台设备的密钥。', '请在该设备上打开现场录制，重新登记。')

/** The same key again says nothing new; a key that was revoked never comes back. */
export const requestDeviceKey = (s: DeviceKeyState, r: RequestDeviceKey, c: Context): Ruling => {
  const { personId, name } = c.actor
  if (personId === undefined || !has(c.actor, ['officer']))
    return deny(no('只有执法人员可以登记现场录制的设备。', '请由使用这台设备的执法人员登录后登记。'))
  if (s.status === 'revoked')
    return refuse('wrong-state', '这台设备的密钥已经停用。', '请在该设备上重新生成密钥后登记。')
  if (s.status !== 'none') return owns(s, c.actor) ? [] : unknown()
  const internal = { ...r, fingerprint: fingerprintOf(r.publicKey), officer: { personId, name } }
  return [{ ...stamp(c.now), type: 'DeviceKeyRequested', data: { internal } }]
}

export const approveDeviceKey = (s: DeviceKeyState, c: Context): Ruling => {
  if (s.status === 'none') return unknown()
  const can = canVouch(s, c.actor)
  if (can !== true) return deny(can)
  if (s.status !== 'requested')
    return refuse('wrong-state', '这台设备的密钥不在待批准状态。', '请刷新列表后再办理。')
  const { fingerprint } = s
  return [{ ...stamp(c.now), type: 'DeviceKeyApproved', data: { internal: { fingerprint } } }]
}

export const revokeDeviceKey = (s: DeviceKeyState, reason: string, c: Context): Ruling => {
  if (s.status === 'none') return unknown()
  const can = canRevoke(s, c.actor)
  if (can !== true) return deny(can)
  if (s.status === 'revoked') return refuse('duplicate', '这台设备的密钥已经停用。', '不需要再次办理。')
  const { fingerprint } = s
  return [{ ...stamp(c.now), type: 'DeviceKeyRevoked', data: { internal: { fingerprint, reason } } }]
}
