import type { FactPerson, Instant } from '@liuhen/law/fact'
import { canHoldPad } from '../case/can.ts'
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
  notSignable,
  slotFilled,
  standsInAs,
} from './document-can.ts'
import { withEffect } from './correction.ts'
import { handedOver } from './hand-over.ts'
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

/** The event, and if it was the last thing wanted the document's issue, with its service where it was signed for. */
const thenIssue = (
  s: OpenCase,
  e: CaseEvent & { data: { public: { documentId: string } } },
  stated: string | undefined,
  ctx: CaseContext,
): Decided => {
  const { documentId } = e.data.public
  const after = evolveCase(s, e, ctx.actor)
  const issued = issueIfComplete(after, documentId, ctx)
  const handed = handedOver(after, issued, documentId, ctx)
  return withEffect(s, underLaw(s, [e, ...issued, ...handed], stated, ctx), ctx)
}

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
  /** Whoever signs has the paper in hand: it counts as served once it is issued. */
  handedOver?: boolean
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
  if (c.handedOver === true && (c.refusal !== undefined || slot.receives !== true))
    return refuse('wrong-state', '这里的签名不表示收到文书', '请在文书签发以后登记送达')
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
          ...(c.handedOver === true ? { handedOver: true as const } : {}),
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
