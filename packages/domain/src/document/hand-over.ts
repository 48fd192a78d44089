import type { CaseContext } from '../case/context.ts'
import type { CaseEvent, CaseEventOf } from '../case/events.ts'
import { factsOf } from '../case/facts.ts'
import { judge } from '../case/gate.ts'
import { type CaseState, evolveCase, type OpenCase, personOf } from '../case/state.ts'
import type { DocumentState, Signature } from './state.ts'
import { severalOn } from './unserved.ts'

/** The hands in which the paper was when it was signed for. */
const receivedBy = ({ signatures }: DocumentState): Signature | undefined =>
  signatures.find((one) => one.handedOver === true)

/** Who signed it for the agency handed it over; where nobody had to, who handles the case. */
const handingOver = (s: OpenCase, { signatures }: DocumentState) => {
  const signed = signatures.flatMap(({ role, personId, name }) =>
    role === 'officer' && personId !== undefined ? [{ personId, name, as: 'officer' }] : [],
  )
  if (signed.length === 0) return s.handlers.map((p) => ({ ...p, as: 'officer' }))
  return signed.map((one) => ({ ...s.handlers.find((p) => p.personId === one.personId), ...one }))
}

/**
 * What was signed for on the spot is served with its issue: in person, at the later of the two. Where the law says anything
 * against a service now, nothing is registered, and the officer tells it afterwards.
 */
export const handedOver = (
  before: CaseState,
  issued: readonly CaseEvent[],
  documentId: string,
  ctx: CaseContext,
): readonly CaseEvent[] => {
  const s = issued.reduce((state, e) => evolveCase(state, e, ctx.actor), before)
  if (issued.length === 0 || s.kind === 'none') return []
  const doc = s.documents[documentId]
  const signature = doc && receivedBy(doc)
  if (doc?.issuedAt === undefined || signature === undefined) return []
  const definition = ctx.law.document(doc.type)
  if (definition?.served !== true) return []
  // Of several the signature says whose hands they are; whoever signed for one of them is told by the officer.
  const names = severalOn(doc, definition)
  if (names.length > 0 && !names.includes(signature.name)) return []
  const served: CaseEventOf<'DocumentServed'> = {
    type: 'DocumentServed',
    schemaVersion: 1,
    occurredAt: ctx.now,
    data: {
      public: {
        documentId,
        mode: 'direct',
        servedAt: Date.parse(signature.at) > Date.parse(doc.issuedAt) ? signature.at : doc.issuedAt,
      },
      internal: { recordingIds: [], by: handingOver(s, doc) },
      personal: {
        recipient: signature.name,
        ...(names.length === 0 ? {} : { party: signature.name }),
      },
    },
  }
  const against = factsOf(served, personOf(ctx.actor), s).flatMap((fact) => judge(s, fact, ctx))
  return against.length === 0 ? [served] : []
}
