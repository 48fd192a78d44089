import { z } from 'zod'
import type { Reason } from '@liuhen/law/evaluation'
import type { Instant } from '@liuhen/law/fact'
import type { AccountGiven } from '../agency/settings.ts'
import type { Actor } from '../event.ts'
import { type Decision, deny, refuse, refuseTime, type Refusal } from '../refusal.ts'
import { isKept, type KeptRecording, type RecordingState } from '../recording/state.ts'
import {
  canReleaseDerivative,
  canRequestDerivative,
  canRetryDerivative,
  canReviewDerivative,
  canWithdrawDerivative,
} from './can.ts'
import type { DerivativeEvent, DestroyedBytes, Made, Making, Source } from './events.ts'
import { Purpose, type Span, Spec } from './spec.ts'
import { type Derivative, type DerivativeState, isMade } from './state.ts'

export type DerivativeContext = Readonly<{ now: Instant; actor: Actor }>
type Decided = Decision<DerivativeEvent>

const Words = z.string().trim().min(2, '请写明理由，至少2个字').max(500)
const Recipient = z.string().trim().min(1, '请填写给谁').max(100)
export const RequestDerivative = z.object({
  spec: Spec,
  purpose: Purpose,
  reason: Words,
  recipient: Recipient.optional(),
})
export type RequestDerivative = z.infer<typeof RequestDerivative>
export const ReviewDerivative = z.object({ approved: z.boolean(), words: Words })
export type ReviewDerivative = z.infer<typeof ReviewDerivative>
export const ReleaseDerivative = z.object({
  recipient: Recipient,
  reason: Words,
  /** The proof may bring whole chunks of the original: they hold what was before and after the clip. */
  chunks: z.boolean().optional(),
})
export type ReleaseDerivative = z.infer<typeof ReleaseDerivative>
export const WithdrawDerivative = z.object({ reason: Words })

export type WithoutSchema<T> = T extends DerivativeEvent ? Omit<T, 'schemaVersion'> : never
const happened = (e: WithoutSchema<DerivativeEvent>): DerivativeEvent =>
  ({ ...e, schemaVersion: 1 }) as DerivativeEvent

export const noDerivative = (): Refusal => refuse('not-found', '没有找到这份副本。', '请从音像页面重新打开。')

const on = (s: DerivativeState, then: (d: Derivative) => Decided): Decided =>
  s.status === 'none' ? noDerivative() : then(s)

/** What the file's own end allows: its length is known to a second once it was checked. */
const SLACK_SECONDS = 1

const spansOf = (spec: Spec): readonly Span[] => {
  const range = spec.range === undefined ? [] : [spec.range]
  return spec.kind === 'redaction' ? [...range, ...spec.areas, ...spec.mutes] : range
}

const outOfRange = (): Refusal => refuseTime('所选时段超出了这段音像的长度。', '请在片长以内重新选择时段。')

const unfit = (spec: Spec, r: KeptRecording): Refusal | undefined => {
  const { medium } = r.manifest
  if (medium === 'photo')
    return refuse('wrong-state', '照片不能在这里制作副本。', '请由音像管理员按复制手续办理。')
  if (medium === 'audio' && spec.kind === 'watermark')
    return refuse('wrong-state', '录音没有画面，不能加水印。', '请截取片段，或者对声音静音处理。')
  if (spec.kind === 'redaction') {
    if (spec.areas.length + spec.mutes.length === 0)
      return refuse(
        'incomplete',
        '没有画出要遮蔽的区域，也没有静音时段。',
        '请在画面上画出区域，或者在时间轴上选择静音时段。',
      )
    if (medium === 'audio' && (spec.areas.length > 0 || spec.marked))
      return refuse('wrong-state', '录音没有画面，不能遮蔽画面或者加水印。', '请只选择静音时段。')
  }
  return undefined
}

const notNow = (r: RecordingState): Refusal | undefined => {
  if (!isKept(r))
    return refuse('wrong-state', '这段音像的文件还没有完整入库。', '请等待上传完成，或者从断点继续上传。')
  if (r.destroyed !== undefined)
    return refuse(
      'wrong-state',
      `这段音像已依法销毁（销毁批次 ${r.destroyed.number}），不能再制作副本。`,
      '登记和校验值仍然保存；销毁证明在销毁页面查看。',
    )
  if (r.status === 'checked' && r.check.verdict === 'broken')
    return refuse(
      'wrong-state',
      '这段音像检查为不可播放，不能制作副本。',
      '请由音像管理员复制原始文件后用专用软件处理。',
    )
  return undefined
}

export const sourceOf = (recordingId: string, r: KeptRecording): Source => {
  const { sha256, sizeBytes } = r.stored.blob
  return { recordingId, sha256, sizeBytes, chunkRoot: r.stored.chunkRoot }
}

export type Asked = RequestDerivative &
  Readonly<{ recordingId: string; recording: RecordingState; handlesCase: boolean; number: string }>

/** By whoever files or keeps the recording; the original is only read. */
export const requestDerivative = (
  s: DerivativeState,
  { recordingId, recording, handlesCase, number, spec, purpose, reason, recipient }: Asked,
  { now, actor }: DerivativeContext,
): Decided => {
  if (s.status !== 'none') return refuse('duplicate', '这份副本已经提出过。', '请在副本列表里查看。')
  if (recording.status === 'none') return noDerivative()
  const can = canRequestDerivative(recording, actor, handlesCase)
  if (can !== true) return deny(can)
  const no = notNow(recording)
  if (no !== undefined || !isKept(recording)) return no ?? noDerivative()
  const length = recording.status === 'checked' ? recording.check.durationSeconds : undefined
  if (length !== undefined && spansOf(spec).some((x) => x.to > length + SLACK_SECONDS)) return outOfRange()
  const wrong = unfit(spec, recording)
  if (wrong) return wrong
  const marked = spec.kind === 'watermark' || (spec.kind === 'redaction' && spec.marked)
  if (marked && recipient === undefined)
    return refuse('incomplete', '加水印的副本须写明给谁。', '请填写接收人或者接收单位。')
  return [
    happened({
      type: 'DerivativeRequested',
      occurredAt: now,
      data: {
        public: { number, kind: spec.kind, source: sourceOf(recordingId, recording) },
        internal: { spec, purpose, reason },
        ...(recipient !== undefined && { personal: { recipient } }),
      },
    }),
  ]
}

/** By the job. What was made twice is told once. */
export const recordMade = (s: DerivativeState, made: Made, making: Making, now: Instant): Decided =>
  on(s, (d) =>
    d.status === 'making'
      ? [happened({ type: 'DerivativeMade', occurredAt: now, data: { public: made, internal: making } })]
      : [],
  )

export const recordFailed = (
  s: DerivativeState,
  failed: Readonly<{ why: string; detail?: string }>,
  now: Instant,
): Decided =>
  on(s, (d) =>
    d.status === 'making'
      ? [happened({ type: 'DerivativeFailed', occurredAt: now, data: { internal: failed } })]
      : [],
  )

export const retryDerivative = (
  s: DerivativeState,
  recording: RecordingState,
  { now, actor }: DerivativeContext,
): Decided =>
  on(s, (d) => {
    const can = canRetryDerivative(d, actor)
    if (can !== true) return deny(can)
    return (
      notNow(recording) ?? [
        happened({
          type: 'DerivativeRetried',
          occurredAt: now,
          data: { internal: { attempt: d.attempts + 1 } },
        }),
      ]
    )
  })

/** A second at either end may be missing from what a player reports, however long the film is. */
export const secondsToSee = (length: number): number => Math.max(0, length - 2 * SLACK_SECONDS)

export const reviewDerivative = (
  s: DerivativeState,
  said: ReviewDerivative & Readonly<{ watchedSeconds: number }>,
  { now, actor, given }: DerivativeContext & Readonly<{ given: readonly AccountGiven[] }>,
): Decided =>
  on(s, (d) => {
    const can = canReviewDerivative(d, actor, given)
    if (can !== true) return deny(can)
    const length = isMade(d) ? d.made.durationSeconds : 0
    if (said.approved && said.watchedSeconds < secondsToSee(length))
      return refuse(
        'incomplete',
        `您只看了 ${Math.floor(said.watchedSeconds)} 秒，这份副本长 ${Math.ceil(length)} 秒。`,
        '请从头到尾看完（可以加快播放），再复核通过；发现漏遮的可以直接退回。',
      )
    return [happened({ type: 'DerivativeReviewed', occurredAt: now, data: { internal: said } })]
  })

/** What the texts of the case say against it, and an entry of the case, not used before, under which it may leave all the same. */
export type ReleaseEntries = Readonly<{ against: readonly Reason[]; entry?: string | undefined }>

const ENTER_FIRST: Reason = {
  code: 'release-unentered',
  effect: 'refuse',
  message: '案件里还没有为交付这份副本登记查阅（复制）、对外提供或者发布。',
  todo: '请先在案件的“查阅、提供和处置”里办理审批，副本制作完成后登记（关于这段音像；申请人类型、方式、内容和接收人与这次交付一致；每次交付登记一次），再交付副本。',
  citations: [],
}

export const releaseDerivative = (
  s: DerivativeState,
  said: ReleaseDerivative & Readonly<{ entries: ReleaseEntries }>,
  { now, actor }: DerivativeContext,
): Decided =>
  on(s, (d) => {
    const can = canReleaseDerivative(d, actor)
    if (can !== true) return deny(can)
    const { recipient, reason, chunks, entries } = said
    if (entries.against.length > 0 && entries.entry === undefined)
      return { refused: true, code: 'law-gate', reasons: [ENTER_FIRST, ...entries.against] }
    const entry = entries.entry === undefined ? {} : { entry: entries.entry }
    const data = {
      internal: { reason, ...entry, ...(chunks === true && { chunks }) },
      personal: { recipient },
    }
    return [happened({ type: 'DerivativeReleased', occurredAt: now, data })]
  })

export const withdrawDerivative = (
  s: DerivativeState,
  reason: string,
  { now, actor }: DerivativeContext,
): Decided =>
  on(s, (d) => {
    const can = canWithdrawDerivative(d, actor)
    if (can !== true) return deny(can)
    return [happened({ type: 'DerivativeWithdrawn', occurredAt: now, data: { internal: { reason } } })]
  })

/** With the original: a copy is not kept longer than what it was made of. */
export const destroyDerivative = (
  s: DerivativeState,
  by: Readonly<{ batchId: string; number: string; bytes?: DestroyedBytes[] }>,
  now: Instant,
): Decided =>
  on(s, (d) =>
    d.destroyed === undefined
      ? [happened({ type: 'DerivativeDestroyed', occurredAt: now, data: { internal: by } })]
      : [],
  )
