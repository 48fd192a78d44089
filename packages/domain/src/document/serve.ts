import type { FactPerson, Instant } from '@liuhen/law/fact'
import { canHandleCase } from '../case/can.ts'
import type { CaseContext } from '../case/context.ts'
import type { CaseEvent } from '../case/events.ts'
import { underLaw } from '../case/gate.ts'
import type { Decided } from '../case/open.ts'
import type { CaseState, OpenCase } from '../case/state.ts'
import { present } from '../present.ts'
import { deny, refuse, refuseTime } from '../refusal.ts'
import { withEffect } from './correction.ts'
import { onDocument } from './decide.ts'
import { notIssued, notServed } from './document-can.ts'
import type { DocumentState } from './state.ts'
import { mayReceive } from './unserved.ts'

export type ServeDocument = Readonly<{
  documentId: string
  mode: string
  servedAt: Instant
  recipient: string
  /** On whom, of several whom the paper names; whose name received it, where that is one of them. */
  party?: string
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

const ofNobody = refuse(
  'incomplete',
  '这份文书写明了几个受送达人，没有说明这一次送达的是谁',
  '请选择送达给哪一位；每人各登记一次',
)

/** Of several whom the paper names, on whom it was served this time; a paper of one party asks nobody. */
const partyServed = (names: readonly string[], { party, recipient }: ServeDocument): string | undefined =>
  names.find((name) => name === (party ?? recipient).trim())

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
    const names = mayReceive(doc, definition ?? {}, s.documents)
    const party = partyServed(names, c)
    if (names.length > 0 && party === undefined) return ofNobody
    const {
      recipient,
      relation,
      party: _said,
      documentId,
      mode,
      servedAt,
      by,
      recordingIds,
      reason,
      ...rest
    } = c
    const served: CaseEvent = {
      type: 'DocumentServed',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { documentId, mode, servedAt },
        internal: { ...rest, by: [...by], recordingIds: [...recordingIds] },
        personal: present({ recipient, relation, party }),
      },
    }
    return withEffect(s, underLaw(s, [served], reason, ctx), ctx)
  })
