import type { CaseContext } from '../case/context.ts'
import type { CaseEvent } from '../case/events.ts'
import type { CaseState } from '../case/state.ts'
import { chinaDate } from './china-time.ts'
import { isComplete } from './progress.ts'

/** Issues a document whose opinions and signatures are all there; numbers the case with the document the law names. */
export const issueIfComplete = (state: CaseState, documentId: string, ctx: CaseContext): CaseEvent[] => {
  if (state.kind === 'none') return []
  const doc = state.documents[documentId]
  const definition = doc === undefined ? undefined : ctx.law.document(doc.type)
  if (doc === undefined || definition === undefined) return []
  if (!isComplete(doc, definition, ctx.law.approvers(doc.type))) return []
  const issuedOn = chinaDate(ctx.now)
  const number =
    definition.numbering === undefined ? undefined : ctx.nextNumber(definition.numbering.word, issuedOn)
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
  if (ctx.law.caseNumberFrom !== doc.type || number === undefined || state.caseNo !== undefined)
    return [issued]
  return [
    issued,
    { type: 'CaseNumbered', schemaVersion: 1, occurredAt: ctx.now, data: { public: { caseNo: number } } },
  ]
}
