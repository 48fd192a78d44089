import type { Reason } from '@liuhen/law/evaluation'
import type { Actor, Role } from '../event.ts'
import type { KnownRecording } from './state.ts'

export type Verdict = true | readonly Reason[]

export const RECORDING_VIEWERS: readonly Role[] = [
  'unit-head',
  'deputy-head',
  'agency-head',
  'legal-reviewer',
  'av-custodian',
  'archivist',
  'supervisor',
]

const no = (message: string, todo: string): readonly Reason[] => [
  { code: 'not-permitted', effect: 'refuse', message, todo, citations: [] },
]

const has = (actor: Actor, ...roles: readonly Role[]) => actor.roles.some((r) => roles.includes(r))

const isMaker = (r: KnownRecording, actor: Actor) => is(actor, r.manifest.officer.personId)

const is = (actor: Actor, personId: string | undefined) =>
  actor.personId !== undefined && actor.personId === personId

/** An officer registers what the officer made; a custodian, who empties the docks, registers for everybody. */
export const canRegisterRecording = (actor: Actor, makerId: string): Verdict =>
  has(actor, 'av-custodian') ||
  (has(actor, 'officer') && actor.personId === makerId) ||
  no('只有拍摄的执法人员本人和音像管理员可以登记音像记录。', '请由拍摄人或者本机关的音像管理员登记。')

/** Sending the bytes, labelling, linking, marking: its maker, the handlers of its case, or a custodian. */
export const canDescribeRecording = (r: KnownRecording, actor: Actor, handlesCase: boolean): Verdict =>
  isMaker(r, actor) ||
  (handlesCase && has(actor, 'officer')) ||
  has(actor, 'av-custodian') ||
  no('只有拍摄人、案件承办人和音像管理员可以上传和编目这段音像。', '请由拍摄人、承办人或者音像管理员办理。')

export const canViewRecording = (r: KnownRecording, actor: Actor, handlesCase: boolean): Verdict =>
  canViewOf(r.manifest.officer.personId, actor, handlesCase)

/**
 * The same by who made it: a case lists its recordings without knowing more of them. A register has no handlers, and to
 * keep it is not enough: body searches and interviews are among its films.
 */
export const canViewOf = (makerId: string | undefined, actor: Actor, handlesCase: boolean): Verdict =>
  is(actor, makerId) ||
  handlesCase ||
  has(actor, ...RECORDING_VIEWERS) ||
  no(
    '您不是拍摄人，也不是本案承办人，不能调看这段音像。',
    '请向音像管理员提出调阅申请，经审批后由管理员办理。',
  )

/** A copy that leaves the system is made by the custodian alone (zml-27-3). */
export const canCopyRecording = (actor: Actor): Verdict =>
  has(actor, 'av-custodian') ||
  no(
    '音像记录的复制由管理员统一办理，不能自行下载。',
    '请向音像管理员提出复制申请，经审批后由管理员办理并登记。',
  )

/** Whoever says what can be made out has watched it: the role, and the right to view this recording. */
export const canWatchRecording = (
  makerId: string | undefined,
  actor: Actor,
  handlesCase: boolean,
): Verdict => {
  const view = canViewOf(makerId, actor, handlesCase)
  if (view !== true) return view
  return (
    has(actor, 'officer', 'unit-head', 'av-custodian') ||
    no('只有执法人员、承办机构负责人和音像管理员可以核验音像。', '请由上述人员看过录像后确认。')
  )
}

export const canConfirmLegibility = (r: KnownRecording, actor: Actor, handlesCase: boolean): Verdict =>
  canWatchRecording(r.manifest.officer.personId, actor, handlesCase)

/**
 * Whether it plays is said by who made it and by who keeps recordings. That both must have said so before it is listed is
 * law/modules/storage.yaml's; that the keeper of the texts is our custodian is ours.
 */
export const canConfirmPlayback = (r: KnownRecording, actor: Actor, handlesCase: boolean): Verdict => {
  const view = canViewRecording(r, actor, handlesCase)
  if (view !== true) return view
  return (
    (isMaker(r, actor) && has(actor, 'officer')) ||
    has(actor, 'av-custodian') ||
    no('能否正常回放由拍摄的执法人员本人和音像管理员确认。', '请由拍摄人或者音像管理员回放后登记。')
  )
}
