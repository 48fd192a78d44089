import { z } from 'zod'
import type { Reason } from '@liuhen/law/evaluation'
import { Instant } from '@liuhen/law/fact'
import type { Actor, Role } from '../event.ts'
import { Medium } from '../recording/events.ts'
import { deny, refuse, type Decision, type Refusal } from '../refusal.ts'
import { reminderDay } from './reminder-day.ts'

/**
 * One act of recording with a phone: announced when it begins or when the phone is next in reach, so that what never
 * comes is missed by somebody. What was recorded are recordings of their own, which name the session.
 */
export const AnnounceFieldSession = z.object({
  /** Made on the phone, also without a network. */
  session: z.uuid(),
  medium: Medium.extract(['video', 'audio', 'photo']),
  /** Fingerprint of the key that signs. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  /** By the phone's clock. */
  begunAt: Instant,
  about: z
    .object({ caseId: z.string(), step: z.string().max(60).optional(), scene: z.string().max(60).optional() })
    .optional(),
})
export type AnnounceFieldSession = z.infer<typeof AnnounceFieldSession>
/** The phone says how much there is to come. */
export const EndFieldSession = z.object({ takes: z.int().min(0).max(1000), endedAt: Instant })
export const GiveUpFieldSession = z.object({
  reason: z.string().trim().min(1, '请写明为什么不会再上传。').max(500),
})

const base = { schemaVersion: z.literal(1), occurredAt: Instant }
const event = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...base, type: z.literal(type), data })

export const FieldSessionEvent = z.discriminatedUnion('type', [
  event(
    'FieldSessionAnnounced',
    z.object({
      internal: AnnounceFieldSession.extend({
        officer: z.object({ personId: z.string(), name: z.string() }),
      }),
    }),
  ),
  event('FieldSessionEnded', z.object({ internal: EndFieldSession })),
  event('FieldSessionReminded', z.object({ internal: z.object({ day: z.int() }) })),
  event('FieldSessionGivenUp', z.object({ internal: z.object({ reason: z.string() }) })),
])
export type FieldSessionEvent = z.infer<typeof FieldSessionEvent>

export type KnownFieldSession = Readonly<{
  status: 'open' | 'ended' | 'given-up'
  session: string
  officer: Readonly<{ personId: string; name: string }>
  announcedAt: Instant
  takes?: number
  /** The last reminder that was given. */
  reminded?: number
}>
export type FieldSessionState = Readonly<{ status: 'none' }> | KnownFieldSession
export const initialFieldSession: FieldSessionState = { status: 'none' }

export const evolveFieldSession = (s: FieldSessionState, e: FieldSessionEvent): FieldSessionState => {
  if (e.type === 'FieldSessionAnnounced') {
    const { session, officer } = e.data.internal
    return { status: 'open', session, officer, announcedAt: e.occurredAt }
  }
  if (s.status === 'none') throw new Error(`${e.type} cannot follow a session that nobody announced`)
  switch (e.type) {
    case 'FieldSessionEnded':
      return { ...s, status: 'ended', takes: e.data.internal.takes }
    case 'FieldSessionReminded':
      return { ...s, reminded: e.data.internal.day }
    case 'FieldSessionGivenUp':
      return { ...s, status: 'given-up' }
  }
}

/** Those who hear of what has not come. */
export const WATCHES_FIELD: readonly Role[] = ['unit-head', 'agency-head', 'av-custodian', 'supervisor']
export const GIVES_UP: readonly Role[] = ['unit-head', 'av-custodian']

const no = (message: string, todo: string): readonly Reason[] => [
  { code: 'not-permitted', effect: 'refuse', message, todo, citations: [] },
]
type Context = Readonly<{ now: Instant; actor: Actor }>
type Ruling = Decision<FieldSessionEvent>
const stamp = (now: Instant) => ({ schemaVersion: 1 as const, occurredAt: now })
const unknown = (): Refusal => refuse('not-found', '没有这次现场录制。', '请从列表中重新打开。')
const owns = (s: KnownFieldSession, actor: Actor) => actor.personId === s.officer.personId

export const canGiveUp = (actor: Actor): true | readonly Reason[] =>
  actor.roles.some((r) => GIVES_UP.includes(r)) ||
  no('确认不会再上传，由承办机构负责人或者音像管理员办理。', '请联系承办机构负责人。')

/** The same announcement again says nothing new. */
export const announceFieldSession = (s: FieldSessionState, a: AnnounceFieldSession, c: Context): Ruling => {
  const { personId, name } = c.actor
  if (personId === undefined || !c.actor.roles.includes('officer'))
    return deny(no('只有执法人员可以进行现场录制。', '请由执法人员登录后录制。'))
  if (s.status !== 'none') return []
  const internal = { ...a, officer: { personId, name } }
  return [{ ...stamp(c.now), type: 'FieldSessionAnnounced', data: { internal } }]
}

/** Said again with more runs, when the phone found some that it had forgotten; never with fewer. */
export const endFieldSession = (
  s: FieldSessionState,
  end: z.infer<typeof EndFieldSession>,
  c: Context,
): Ruling => {
  if (s.status === 'none' || !owns(s, c.actor)) return unknown()
  if (s.takes !== undefined && s.takes >= end.takes) return []
  return [{ ...stamp(c.now), type: 'FieldSessionEnded', data: { internal: end } }]
}

/** By the system. Once a day that is due, however often it is asked. */
export const remindFieldSession = (s: FieldSessionState, now: Instant): Ruling => {
  if (s.status === 'none' || s.status === 'given-up') return []
  const day = reminderDay(Date.parse(s.announcedAt), Date.parse(now))
  if (day === undefined || (s.reminded ?? 0) >= day) return []
  return [{ ...stamp(now), type: 'FieldSessionReminded', data: { internal: { day } } }]
}

export const giveUpFieldSession = (s: FieldSessionState, reason: string, c: Context): Ruling => {
  if (s.status === 'none') return unknown()
  const can = canGiveUp(c.actor)
  if (can !== true) return deny(can)
  if (s.status === 'given-up') return refuse('duplicate', '已经确认过不会再上传。', '不需要再次办理。')
  return [{ ...stamp(c.now), type: 'FieldSessionGivenUp', data: { internal: { reason } } }]
}
