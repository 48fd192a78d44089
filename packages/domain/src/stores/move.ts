import { msOf } from '@liuhen/law/civil-date'
import type { Reason } from '@liuhen/law/evaluation'
import type { Instant } from '@liuhen/law/fact'
import type { Actor, Role } from '../event.ts'
import { type Decision, deny, type Refusal, refuse } from '../refusal.ts'
import type { MoveChecked, StoresEvent } from './events.ts'

type Verdict = true | readonly Reason[]

/** From where to where the second store is moved; the old one is detached in the end, and nothing of it is deleted. */
export type OpenMove = Readonly<{
  moveId: string
  proposedBy: string
  proposedAt: Instant
  from: string
  to: string
  /** What the last comparison of the new store with the record said. */
  checked?: Readonly<{ at: Instant; verdict: MoveChecked['verdict'] }>
  approvedBy?: string
}>
export type MoveState = Readonly<{ status: 'none' }> | (Readonly<{ status: 'open' }> & OpenMove)

export const noMove: MoveState = { status: 'none' }

export const evolveMove = (s: MoveState, e: StoresEvent, by: string): MoveState => {
  switch (e.type) {
    case 'StoreMoveProposed': {
      const { moveId, from, to } = e.data.internal
      return { status: 'open', moveId, from, to, proposedBy: by, proposedAt: e.occurredAt }
    }
    case 'StoreMoveChecked': {
      if (s.status === 'none' || s.moveId !== e.data.internal.moveId) return s
      return { ...s, checked: { at: e.occurredAt, verdict: e.data.internal.verdict } }
    }
    case 'StoreMoveApproved':
      return s.status === 'none' ? s : { ...s, approvedBy: by }
    case 'StoreMoveGivenUp':
    case 'StoreMoved':
      return noMove
    case 'StoresScrubbed':
    case 'InventoryTaken':
    case 'RestoreRehearsed':
    case 'StoreLockTried':
    case 'CopyDamaged':
    case 'CopyRepaired':
      return s
  }
}

export const MOVE_APPROVERS: readonly Role[] = ['agency-head', 'archivist', 'audit-admin', 'system-admin']

export const canProposeMove = (actor: Actor): Verdict =>
  actor.roles.includes('system-admin') || [
    {
      code: 'not-permitted',
      effect: 'refuse',
      message: '只有系统管理员可以提出迁移存储。',
      todo: '请联系系统管理员办理。',
      citations: [],
    },
  ]

const no = (code: string, message: string, todo: string): Verdict => [
  { code, effect: 'refuse', message, todo, citations: [] },
]

const APPROVER = '请由档案管理员、审计员、机关负责人或者另一名系统管理员审批。'

/** Days for which a comparison says something of what is there now. */
const FRESH_DAYS = 7

const isFresh = (s: OpenMove, now: Instant): boolean =>
  s.checked?.verdict === 'pass' && msOf(now) - msOf(s.checked.at) <= FRESH_DAYS * 86_400_000

export type Approval = Readonly<{
  now: Instant
  actor: Actor
  /** The proposer opened the approver's account or reset its password, and so could be the approver. */
  isGivenByProposer: boolean
}>

/** A second person, and only what was copied, read back and compared. */
export const canApproveMove = (s: MoveState, { now, actor, isGivenByProposer }: Approval): Verdict => {
  if (s.status === 'none') return no('wrong-state', '现在没有待批准的迁移。', '请在存储健康页面查看。')
  if (s.approvedBy !== undefined)
    return no('wrong-state', '这次迁移已经批准。', '请按页面提示改配置后重新启动。')
  if (!isFresh(s, now))
    return no(
      'wrong-state',
      '新存储还没有全部复制、读回并核对通过。',
      '请等核对通过后再批准；七天以前的核对要重做。',
    )
  if (actor.userId === s.proposedBy) return no('not-permitted', '提出迁移的人不能自己批准。', APPROVER)
  if (isGivenByProposer)
    return no('not-permitted', '您的账号刚由提出迁移的人开通，或者口令刚由其重置，不能由您批准。', APPROVER)
  return (
    actor.roles.some((r) => MOVE_APPROVERS.includes(r)) ||
    no('not-permitted', '您不能批准迁移存储。', APPROVER)
  )
}

/** Whoever may propose or approve may stop it, as long as the new store is not in use. */
export const canGiveMoveUp = (s: MoveState, actor: Actor): Verdict => {
  if (s.status === 'none') return no('wrong-state', '现在没有进行中的迁移。', '请在存储健康页面查看。')
  return (
    actor.roles.some((r) => MOVE_APPROVERS.includes(r)) || no('not-permitted', '您不能停止迁移。', APPROVER)
  )
}

type Ruling = Decision<StoresEvent>
const stamp = (now: Instant) => ({ schemaVersion: 1 as const, occurredAt: now })
const denied = (v: Verdict): Refusal | undefined =>
  v === true
    ? undefined
    : v[0]?.code === 'wrong-state'
      ? { refused: true, code: 'wrong-state', reasons: v }
      : deny(v)

export type Proposal = Readonly<{ moveId: string; reason: string; from?: string; to?: string }>

export const proposeMove = (
  s: MoveState,
  p: Proposal,
  { now, actor }: Readonly<{ now: Instant; actor: Actor }>,
): Ruling => {
  const not = denied(canProposeMove(actor))
  if (not) return not
  if (s.status === 'open') return refuse('wrong-state', '已经有一次迁移在进行。', '请先完成或者停止它。')
  const { moveId, reason, from, to } = p
  if (from === undefined)
    return refuse(
      'wrong-state',
      '还没有在用的第二存储，无从迁移。',
      '请先配置 LIUHEN_SECOND_STORE 并等它启用。',
    )
  if (to === undefined)
    return refuse(
      'incomplete',
      '没有配置新存储。',
      '请设置 LIUHEN_NEXT_STORE 为新的文件夹或者桶，重新启动后再提出。',
    )
  if (from === to)
    return refuse(
      'incomplete',
      '新存储与现在的第二存储是同一个位置。',
      '请把 LIUHEN_NEXT_STORE 改为另一个位置。',
    )
  return [{ ...stamp(now), type: 'StoreMoveProposed', data: { internal: { moveId, from, to, reason } } }]
}

export const approveMove = (s: MoveState, opinion: string, at: Approval): Ruling => {
  const not = denied(canApproveMove(s, at))
  if (not || s.status === 'none') return not ?? refuse('wrong-state', '现在没有待批准的迁移。', '')
  const { moveId } = s
  return [{ ...stamp(at.now), type: 'StoreMoveApproved', data: { internal: { moveId, opinion } } }]
}

export const giveMoveUp = (
  s: MoveState,
  reason: string,
  { now, actor }: Readonly<{ now: Instant; actor: Actor }>,
): Ruling => {
  const not = denied(canGiveMoveUp(s, actor))
  if (not || s.status === 'none') return not ?? refuse('wrong-state', '现在没有进行中的迁移。', '')
  const { moveId } = s
  return [{ ...stamp(now), type: 'StoreMoveGivenUp', data: { internal: { moveId, reason } } }]
}
