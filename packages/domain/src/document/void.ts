import type { CaseContext } from '../case/context.ts'
import { evaluateCase, findStep, underLaw } from '../case/gate.ts'
import type { Decided } from '../case/open.ts'
import { type CaseState, personOf } from '../case/state.ts'
import type { CaseEvent } from '../case/events.ts'
import { denyOrNotNow, refuse } from '../refusal.ts'
import { onDocument } from './decide.ts'
import { voidCan } from './void-can.ts'

/** 作废: the paper and its number stay in the record with the reason; a new one can be made in its place. */
export const voidDocument = (
  state: CaseState,
  c: { documentId: string; reason: string },
  ctx: CaseContext,
): Decided =>
  onDocument(state, c.documentId, ctx, (s, doc) => {
    const by = findStep(evaluateCase(s, ctx), doc.step)?.by ?? ['officer']
    const can = voidCan(s, ctx.actor, doc, ctx.law, by)
    if (can !== true) return denyOrNotNow(can)
    if (c.reason.trim().length < 2) return refuse('incomplete', '没有写明作废理由', '请写明作废理由')
    const voided: CaseEvent = {
      type: 'DocumentVoided',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: {
          documentId: doc.id,
          type: doc.type,
          ...(doc.number === undefined ? {} : { number: doc.number }),
        },
        internal: { by: ctx.self ?? personOf(ctx.actor), reason: c.reason },
      },
    }
    return underLaw(s, [voided], c.reason, ctx)
  })
