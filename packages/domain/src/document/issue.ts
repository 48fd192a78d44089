import type { CaseContext } from '../case/context.ts'
import type { CaseEvent } from '../case/events.ts'
import type { CaseState, OpenCase } from '../case/state.ts'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { chinaDate } from './china-time.ts'
import { isComplete } from './progress.ts'
import type { DocumentState } from './state.ts'

/** A correction keeps the number of the paper whose place it takes: none is used up, none stands twice for two things. */
const numberOf = (
  s: OpenCase,
  doc: DocumentState,
  { numbering }: DocumentDefinition,
  ctx: CaseContext,
  issuedOn: string,
): string | undefined => {
  if (doc.corrects === true) return s.documents[doc.about ?? '']?.number
  if (doc.preNumber !== undefined) return doc.preNumber
  if (numbering === undefined) return undefined
  return numbering.preNumbered === true
    ? ctx.nextNumber(numbering.word, issuedOn, doc.submittedBy.personId)
    : ctx.nextNumber(numbering.word, issuedOn)
}

/** Issues a document whose opinions and signatures are all there; numbers the case with the document the law names. */
export const issueIfComplete = (state: CaseState, documentId: string, ctx: CaseContext): CaseEvent[] => {
  if (state.kind === 'none') return []
  const doc = state.documents[documentId]
  const definition = doc === undefined ? undefined : ctx.law.document(doc.type)
  if (doc === undefined || definition === undefined) return []
  if (!isComplete(doc, definition, ctx.law.approvers(doc.type))) return []
  const issuedOn = chinaDate(ctx.now)
  const number = numberOf(state, doc, definition, ctx, issuedOn)
  const issued: CaseEvent = {
    type: 'DocumentIssued',
    schemaVersion: 1,
    occurredAt: ctx.now,
    data: {
      public: {
        documentId,
        type: doc.type,
        issuedOn,
        dataHash: doc.dataHash,
        ...(number === undefined ? {} : { number }),
      },
    },
  }
  if (
    ctx.law.caseNumberFrom !== doc.type ||
    doc.corrects === true ||
    number === undefined ||
    state.caseNo !== undefined
  )
    return [issued]
  return [
    issued,
    { type: 'CaseNumbered', schemaVersion: 1, occurredAt: ctx.now, data: { public: { caseNo: number } } },
  ]
}
