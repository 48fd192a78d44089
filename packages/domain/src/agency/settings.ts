import type { Reason } from '@liuhen/law/evaluation'
import { msOf } from '@liuhen/law/civil-date'
import type { Instant } from '@liuhen/law/fact'
import type { Actor } from '../event.ts'
import { type Decision, deny, refuse } from '../refusal.ts'
import type { AgencyEvent, AgencySettings, DryRun, SettingChange } from './events.ts'
import type { AgencyState, SettingsProposal } from './state.ts'

type Verdict = true | readonly Reason[]
type Value = AgencySettings[string]

/** That somebody opened the account of the one who acts, or reset its password, and so has held the password. */
export type AccountGiven = Readonly<{ by: string; at: Instant; how: 'opened' | 'reset' }>

export type ApprovalContext = Readonly<{ now: Instant; accountGiven: readonly AccountGiven[] }>

export type SettingsContext = Readonly<{
  now: Instant
  actor: Actor
  accountGiven: readonly AccountGiven[]
  newId: () => string
  /** Why this may not be set in this agency; undefined when it may. */
  whyNot: (setting: string, value: Value) => string | undefined
}>

const no = (code: string, message: string, todo: string): Verdict => [
  { code, effect: 'refuse', message, todo, citations: [] },
]

/** What no text fixes is the administrator's to propose. */
export const canProposeSettings = (actor: Actor): Verdict =>
  actor.roles.includes('system-admin') ||
  no('not-permitted', '只有本机关的系统管理员可以提出制度设置的变更。', '请联系本机关的系统管理员办理。')

const isProposer = (actor: Actor, p: SettingsProposal): boolean => actor.userId === p.proposedBy.userId

/** A second person: the head of the agency or another administrator, never who proposed it. Without a dry run, too: what nobody wants need not be weighed. */
export const canRejectSettings = (actor: Actor, p: SettingsProposal): Verdict => {
  if (!isUndecided(p)) return no('wrong-state', '这项变更已经有了结果。', '请在历史记录里查看。')
  if (isProposer(actor, p))
    return no(
      'not-permitted',
      '提出变更的人不能自己批准。',
      '请由机关负责人或者本机关的另一名系统管理员审批。',
    )
  return (
    actor.roles.some((r) => r === 'agency-head' || r === 'system-admin') ||
    no('not-permitted', '只有机关负责人或者另一名系统管理员可以审批。', '请联系机关负责人办理。')
  )
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Cases go on: an older dry run no longer tells what would be. */
const isOutdated = (p: SettingsProposal, now: Instant): boolean =>
  p.dryRun === undefined || msOf(now) - msOf(p.dryRun.at) > DAY_MS

/**
 * The proposer who reset the approver's password could be the approver: a first sign-in with it asks for a new one and
 * so hides it. A week is time for the owner to notice. An account that was opened before the proposal counts as its
 * owner's, or an agency with one administrator could never set anything.
 */
export const isGivenByProposer = (
  p: Readonly<{ proposedBy: Readonly<{ userId: string }>; proposedAt: Instant }>,
  given: readonly AccountGiven[],
): boolean =>
  given.some(
    ({ by, at, how }) =>
      by === p.proposedBy.userId && msOf(at) > msOf(p.proposedAt) - (how === 'reset' ? 7 * DAY_MS : 0),
  )

/** Who may reject may approve, but only what a dry run of the last day told, and with a password of their own. */
export const canApproveSettings = (actor: Actor, p: SettingsProposal, at: ApprovalContext): Verdict => {
  if (p.status === 'proposed')
    return no('wrong-state', '预演还没有完成。', '请等预演结果出来、看过之后再审批。')
  const may = canRejectSettings(actor, p)
  if (may !== true) return may
  if (isGivenByProposer(p, at.accountGiven))
    return no(
      'not-permitted',
      '您的账号刚由提出变更的人开通，或者口令刚由其重置，不能由您批准。',
      '请由另一名系统管理员或者机关负责人审批；也可以退回，七日后重新提出。',
    )
  return (
    !isOutdated(p, at.now) ||
    no('wrong-state', '预演结果已经超过一天，案件可能有了变化。', '请退回，由提出变更的人重新提出并预演。')
  )
}

export const canWithdrawSettings = (actor: Actor, p: SettingsProposal): Verdict => {
  if (!isUndecided(p)) return no('wrong-state', '这项变更已经有了结果。', '请在历史记录里查看。')
  return (
    isProposer(actor, p) ||
    no('not-permitted', '只有提出变更的人可以撤回。', '请联系提出变更的人，或者由审批人退回。')
  )
}

const isUndecided = (p: SettingsProposal): boolean => p.status === 'proposed' || p.status === 'weighed'

const notRegistered = refuse('not-found', '没有找到本机关的登记。', '请先登记机关。')

/** A change with its reason. One at a time, so that a dry run tells what will really be. */
export const proposeSettings = (
  state: AgencyState,
  asked: Readonly<{ changes: AgencySettings; reason: string }>,
  ctx: SettingsContext,
): Decision<AgencyEvent> => {
  if (state.status === 'none') return notRegistered
  const can = canProposeSettings(ctx.actor)
  if (can !== true) return deny(can)
  if (state.proposals.some(isUndecided))
    return refuse('wrong-state', '已有一项变更在等预演或者审批。', '请等它有了结果，或者先撤回它。')
  // Otherwise the cases would be given two changes at once, and the earlier could come last.
  if (state.proposals.some((p) => p.status === 'approved'))
    return refuse('wrong-state', '上一项变更正在逐案适用。', '请等它显示“已生效”后再提出。')
  const changes: SettingChange[] = Object.entries(asked.changes).flatMap(([setting, to]) => {
    const from = state.settings[setting] ?? null
    return from === to ? [] : [{ setting, from, to }]
  })
  const wrong = changes.flatMap(({ setting, to }) => ctx.whyNot(setting, to) ?? [])
  if (wrong.length > 0) return refuse('incomplete', `${wrong.join('；')}。`, '请改正后重新提出。')
  if (changes.length === 0)
    return refuse('incomplete', '没有任何一项与现在不同。', '请先修改要变更的设置，再提出。')
  return [
    {
      type: 'SettingsProposed',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: { proposalId: ctx.newId(), changes }, internal: { reason: asked.reason } },
    },
  ]
}

const find = (state: AgencyState, id: string): SettingsProposal | undefined =>
  state.status === 'none' ? undefined : state.proposals.find((p) => p.id === id)

const noProposal = refuse('not-found', '没有找到这项变更。', '请从制度设置页面重新打开。')

/** By the system, when the dry run is done. What is no longer wanted is not weighed. */
export const weighSettings = (
  state: AgencyState,
  proposalId: string,
  dryRun: DryRun,
  now: Instant,
): Decision<AgencyEvent> => {
  const p = find(state, proposalId)
  if (p?.status !== 'proposed') return []
  return [
    {
      type: 'SettingsWeighed',
      schemaVersion: 1,
      occurredAt: now,
      data: { public: { proposalId }, internal: { dryRun } },
    },
  ]
}

export const approveSettings = (
  state: AgencyState,
  asked: Readonly<{ proposalId: string; opinion: string }>,
  ctx: SettingsContext,
): Decision<AgencyEvent> => {
  const p = find(state, asked.proposalId)
  if (p === undefined) return noProposal
  const can = canApproveSettings(ctx.actor, p, ctx)
  if (can !== true) return deny(can)
  const wrong = p.changes.flatMap(({ setting, to }) => ctx.whyNot(setting, to) ?? [])
  if (wrong.length > 0)
    return refuse('wrong-state', `${wrong.join('；')}。`, '请退回，由提出变更的人改正后重新提出。')
  return [
    {
      type: 'SettingsApproved',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: { proposalId: p.id, changes: [...p.changes] }, internal: { opinion: asked.opinion } },
    },
  ]
}

type Reasoned = Readonly<{ proposalId: string; reason: string }>

const end = (
  state: AgencyState,
  { proposalId, reason }: Reasoned,
  ctx: SettingsContext,
  how: Readonly<{
    type: 'SettingsRejected' | 'SettingsWithdrawn'
    can: (actor: Actor, p: SettingsProposal) => Verdict
  }>,
): Decision<AgencyEvent> => {
  const p = find(state, proposalId)
  if (p === undefined) return noProposal
  const can = how.can(ctx.actor, p)
  if (can !== true) return deny(can)
  return [
    {
      type: how.type,
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: { proposalId }, internal: { reason } },
    },
  ]
}

export const rejectSettings = (state: AgencyState, asked: Reasoned, ctx: SettingsContext) =>
  end(state, asked, ctx, { type: 'SettingsRejected', can: canRejectSettings })

export const withdrawSettings = (state: AgencyState, asked: Reasoned, ctx: SettingsContext) =>
  end(state, asked, ctx, { type: 'SettingsWithdrawn', can: canWithdrawSettings })

/** By the system, when the dry run cannot be made: the next may be proposed. */
export const giveUpSettings = (
  state: AgencyState,
  proposalId: string,
  now: Instant,
): Decision<AgencyEvent> =>
  find(state, proposalId)?.status === 'proposed'
    ? [
        {
          type: 'SettingsRejected',
          schemaVersion: 1,
          occurredAt: now,
          data: {
            public: { proposalId },
            internal: { reason: '预演没有做成，变更自动退回。请联系系统维护人员查明原因后重新提出。' },
          },
        },
      ]
    : []

/** By the system, when every case has taken them over. */
export const carryOutSettings = (
  state: AgencyState,
  done: Readonly<{ proposalId: string; cases: number; withheld: number; failed?: string[] }>,
  now: Instant,
): Decision<AgencyEvent> =>
  find(state, done.proposalId)?.status === 'approved'
    ? [{ type: 'SettingsCarriedOut', schemaVersion: 1, occurredAt: now, data: { public: done } }]
    : []
