import { z } from 'zod'
import type { Citation } from '@liuhen/law/evaluation'
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

/** What the agency has set, or our reading until it does (law/settings.yaml, stand-in-…), and on what it rests. */
export type StandInRules = Readonly<{
  who: 'any' | 'not-below'
  /** Who says it: the head who is away, or the agency's head of the others, too. */
  namedBy: 'own' | 'own-or-agency-head'
  longestDays: number
  citations: readonly Citation[]
}>
/** Days on which somebody decides in another's place; both days count. */
type Period = Readonly<{ from: string; to: string }>
type NamedPeriod = Period & Readonly<{ name: string }>

export type StandInContext = Omit<PersonContext, 'loginTaken'> &
  Readonly<{
    /** Whose post it is. */
    personId: string
    delegate:
      | Readonly<{
          personId: string
          name: string
          roles: readonly Role[]
          active: boolean
          /** When the delegate is away, too, and who then decides in the delegate's place. */
          away: readonly NamedPeriod[]
        }>
      | undefined
    /** In whose place the one whose post it is decides, and when. */
    decidesFor: readonly NamedPeriod[]
    rules: StandInRules
    newId: () => string
    /** Today in China, yyyy-MM-dd. */
    today: string
  }>

/** A head says so for oneself; of a head of a unit or a deputy, the agency's head may say it, too, unless the agency has set that nobody else does. */
export const mayNameFor = (
  { namedBy, citations }: Pick<StandInRules, 'namedBy' | 'citations'>,
  p: Readonly<{ personId: string; roles: readonly Role[] }>,
  actor: Pick<Actor, 'personId' | 'roles'>,
): Verdict => {
  const own = actor.personId === p.personId
  const above =
    namedBy === 'own-or-agency-head' &&
    actor.roles.includes('agency-head') &&
    !p.roles.includes('agency-head')
  if (own || above) return true
  return [
    {
      code: 'not-permitted',
      effect: 'refuse',
      ...(namedBy === 'own'
        ? { message: '本机关设定代行审批只能由负责人本人登记。', todo: '请由本人登录后办理。' }
        : {
            message: '代行审批由负责人本人登记；承办机构负责人、分管负责人外出的，也可以由机关负责人登记。',
            todo: '请由本人或者机关负责人登录后办理。',
          }),
      citations,
    },
  ]
}

const notYours = (
  p: KnownPerson,
  ctx: Pick<StandInContext, 'actor' | 'personId' | 'rules'>,
): Refusal | undefined => {
  const may = mayNameFor(ctx.rules, { personId: ctx.personId, roles: p.roles }, ctx.actor)
  return may === true ? undefined : deny(may)
}

/** Days from one to the other, both counted. */
export const daysFromTo = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
const overlap = (a: Period, b: Period): boolean => a.from <= b.to && b.from <= a.to

const highest = (roles: readonly Role[]): number =>
  Math.max(-1, ...headRanks(roles).map((r) => HEADS.indexOf(r)))

/** Whether these posts let somebody stand in for those. */
export const mayStandIn = (
  rules: Pick<StandInRules, 'who'>,
  delegate: readonly Role[],
  away: readonly Role[],
): boolean => headRanks(delegate).length > 0 && (rules.who === 'any' || highest(delegate) >= highest(away))

const unfitDelegate = (
  p: KnownPerson,
  delegate: NonNullable<StandInContext['delegate']>,
  rules: StandInRules,
): Refusal | undefined => {
  if (headRanks(delegate.roles).length === 0)
    return refuse(
      'not-permitted',
      `${delegate.name}不是负责人，不能代行审批。`,
      '法律要求由负责人审批，请选择本机关的另一位负责人。',
      rules.citations,
    )
  return mayStandIn(rules, delegate.roles, p.roles)
    ? undefined
    : refuse(
        'not-permitted',
        `本机关设定由同级或者上级的负责人代行，${delegate.name}的岗位低于外出的负责人。`,
        '请选择同级或者上级的负责人；需要改变的，由系统管理员在制度设置中提出。',
        rules.citations,
      )
}

const unfit = (p: KnownPerson, c: NameStandIn, ctx: StandInContext): Refusal | undefined => {
  const { delegate } = ctx
  if (headRanks(p.roles).length === 0)
    return refuse('wrong-state', '此人没有审批的岗位，不需要代行。', '请选择负责人。')
  if (delegate === undefined || !delegate.active)
    return refuse('not-found', '代行人不在本机关的人员名单中，或者已经停用。', '请重新选择代行人。')
  if (delegate.personId === ctx.personId)
    return refuse('wrong-state', '不能由本人代行。', '请选择另一位负责人。')
  const unfitting = unfitDelegate(p, delegate, ctx.rules)
  if (unfitting !== undefined) return unfitting
  if (c.to < ctx.today) return refuse('incomplete', '结束日期已经过去。', '请填写今天或者以后的日期。')
  if (c.from < ctx.today) return refuse('incomplete', '开始日期已经过去：代行不能补登。', '请从今天起登记。')
  const { longestDays, citations } = ctx.rules
  return daysFromTo(c.from, c.to) <= longestDays
    ? undefined
    : refuse('incomplete', `一次代行最长${longestDays}日。`, '更久的，请由系统管理员变更岗位。', citations)
}

/** Of two for the same days nobody knows who decides: one is taken back first. Nor does who is away decide for others. */
const overlapping = (p: KnownPerson, c: NameStandIn, ctx: StandInContext): Refusal | undefined => {
  const { delegate } = ctx
  const taken = (p.standIns ?? []).find((d) => d.ended === undefined && overlap(d, c))
  if (taken !== undefined)
    return refuse(
      'duplicate',
      `${taken.from}至${taken.to}已经登记了代行人，与这段日期重叠。`,
      '请先收回原来的代行，或者改用其他日期。',
    )
  const bound = ctx.decidesFor.find((d) => overlap(d, c))
  if (bound !== undefined)
    return refuse(
      'wrong-state',
      `外出的负责人在${bound.from}至${bound.to}代${bound.name}审批。`,
      `请先由${bound.name}收回这项代行、改请别人，再登记外出；或者改用其他日期。`,
    )
  const away = delegate?.away.find((d) => overlap(d, c))
  return away === undefined
    ? undefined
    : refuse(
        'wrong-state',
        `${delegate?.name ?? ''}在${away.from}至${away.to}也外出，由${away.name}代行。`,
        '请选择另一位负责人，或者改用其他日期。',
      )
}

/** 代行审批: X decides in the place of a head who is away, from one day to another. */
export const nameStandIn = (
  state: PersonState,
  c: NameStandIn,
  ctx: StandInContext,
): Decision<PersonEvent> => {
  if (state.status === 'none') return refuse('not-found', '没有此人。', '请在人员名单中重新选择。')
  const no = notYours(state, ctx) ?? unfit(state, c, ctx) ?? overlapping(state, c, ctx)
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
  ctx: Omit<PersonContext, 'loginTaken'> & Pick<StandInContext, 'personId' | 'rules'>,
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
