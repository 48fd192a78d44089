import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'
import { isClosed } from '../case/closed.ts'
import type { Actor } from '../event.ts'
import { deny, refuse, refuseTime, type Decision, type Refusal } from '../refusal.ts'
import { canConfirmLegibility, canDescribeRecording, canRegisterRecording, type Verdict } from './can.ts'
import {
  ChainCheck,
  CheckResult,
  InterruptionCause,
  KeyPoint,
  LabelDetails,
  LateTransfer,
  Manifest,
  type RecordingEvent,
  type Stored,
} from './events.ts'
import { withClock } from './clock.ts'
import { withLength } from './length.ts'
import { isKept, type KeptRecording, type KnownRecording, type RecordingState } from './state.ts'

export type RecordingContext = Readonly<{
  now: Instant
  actor: Actor
  /** True when the actor is a handler of the case that the recording belongs to. */
  handlesCase: boolean
  /** True when the case that a new recording is said to belong to is archived. */
  caseArchived?: boolean
}>

export const LabelRecording = z.object({
  caseNo: z.string().min(1, '请填写案号。').max(100),
  party: z.string().min(1, '请填写当事人姓名（名称）。').max(200),
  handler: z.string().min(1, '请填写承办人姓名。').max(100),
  details: LabelDetails.optional(),
})
export const LinkRecording = z.object({
  caseId: z.string(),
  step: z.string(),
  scene: z.string(),
  /** The earlier fact that it shows: the thing in custody, what was done at the window. */
  about: z.string().max(60).optional(),
})
export const MarkPoints = z.object({ points: z.array(KeyPoint).min(1).max(100) })
export const ConfirmLegibility = z.object({ title: z.boolean(), face: z.boolean() })
export const ReportInterruption = z.object({
  from: Instant,
  to: Instant.optional(),
  cause: InterruptionCause,
  detail: z.string().max(500).optional(),
  spokenAtSeconds: z.number().min(0).optional(),
  abandoned: z
    .object({ reportedTo: z.string().min(1), reportedAt: Instant, statementId: z.string().optional() })
    .optional(),
})
export const MarkEvidence = z.object({ reason: z.string().min(1, '请写明证明什么。').max(500) })
export const RegisterRecording = Manifest
export { LateTransfer }

export type Ruling = Decision<RecordingEvent>
const denied = (v: Verdict): Refusal | undefined => (v === true ? undefined : deny(v))

const unknown = () => refuse('not-found', '没有这段音像记录。', '请核对编号，或者先登记。')
const notHere = () =>
  refuse('wrong-state', '这段音像的文件还没有完整入库。', '请等待上传完成；中断的上传可以从断点继续。')

/** For commands on a recording that exists, by someone who may describe it. */
export const described = (
  s: RecordingState,
  c: RecordingContext,
  then: (r: KnownRecording) => Ruling,
): Ruling =>
  s.status === 'none' ? unknown() : (denied(canDescribeRecording(s, c.actor, c.handlesCase)) ?? then(s))

/** For commands that need its bytes. */
export const kept = (s: RecordingState, then: (r: KeptRecording) => Ruling): Ruling =>
  s.status === 'none' ? unknown() : isKept(s) ? then(s) : notHere()

/** A device's clock may be ahead of ours by as much unsaid; more is told with the recording. */
const CLOCK_TOLERANCE_MS = 60_000

const timesProblem = (m: Manifest, now: Instant): Refusal | undefined => {
  const [from, to] = [Date.parse(m.madeFrom), Date.parse(m.madeTo)]
  if (from > to) return refuseTime('录制开始时间晚于结束时间。', '请核对设备时间后重新登记。')
  if (from === to && m.medium !== 'photo')
    return refuseTime('录制开始和结束是同一时刻。', '请按文件实际的起止时间登记。')
  return to - (m.device.clockOffsetMs ?? 0) > Date.parse(now) + CLOCK_TOLERANCE_MS
    ? refuseTime('录制结束时间晚于现在。', '请核对录制的起止时间；设备时钟走快的，先登记设备时钟的误差。')
    : undefined
}

export const registerRecording = (s: RecordingState, m: Manifest, c: RecordingContext): Ruling => {
  if (s.status !== 'none') return refuse('duplicate', '这段音像已经登记过。', '请直接继续上传。')
  const no = denied(canRegisterRecording(c.actor, m.officer.personId))
  if (no) return no
  if (c.caseArchived === true) return isClosed
  const wrong = timesProblem(m, c.now)
  if (wrong) return wrong
  return [{ type: 'RecordingRegistered', schemaVersion: 1, occurredAt: c.now, data: { internal: m } }]
}

/** By the system, when the bytes have been read back and are those that were declared. */
export const storeRecording = (
  s: RecordingState,
  found: Readonly<{ stored: Stored; uploadId: string }>,
  now: Instant,
): Ruling => {
  const { stored, uploadId } = found
  if (s.status === 'none') return unknown()
  if (isKept(s)) return refuse('duplicate', '这段音像已经入库。', '不需要再次上传。')
  const { sha256, sizeBytes } = s.manifest
  if (stored.blob.sha256 !== sha256 || stored.blob.sizeBytes !== sizeBytes)
    return refuse(
      'bad-evidence',
      '收到的文件与登记时申报的摘要或者大小不一致。',
      '收到的文件已隔离保存，请从原设备重新上传。',
    )
  return [
    {
      type: 'RecordingStored',
      schemaVersion: 1,
      occurredAt: now,
      data: { public: stored, internal: { uploadId } },
    },
  ]
}

/** By the system: bytes arrived whole but are not those that were declared. */
export const rejectTransfer = (
  s: RecordingState,
  found: Readonly<{ uploadId: string; received: string }>,
  now: Instant,
): Ruling => {
  if (s.status === 'none') return unknown()
  const internal = { uploadId: found.uploadId, received: found.received, declared: s.manifest.sha256 }
  return [{ type: 'RecordingTransferRejected', schemaVersion: 1, occurredAt: now, data: { internal } }]
}

/** By the system, when the media tools have spoken. A broken recording is marked, never refused. */
export const recordCheck = (s: RecordingState, check: CheckResult & { sm3?: string }, now: Instant): Ruling =>
  kept(s, (r) => [
    {
      type: 'RecordingChecked',
      schemaVersion: 1,
      occurredAt: now,
      data: { internal: withClock(withLength(check, r.manifest), r.manifest) },
    },
  ])

/** Nothing that was said is no detail. */
const said = (details: LabelDetails | undefined) =>
  details === undefined || Object.keys(details).length === 0 ? {} : { details }

export const labelRecording = (
  s: RecordingState,
  l: z.infer<typeof LabelRecording>,
  c: RecordingContext,
): Ruling =>
  described(s, c, () => [
    {
      type: 'RecordingLabelled',
      schemaVersion: 1,
      occurredAt: c.now,
      data: {
        internal: { caseNo: l.caseNo, handler: l.handler, ...said(l.details) },
        personal: { party: l.party },
      },
    },
  ])

export const linkRecording = (
  s: RecordingState,
  l: z.infer<typeof LinkRecording>,
  c: RecordingContext,
): Ruling =>
  described(s, c, (r) => {
    if (r.link !== undefined && r.link.caseId !== l.caseId)
      return refuse('wrong-state', '这段音像已经归入另一个案件。', '请先核对案件；已归入案件的音像不能移出。')
    if (r.link !== undefined && r.link.step !== l.step)
      return refuse(
        'wrong-state',
        '这段音像已经归入本案的另一个环节。',
        '请核对环节；其他环节须另行采集、上传音像。',
      )
    return kept(s, () => [
      { type: 'RecordingLinked', schemaVersion: 1, occurredAt: c.now, data: { internal: l } },
    ])
  })

export const markPoints = (s: RecordingState, m: z.infer<typeof MarkPoints>, c: RecordingContext): Ruling =>
  described(s, c, () =>
    kept(s, () => [
      { type: 'RecordingPointsMarked', schemaVersion: 1, occurredAt: c.now, data: { internal: m } },
    ]),
  )

/** Both answers are recorded, also when they are no: then the service is not in order (zml-21-2). */
export const confirmLegibility = (
  s: RecordingState,
  l: z.infer<typeof ConfirmLegibility>,
  c: RecordingContext,
): Ruling =>
  kept(s, (r) => {
    const no = denied(canConfirmLegibility(r, c.actor, c.handlesCase))
    if (no) return no
    if (r.manifest.medium === 'audio')
      return refuse('wrong-state', '录音没有画面，不能确认画面清晰。', '请选择送达现场的录像。')
    const by = { userId: c.actor.userId, name: c.actor.name }
    return [
      {
        type: 'RecordingLegibilityConfirmed',
        schemaVersion: 1,
        occurredAt: c.now,
        data: { internal: { ...l, by } },
      },
    ]
  })

export const reportInterruption = (
  s: RecordingState,
  i: z.infer<typeof ReportInterruption>,
  c: RecordingContext,
): Ruling =>
  described(s, c, () => {
    if (i.cause === 'other' && !i.detail)
      return refuse('incomplete', '中断原因选“其他”时须写明具体原因。', '请补充具体原因。')
    if (i.to === undefined && i.abandoned === undefined)
      return refuse(
        'incomplete',
        '没有恢复记录的，须说明已向谁报告。',
        '请填写恢复时间，或者填写接到报告的部门负责人和报告时间。',
      )
    return [{ type: 'RecordingInterrupted', schemaVersion: 1, occurredAt: c.now, data: { internal: i } }]
  })

/** What a device signed is kept once; the same again says nothing new, another is refused. */
export const keepChain = (
  s: RecordingState,
  chain: Readonly<{ sha256: string; sizeBytes: number }>,
  c: RecordingContext,
): Ruling =>
  described(s, c, (r) => {
    if (r.chain?.sha256 === chain.sha256) return []
    if (r.chain !== undefined)
      return refuse(
        'duplicate',
        '这段音像的切片链已经登记，内容与这次不同。',
        '已登记的不能更换，请保留手机中的原件并报告音像管理员。',
      )
    return [
      { type: 'RecordingChainKept', schemaVersion: 1, occurredAt: c.now, data: { internal: { chain } } },
    ]
  })

/** By the system, when the bytes are here. Asked again, it speaks only if something else came out. */
export const recordChainCheck = (s: RecordingState, check: ChainCheck, now: Instant): Ruling =>
  kept(s, (r) =>
    JSON.stringify(r.chainCheck) === JSON.stringify(ChainCheck.parse(check))
      ? []
      : [{ type: 'RecordingChainChecked', schemaVersion: 1, occurredAt: now, data: { internal: check } }],
  )

export const markEvidence = (
  s: RecordingState,
  m: z.infer<typeof MarkEvidence>,
  c: RecordingContext,
): Ruling =>
  described(s, c, () =>
    kept(s, () => [
      { type: 'RecordingMarkedEvidence', schemaVersion: 1, occurredAt: c.now, data: { internal: m } },
    ]),
  )
