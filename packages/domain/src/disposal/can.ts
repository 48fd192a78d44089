import type { Reason } from '@liuhen/law/evaluation'
import { type AccountGiven, isGivenByProposer } from '../agency/settings.ts'
import { msOf } from '@liuhen/law/civil-date'
import type { Instant } from '@liuhen/law/fact'
import type { Actor, Role } from '../event.ts'
import type { Batch, By } from './state.ts'

type Verdict = true | readonly Reason[]

/**
 * The posts of a disposal are ours: the texts forbid destroying within the time and name nobody who does it. They are
 * among those from whom law/modules/retention.yaml takes the same acts (apps/server/src/disposal/posts.test.ts).
 *
 * Who begins a disposal and has it carried out.
 */
export const DISPOSERS: readonly Role[] = ['av-custodian', 'archivist']
export const DISPOSAL_REVIEWERS: readonly Role[] = ['archivist', 'legal-reviewer']
export const DISPOSAL_APPROVERS: readonly Role[] = ['agency-head']
/** Who may speak against it. An officer does not see what others filmed: the officer's word is a hold on the case. */
export const DISPOSAL_OBJECTORS: readonly Role[] = [
  'unit-head',
  'deputy-head',
  'agency-head',
  'legal-reviewer',
  'av-custodian',
  'archivist',
  'supervisor',
]
export const DISPOSAL_READERS: readonly Role[] = [...DISPOSAL_OBJECTORS, 'audit-admin']

const no = (code: string, message: string, todo: string): Verdict => [
  { code, effect: 'refuse', message, todo, citations: [] },
]

const holds = (actor: Actor, roles: readonly Role[]): boolean => actor.roles.some((r) => roles.includes(r))
const is = (actor: Actor, by: By | undefined): boolean => by?.userId === actor.userId

const STATUS: Readonly<Record<Batch['status'], string>> = {
  proposed: '等待复核',
  reviewed: '等待批准',
  approved: '已经批准，在冷静期内或者等待执行',
  ordered: '正在执行',
  'carried-out': '已经执行',
  certified: '已经执行并出具证明',
  rejected: '已被退回',
  stopped: '已经停止',
}

const isNow = (b: Batch, ...wanted: readonly Batch['status'][]): Verdict =>
  wanted.includes(b.status) ||
  no('wrong-state', `这一批${STATUS[b.status]}，不能这样办理。`, '请刷新页面，查看这一批现在到了哪一步。')

export const canProposeDisposal = (actor: Actor): Verdict =>
  holds(actor, DISPOSERS) ||
  no('not-permitted', '只有音像管理员和档案管理员可以提出销毁。', '请联系本机关的音像管理员或者档案管理员。')

/** Whoever held the password of the next could be the next: three persons would be one. */
const isGivenByEarlier = (b: Batch, given: readonly AccountGiven[]): boolean =>
  [b.proposed.by, b.reviewed?.by].some(
    (by) => by !== undefined && isGivenByProposer({ proposedBy: by, proposedAt: b.proposed.at }, given),
  )

const GIVEN = no(
  'not-permitted',
  '您的账号刚由提出或者复核的人开通，或者口令刚由其重置，不能由您办理。',
  '请由另一名人员办理；也可以退回，七日后重新提出。',
)

export const canReviewDisposal = (actor: Actor, b: Batch, given: readonly AccountGiven[] = []): Verdict => {
  const now = isNow(b, 'proposed')
  if (now !== true) return now
  if (is(actor, b.proposed.by))
    return no('not-permitted', '提出销毁的人不能自己复核。', '请由另一名档案管理员或者法制审核人员逐件复核。')
  if (isGivenByEarlier(b, given)) return GIVEN
  return (
    holds(actor, DISPOSAL_REVIEWERS) ||
    no('not-permitted', '销毁由档案管理员或者法制审核人员复核。', '请联系他们逐件复核。')
  )
}

/** A third person. */
const canDecide = (actor: Actor, b: Batch): Verdict => {
  const now = isNow(b, 'reviewed')
  if (now !== true) return now
  if (is(actor, b.proposed.by) || is(actor, b.reviewed?.by))
    return no('not-permitted', '提出或者复核的人不能自己批准。', '请由没有参与提出和复核的机关负责人批准。')
  return (
    holds(actor, DISPOSAL_APPROVERS) ||
    no('not-permitted', '销毁由机关负责人批准。', '请联系机关负责人办理。')
  )
}
export const canApproveDisposal = (actor: Actor, b: Batch, given: readonly AccountGiven[] = []): Verdict => {
  const may = canDecide(actor, b)
  return may === true && isGivenByEarlier(b, given) ? GIVEN : may
}
export const canRejectDisposal = canDecide

/** Until it is carried out anybody who knows of it may speak, and one word is enough: what was kept can still go later. */
export const canObjectToDisposal = (actor: Actor, b: Batch): Verdict => {
  const now = isNow(b, 'proposed', 'reviewed', 'approved')
  if (now !== true) return now
  return (
    holds(actor, DISPOSAL_OBJECTORS) ||
    no('not-permitted', '您的岗位不能对销毁提出异议。', '请告知档案管理员或者案件承办人。')
  )
}

export const hasCooled = (b: Batch, now: Instant): boolean =>
  b.approved !== undefined && msOf(now) >= msOf(b.approved.coolsUntil)

export const canOrderDisposal = (actor: Actor, b: Batch, now: Instant): Verdict => {
  const state = isNow(b, 'approved')
  if (state !== true) return state
  if (!hasCooled(b, now))
    return no('wrong-state', '冷静期还没有结束。', '请等到冷静期结束；期间可以提出异议，剔除或者停止。')
  if (is(actor, b.approved?.by))
    return no('not-permitted', '批准的人不能自己执行。', '请由音像管理员或者档案管理员执行。')
  return (
    holds(actor, DISPOSERS) || no('not-permitted', '销毁由音像管理员或者档案管理员执行。', '请联系他们办理。')
  )
}
