import type { Reason } from '@liuhen/law/evaluation'
import { type AccountGiven, isGivenByProposer } from '../agency/settings.ts'
import type { Actor, Role } from '../event.ts'
import { canCopyRecording, canDescribeRecording } from '../recording/can.ts'
import type { KnownRecording } from '../recording/state.ts'
import { type Derivative, isReady, needsReview, type Status } from './state.ts'

type Verdict = true | readonly Reason[]

const no = (code: string, message: string, todo: string): Verdict => [
  { code, effect: 'refuse', message, todo, citations: [] },
]

/** Those who may judge whether a face can still be made out. Who may not view the original is asked nothing. */
export const DERIVATIVE_REVIEWERS: readonly Role[] = [
  'officer',
  'unit-head',
  'deputy-head',
  'agency-head',
  'legal-reviewer',
  'av-custodian',
]

const STATUS: Readonly<Record<Status, string>> = {
  making: '正在制作',
  failed: '没有制作成功',
  made: '已经制作',
  approved: '已经复核通过',
  returned: '已被复核人退回',
  withdrawn: '已经作废',
  destroyed: '已随原件销毁',
}
const standing = (d: Derivative, todo: string): Verdict =>
  no('wrong-state', `这份副本${STATUS[d.status]}，不能这样办理。`, todo)

/** Those who file a recording and those who keep it. */
export const canRequestDerivative = (r: KnownRecording, actor: Actor, handlesCase: boolean): Verdict =>
  canDescribeRecording(r, actor, handlesCase) === true ||
  no(
    'not-permitted',
    '只有拍摄人、案件承办人和音像管理员可以制作这段音像的副本。',
    '请由上述人员提出，写明用途和理由。',
  )

const owns = (d: Derivative, actor: Actor): boolean =>
  d.requested.by.userId === actor.userId || actor.roles.includes('av-custodian')

export const canRetryDerivative = (d: Derivative, actor: Actor): Verdict => {
  if (d.status !== 'failed') return standing(d, '只有没有制作成功的才需要重新制作。')
  return owns(d, actor) || no('not-permitted', '由提出的人或者音像管理员重新制作。', '请联系他们办理。')
}

export const canWithdrawDerivative = (d: Derivative, actor: Actor): Verdict => {
  if (d.status === 'withdrawn' || d.status === 'destroyed') return standing(d, '不需要再次作废。')
  // Its bytes come at any moment now: what is withdrawn before them would have none, and they no owner.
  if (d.status === 'making') return standing(d, '请等待制作完成，或者制作没有成功以后，再作废。')
  return owns(d, actor) || no('not-permitted', '由提出的人或者音像管理员作废。', '请联系他们办理。')
}

/** Another person than who asked for it or drew its areas, also by the account. */
export const canReviewDerivative = (
  d: Derivative,
  actor: Actor,
  given: readonly AccountGiven[] = [],
): Verdict => {
  if (!needsReview(d))
    return standing(d, '只有遮蔽副本，以及提供给当事人或者公开的副本需要复核；其他副本可以直接交付。')
  if (d.status !== 'made') return standing(d, '只有制作完成、还没有复核的副本可以复核。')
  if (d.requested.by.userId === actor.userId)
    return no('not-permitted', '制作副本的人不能自己复核。', '请由另一名人员从头到尾看过以后复核。')
  const proposed = { proposedBy: d.requested.by, proposedAt: d.requested.at }
  if (isGivenByProposer(proposed, given))
    return no(
      'not-permitted',
      '您的账号刚由制作的人开通，或者口令刚由其重置，不能由您复核。',
      '请由另一名人员复核。',
    )
  return (
    actor.roles.some((r) => DERIVATIVE_REVIEWERS.includes(r)) ||
    no('not-permitted', '您的岗位不复核副本。', '请由承办人、负责人、法制审核人员或者音像管理员复核。')
  )
}

/** A copy leaves by the custodian's hand alone, as one of an original does (zml-27-3). */
export const canReleaseDerivative = (d: Derivative, actor: Actor): Verdict => {
  if (!isReady(d))
    return standing(
      d,
      needsReview(d)
        ? '遮蔽副本，以及提供给当事人或者公开的副本，须由另一名人员从头到尾看过并复核通过，才能交付。'
        : '请等待制作完成，或者另行制作。',
    )
  return canCopyRecording(actor)
}
