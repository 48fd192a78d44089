import type { CaseContext } from '../case/context.ts'
import type { CaseEvent } from '../case/events.ts'
import { underLaw } from '../case/gate.ts'
import type { Decided } from '../case/open.ts'
import { type CaseState, personOf } from '../case/state.ts'
import { denyOrNotNow, refuse } from '../refusal.ts'
import { onDocument } from './decide.ts'
import { notRegistered, retractCan } from './retract-can.ts'

/** 撤销送达登记: the registration stays to be seen with its reason and counts no more, nor what began with it. */
export const retractService = (
  state: CaseState,
  c: { documentId: string; serving: number; reason: string },
  ctx: CaseContext,
): Decided =>
  onDocument(state, c.documentId, ctx, (s, doc) => {
    const can = retractCan(s, ctx.actor, doc, ctx.law)
    if (can !== true) return denyOrNotNow(can)
    if (!doc.served.some((one) => one.no === c.serving)) return notRegistered
    if (c.reason.trim().length < 2) return refuse('incomplete', '没有写明撤销理由', '请写明登记错在哪里')
    const retracted: CaseEvent = {
      type: 'DocumentServiceRetracted',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { documentId: doc.id, serving: c.serving, remaining: doc.served.length - 1 },
        internal: { by: ctx.self ?? personOf(ctx.actor), reason: c.reason },
      },
    }
    return underLaw(s, [retracted], c.reason, ctx)
  })
