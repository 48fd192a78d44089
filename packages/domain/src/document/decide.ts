import type { FactPerson, Instant } from '@liuhen/law/fact'
import { canHandleCase, canHoldPad } from '../case/can.ts'
import { isClosed, isClosedTo } from '../case/closed.ts'
import type { CaseContext } from '../case/context.ts'
import type { CaseEvent, CaseEventOf } from '../case/events.ts'
import { underLaw } from '../case/gate.ts'
import { type Decided, notOpen, onOpenCase } from '../case/open.ts'
import { type CaseState, evolveCase, type OpenCase } from '../case/state.ts'
import type { Role } from '../event.ts'
import { present } from '../present.ts'
import type { Fingermark } from './fingermark.ts'
import { deny, refuse, refuseTime } from '../refusal.ts'
import {
  alreadySigned,
  approveCan,
  hasSigned,
  notAwaited,
  notIssued,
  notServed,
  notSignable,
  slotFilled,
  standsInAs,
} from './document-can.ts'
import { withEffect } from './correction.ts'
import { issueIfComplete } from './issue.ts'
import { isSignedByAgency, nextRank, takesSignature } from './progress.ts'
import { signerCan } from './signer-can.ts'
import type { Approval, DocumentState } from './state.ts'

export const noDocument = refuse('not-found', '没有找到这份文书', '请从案件中重新打开')

export const onDocument = (
  state: CaseState,
  documentId: string,
  { law }: Pick<CaseContext, 'law'>,
  then: (s: OpenCase, doc: DocumentState) => Decided,
): Decided =>
  onOpenCase(state, (s) => {
    const doc = s.documents[documentId]
    if (doc === undefined) return noDocument
    return isClosedTo(s, law.document(doc.type)) ? isClosed : then(s, doc)
  })

/** The event, and the document's issue if it was the last thing wanted. */
const thenIssue = (
  s: OpenCase,
  e: CaseEvent & { data: { public: { documentId: string } } },
  stated: string | undefined,
  ctx: CaseContext,
): Decided =>
  withEffect(
    s,
    underLaw(
      s,
      [e, ...issueIfComplete(evolveCase(s, e, ctx.actor), e.data.public.documentId, ctx)],
      stated,
      ctx,
    ),
    ctx,
  )

const notOnRoster = refuse('not-permitted', '您不在本机关的人员名单中', '请联系系统管理员登记人员')

/** Whose turn it is, and that nobody above the handler decides on a paper of their own (zml-32-2). */
const approverOf = (
  s: OpenCase,
  doc: DocumentState,
  ctx: CaseContext,
): Decided | { rank: string; by: FactPerson; standsInFor?: Approval['standsInFor'] } => {
  const rank = nextRank(doc, ctx.law.approvers(doc.type))
  if (rank === undefined) return notAwaited
  const can = approveCan(s, ctx.actor, doc, ctx.law, ctx.standIns)
  if (can !== true) return deny(can)
  if (ctx.self === undefined) return notOnRoster
  const by = { ...ctx.self, rank, as: ctx.law.document(doc.type)?.approvedAs ?? 'approver' }
  const one = standsInAs(s, ctx.actor, rank, ctx.standIns ?? [])
  if (one === undefined) return { rank, by }
  const { delegationId, personId, name } = one
  return { rank, by, standsInFor: { delegationId, personId, name } }
}

export const approveDocument = (
  state: CaseState,
  c: { documentId: string; opinion: string },
  ctx: CaseContext,
): Decided =>
  onDocument(state, c.documentId, ctx, (s, doc) => {
    const approver = approverOf(s, doc, ctx)
    if (!('rank' in approver)) return approver
    const event: CaseEventOf<'DocumentApproved'> = {
      type: 'DocumentApproved',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { documentId: doc.id, rank: approver.rank, dataHash: doc.dataHash },
        internal: present({ by: approver.by, opinion: c.opinion, standsInFor: approver.standsInFor }),
      },
    }
    return thenIssue(s, event, c.opinion, ctx)
  })

export const returnDocument = (
  state: CaseState,
  c: { documentId: string; opinion: string },
  ctx: CaseContext,
): Decided =>
  onDocument(state, c.documentId, ctx, (s, doc) => {
    const approver = approverOf(s, doc, ctx)
    if (!('rank' in approver)) return approver
    const returned: CaseEvent = {
      type: 'DocumentReturned',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { documentId: doc.id, rank: approver.rank },
        internal: present({ by: approver.by, opinion: c.opinion, standsInFor: approver.standsInFor }),
      },
    }
    return underLaw(s, [returned], c.opinion, ctx)
  })

export type SignDocument = Readonly<{
  documentId: string
  role: string
  /** An officer or other person of the agency, resolved; or a name. */
  by?: FactPerson
  name?: string
  /** The roles that the signer holds in the agency; those of who acts are known. */
  roles?: readonly Role[]
  /** The person of the agency whose hand this would be, where that person has an account. */
  user?: Readonly<{ personId: string; name: string }>
  /** Canonical JSON of the strokes. */
  strokes?: string
  /** Pressed beside the name, by somebody from outside the agency. */
  fingermark?: Fingermark
  refusal?: { reason: string; witnesses: string[] }
  signedAt?: Instant
  /** Stated where a rule only warns. */
  reason?: string
}>

/** A signature is given after the paper is there and before now; a device's clock may differ by as much unsaid. */
const CLOCK_TOLERANCE_MS = 60_000

const signedAtProblem = (doc: DocumentState, signedAt: Instant | undefined, now: Instant): Decided => {
  if (signedAt === undefined) return []
  const at = Date.parse(signedAt)
  if (at > Date.parse(now) + CLOCK_TOLERANCE_MS)
    return refuseTime('签名时间晚于现在', '请核对签名设备的时间后重新签名')
  return at < Date.parse(doc.submittedAt) - CLOCK_TOLERANCE_MS
    ? refuseTime('签名时间早于文书提交时间', '请核对签名设备的时间后重新签名')
    : []
}

/** What is recorded never leaves the bounds, whatever the device's clock said. */
const signedAtOf = (doc: DocumentState, signedAt: Instant | undefined, now: Instant): Instant => {
  if (signedAt === undefined || Date.parse(signedAt) > Date.parse(now)) return now
  return Date.parse(signedAt) < Date.parse(doc.submittedAt) ? doc.submittedAt : signedAt
}

/** The pad is held for parties, witnesses and whoever has no account; whoever has one signs in their own session. */
const ownHandProblem = (c: SignDocument, ctx: CaseContext): Decided =>
  c.user === undefined || c.user.personId === ctx.actor.personId
    ? []
    : refuse(
        'not-permitted',
        `${c.user.name}有自己的账号，签名只能由本人作出，不能由他人代为提交`,
        `请由${c.user.name}本人登录后签名`,
      )

/** In a slot of the agency: somebody on its roster who has that capacity here. A name alone could be anybody's. */
const capacityProblem = (s: OpenCase, doc: DocumentState, c: SignDocument, ctx: CaseContext): Decided => {
  const slot = ctx.law.document(doc.type)?.signatures.find((x) => x.role === c.role)
  if (slot === undefined || !isSignedByAgency(c.role)) return []
  if (c.by === undefined)
    return refuse(
      'incomplete',
      `“${slot.label}”须由本机关人员本人签署，不能只写姓名`,
      '请由本机关人员登录后签名',
    )
  const roles = c.by.personId === ctx.actor.personId ? ctx.actor.roles : (c.roles ?? [])
  const can = signerCan(s, { personId: c.by.personId, roles }, doc, slot)
  return can === true ? [] : deny(can)
}

/** zml-11-9: a refusal is recorded with its reason and the witnesses who saw it. */
const signatureProblem = (doc: DocumentState, c: SignDocument, ctx: CaseContext): Decided => {
  const definition = ctx.law.document(doc.type)
  const slot = definition?.signatures.find((x) => x.role === c.role)
  if (doc.status !== 'submitted') return notSignable
  if (slot === undefined || !takesSignature(doc, slot)) return slotFilled
  const signer = c.by?.personId ?? c.name
  if (signer === undefined || signer === '') return refuse('incomplete', '没有写明签名人', '请填写签名人姓名')
  if (hasSigned(doc, c.role, signer)) return alreadySigned
  if (c.refusal !== undefined && !slot.refusable)
    return refuse('wrong-state', `“${slot.label}”不能以拒签代替`, '请由本人签名')
  if (c.refusal === undefined && c.strokes === undefined)
    return refuse('incomplete', '没有笔迹', '请在签名板上手写签名')
  if (c.fingermark !== undefined && (c.refusal !== undefined || isSignedByAgency(c.role)))
    return refuse('wrong-state', '拒绝签名的人和本机关人员不捺印', '请去掉捺印图像后再提交')
  return []
}

const personalOf = ({ by, name, fingermark }: SignDocument) =>
  by === undefined && name !== undefined ? present({ name, fingermark }) : undefined

export const signDocument = (state: CaseState, c: SignDocument, ctx: CaseContext): Decided =>
  onDocument(state, c.documentId, ctx, (s, doc) => {
    const can = canHoldPad(s, ctx.actor, doc, c.by?.personId)
    if (can !== true) return deny(can)
    const notOwn = ownHandProblem(c, ctx)
    if ('refused' in notOwn) return notOwn
    const problem = signatureProblem(doc, c, ctx)
    if ('refused' in problem) return problem
    const incapable = capacityProblem(s, doc, c, ctx)
    if ('refused' in incapable) return incapable
    const wrongTime = signedAtProblem(doc, c.signedAt, ctx.now)
    if ('refused' in wrongTime) return wrongTime
    const event: CaseEventOf<'DocumentSigned'> = {
      type: 'DocumentSigned',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: {
          documentId: doc.id,
          role: c.role,
          method: c.refusal === undefined ? 'handwriting' : 'refused',
          dataHash: doc.dataHash,
          signedAt: signedAtOf(doc, c.signedAt, ctx.now),
        },
        internal: {
          ...(c.by === undefined ? {} : { by: c.by }),
          ...(c.strokes === undefined ? {} : { strokes: c.strokes }),
          ...(c.refusal === undefined ? {} : { refusal: c.refusal }),
        },
        personal: personalOf(c),
      },
    }
    return thenIssue(s, event, c.reason, ctx)
  })

export type ServeDocument = Readonly<{
  documentId: string
  mode: string
  servedAt: Instant
  recipient: string
  relation?: string
  place?: string
  by: readonly FactPerson[]
  receiptId?: string
  recordingIds: readonly string[]
  proof?: string
  /** Stated where a rule only warns. */
  reason?: string
}>

const MINUTE_MS = 60_000
const minuteOf = (at: Instant): number => Math.floor(Date.parse(at) / MINUTE_MS)

/**
 * Between issue and now: a service said to be earlier would take days from the party's period. Times of service are told
 * to the minute, so the minute of issue counts.
 */
const servedAtProblem = (doc: DocumentState, servedAt: Instant, now: Instant): Decided => {
  if (Date.parse(servedAt) > Date.parse(now)) return refuseTime('送达时间晚于现在', '请核对送达时间')
  return doc.issuedAt !== undefined && minuteOf(servedAt) < minuteOf(doc.issuedAt)
    ? refuseTime('送达时间早于文书签发时间', '请核对送达时间；文书签发以后才能送达')
    : []
}

const notAfterCorrection = refuse(
  'wrong-state',
  '这份文书在所填的送达时间以前已经更正，不再送达原文书',
  '请送达更正件；更正生效以前送达的，填写当时的送达时间',
)

/** What was served before it was corrected may still be told; from then on the correction is served. */
const isOvertaken = ({ corrected }: DocumentState, servedAt: Instant): boolean =>
  corrected !== undefined && Date.parse(servedAt) >= Date.parse(corrected.at)

const notOfCase = refuse(
  'incomplete',
  '作为送达凭证的不是这份文书的有效送达回证，或者音像不属于本案',
  '请选择这份文书的送达回证，已退回、已作废的不能作凭证；音像先关联到本案再登记送达',
)

/** A paper that the law calls a receipt, for this one. It may still wait for signatures: the service is often registered first. */
const isReceiptFor = (
  s: OpenCase,
  documentId: string,
  receiptId: string,
  law: CaseContext['law'],
): boolean => {
  const receipt = s.documents[receiptId]
  return (
    receipt?.about === documentId &&
    (receipt.status === 'submitted' || receipt.status === 'issued') &&
    law.document(receipt.type)?.provesService === true
  )
}

/** What is said to prove a service stands in the same case, and a receipt is one for this paper. */
const provesHere = (
  s: OpenCase,
  { documentId, receiptId, recordingIds }: ServeDocument,
  law: CaseContext['law'],
): boolean =>
  (receiptId === undefined || isReceiptFor(s, documentId, receiptId, law)) &&
  recordingIds.every((id) => s.recordings.some((r) => r.recordingId === id))

const filmedBefore = refuse(
  'incomplete',
  '所选音像在文书签发以前就已经录完，不能证明这次送达',
  '请改选送达时录制的音像；还没有上传的，可以先登记送达，再在环节里上传',
)

/** A film of something else is no proof, however well it is kept: what ended before the issue shows no service. */
const isFilmedBefore = (s: OpenCase, { issuedAt }: DocumentState, { recordingIds }: ServeDocument): boolean =>
  issuedAt !== undefined &&
  s.recordings.some((r) => recordingIds.includes(r.recordingId) && minuteOf(r.to) < minuteOf(issuedAt))

export const serveDocument = (state: CaseState, c: ServeDocument, ctx: CaseContext): Decided =>
  onDocument(state, c.documentId, ctx, (s, doc) => {
    const can = canHandleCase(s, ctx.actor)
    if (can !== true) return deny(can)
    const definition = ctx.law.document(doc.type)
    if (doc.status !== 'issued') return notIssued
    if (definition?.served !== true && doc.corrects !== true) return notServed
    const wrong = servedAtProblem(doc, c.servedAt, ctx.now)
    if ('refused' in wrong) return wrong
    if (isOvertaken(doc, c.servedAt)) return notAfterCorrection
    if (!provesHere(s, c, ctx.law)) return notOfCase
    if (isFilmedBefore(s, doc, c)) return filmedBefore
    const { recipient, relation, documentId, mode, servedAt, by, recordingIds, reason, ...rest } = c
    const served: CaseEvent = {
      type: 'DocumentServed',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { documentId, mode, servedAt },
        internal: { ...rest, by: [...by], recordingIds: [...recordingIds] },
        personal: { recipient, ...(relation === undefined ? {} : { relation }) },
      },
    }
    return withEffect(s, underLaw(s, [served], reason, ctx), ctx)
  })

/** The archival PDF of an issued document was made. Once: a second rendering changes nothing. */
export const recordRendering = (
  state: CaseState,
  c: CaseEventOf<'DocumentRendered'>['data']['public'],
  ctx: Pick<CaseContext, 'now'>,
): Decided => {
  if (state.kind === 'none') return notOpen
  const doc = state.documents[c.documentId]
  if (doc === undefined) return noDocument
  if (doc.status === 'voided' || doc.pdf !== undefined) return []
  if (doc.status !== 'issued') return refuse('wrong-state', '文书还没有签发', '请先完成审批和签名')
  return [{ type: 'DocumentRendered', schemaVersion: 1, occurredAt: ctx.now, data: { public: c } }]
}
