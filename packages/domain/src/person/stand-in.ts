import { z } from 'zod'
import type { Rank } from '@liuhen/law/fact'
import type { Actor, Role } from '../event.ts'
import { type Decision, deny, refuse, type Refusal } from '../refusal.ts'
import type { Verdict } from './can.ts'
import type { PersonContext } from './commands.ts'
import type { PersonEvent } from './events.ts'
import type { KnownPerson, PersonState } from './state.ts'

/** Posts that approve. No text lets anybody but another head decide in a head's place (reading in 016). */
export const HEADS = ['unit-head', 'deputy-head', 'agency-head'] as const satisfies readonly Role[]
export type HeadRank = (typeof HEADS)[number] & Rank

export const headRanks = (roles: readonly Role[]): HeadRank[] => HEADS.filter((rank) => roles.includes(rank))

/** What somebody may decide in the place of a head who is away, and by which record. */
export type StandIn = Readonly<{ delegationId: string; rank: HeadRank; personId: string; name: string }>

export const NameStandIn = z
  .object({
    delegateId: z.string().min(1, '请选择代行人'),
    from: z.iso.date('请填写开始日期'),
    to: z.iso.date('请填写结束日期'),
    reason: z.string().min(2, '请写明理由').max(300),
  })
  .refine((d) => d.from <= d.to, { path: ['to'], error: '结束日期不能早于开始日期' })
export type NameStandIn = z.infer<typeof NameStandIn>
export const EndStandIn = z.object({ reason: z.string().min(2, '请写明理由').max(300) })

/** Nobody is away so long that somebody else should hold the post instead. */
export const LONGEST_DAYS = 92

export type StandInContext = Omit<PersonContext, 'loginTaken'> &
  Readonly<{
    /** Whose post it is. */
    personId: string
    delegate:
      | Readonly<{ personId: string; name: string; roles: readonly Role[]; active: boolean }>
      | undefined
    newId: () => string
    /** Today in China, yyyy-MM-dd. */
    today: string
  }>

/** A head says so for oneself; of a head of a unit or a deputy, the agency's head may say it, too. */
export const mayNameFor = (
  p: Readonly<{ personId: string; roles: readonly Role[] }>,
  actor: Pick<Actor, 'personId' | 'roles'>,
): Verdict => {
  const own = actor.personId === p.personId
  const above = actor.roles.includes('agency-head') && !p.roles.includes('agency-head')
  if (own || above) return true
  return [
    {
      code: 'not-permitted',
      effect: 'refuse',
      message: '代行审批由负责人本人登记；承办机构负责人、分管负责人外出的，也可以由机关负责人登记。',
      todo: '请由本人或者机关负责人登录后办理。',
      citations: [],
    },
  ]
}

const notYours = (p: KnownPerson, ctx: Pick<StandInContext, 'actor' | 'personId'>): Refusal | undefined => {
  const may = mayNameFor({ personId: ctx.personId, roles: p.roles }, ctx.actor)
  return may === true ? undefined : deny(may)
}

const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1

const unfit = (p: KnownPerson, c: NameStandIn, ctx: StandInContext): Refusal | undefined => {
  const { delegate } = ctx
  if (headRanks(p.roles).length === 0)
    return refuse('wrong-state', '此人没有审批的岗位，不需要代行。', '请选择负责人。')
  if (delegate === undefined || !delegate.active)
    return refuse('not-found', '代行人不在本机关的人员名单中，或者已经停用。', '请重新选择代行人。')
  if (delegate.personId === ctx.personId)
    return refuse('wrong-state', '不能由本人代行。', '请选择另一位负责人。')
  if (headRanks(delegate.roles).length === 0)
    return refuse(
      'not-permitted',
      `${delegate.name}不是负责人，不能代行审批。`,
      '法律要求由负责人审批，请选择本机关的另一位负责人。',
    )
  if (c.to < ctx.today) return refuse('incomplete', '结束日期已经过去。', '请填写今天或者以后的日期。')
  if (c.from < ctx.today) return refuse('incomplete', '开始日期已经过去：代行不能补登。', '请从今天起登记。')
  return days(c.from, c.to) <= LONGEST_DAYS
    ? undefined
    : refuse('incomplete', `一次代行最长${LONGEST_DAYS}日。`, '更久的，请由系统管理员变更岗位。')
}

/** Of two for the same days nobody knows who decides: one is taken back first. */
const overlapping = (p: KnownPerson, c: NameStandIn): Refusal | undefined =>
  (p.standIns ?? []).some((d) => d.ended === undefined && d.from <= c.to && c.from <= d.to)
    ? refuse('duplicate', '这段日期已经登记了代行人。', '请先收回原来的代行，再重新登记。')
    : undefined

/** 代行审批: X decides in the place of a head who is away, from one day to another. */
export const nameStandIn = (
  state: PersonState,
  c: NameStandIn,
  ctx: StandInContext,
): Decision<PersonEvent> => {
  if (state.status === 'none') return refuse('not-found', '没有此人。', '请在人员名单中重新选择。')
  const no = notYours(state, ctx) ?? unfit(state, c, ctx) ?? overlapping(state, c)
  if (no !== undefined) return no
  const { delegate } = ctx
  return [
    {
      type: 'StandInNamed',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { delegationId: ctx.newId(), from: c.from, to: c.to, ranks: headRanks(state.roles) },
        internal: {
          delegateId: delegate?.personId ?? '',
          delegateName: delegate?.name ?? '',
          reason: c.reason,
        },
      },
    },
  ]
}

/** Taken back before its last day. */
export const endStandIn = (
  state: PersonState,
  c: Readonly<{ delegationId: string; reason: string }>,
  ctx: Omit<PersonContext, 'loginTaken'> & Readonly<{ personId: string }>,
): Decision<PersonEvent> => {
  if (state.status === 'none') return refuse('not-found', '没有此人。', '请在人员名单中重新选择。')
  const no = notYours(state, ctx)
  if (no !== undefined) return no
  const found = (state.standIns ?? []).find((d) => d.delegationId === c.delegationId)
  if (found === undefined) return refuse('not-found', '没有这项代行。', '请刷新后重试。')
  if (found.ended !== undefined) return refuse('wrong-state', '这项代行已经收回。', '不需要再次办理。')
  return [
    {
      type: 'StandInEnded',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: { delegationId: c.delegationId }, internal: { reason: c.reason } },
    },
  ]
}
