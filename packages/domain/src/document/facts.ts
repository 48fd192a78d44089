import type { Fact, FactPerson, Instant } from '@liuhen/law/fact'
import type { CaseEvent, CaseEventOf } from '../case/events.ts'
import { scalars } from '../case/scalars.ts'

/** What the facts of a paper need to know of it, before the event. */
export type KnownDocuments = Readonly<{
  documents: Readonly<
    Record<
      string,
      { type: string; step: string; about?: string; corrects?: true; data: object; issuedAt?: Instant }
    >
  >
}>

export type DocumentEvent = Extract<CaseEvent, { type: `Document${string}` }>
export const isOfDocument = (e: CaseEvent): e is DocumentEvent => e.type.startsWith('Document')

const documentFact = (
  s: KnownDocuments,
  id: string,
  state: string,
  at: Instant,
  rest: Partial<Fact> = {},
): Fact[] => {
  const doc = s.documents[id]
  if (doc === undefined) return []
  const about = doc.about === undefined ? {} : { about: doc.about }
  const corrects = doc.corrects === undefined ? {} : { corrects: doc.corrects }
  return [
    { kind: 'document', name: doc.type, state, at, step: doc.step, ref: id, ...about, ...corrects, ...rest },
  ]
}

/** People tell times to the minute, the record keeps seconds: what was served in the minute of its issue was issued before. */
const notBefore = (issuedAt: Instant | undefined, servedAt: Instant): Instant =>
  issuedAt !== undefined && Date.parse(servedAt) < Date.parse(issuedAt) ? issuedAt : servedAt

const submittedFact = (e: CaseEventOf<'DocumentSubmitted'>, by: FactPerson): Fact => {
  const { documentId: ref, type, step, about, corrects } = e.data.public
  // Of personal fields rules learn that they are filled, not what they say; of a receipt whose it is, as of the service.
  const filled = Object.fromEntries((e.data.internal.filled ?? []).map((key) => [key, true]))
  const party = e.data.personal?.data['recipient']
  const whose: Fact['data'] = typeof party === 'string' ? { party: party.trim() } : {}
  return {
    kind: 'document',
    name: type,
    state: 'submitted',
    at: e.occurredAt,
    step,
    ref,
    by: [{ ...by, as: 'author' }],
    data: { ...filled, ...scalars({ ...e.data.public.data, ...e.data.internal.data }), ...whose },
    ...(about === undefined ? {} : { about }),
    ...(corrects === undefined ? {} : { corrects }),
  }
}

/** What an event of a paper means to the law. */
export const factsOfDocument = (e: DocumentEvent, by: FactPerson, s: KnownDocuments): Fact[] => {
  const at = e.occurredAt
  switch (e.type) {
    case 'DocumentSubmitted':
      return [submittedFact(e, by)]
    case 'DocumentApproved':
    case 'DocumentReturned': {
      const state = e.type === 'DocumentApproved' ? 'approved' : 'returned'
      return documentFact(s, e.data.public.documentId, state, at, {
        by: [e.data.internal.by],
        data: {
          rank: e.data.public.rank,
          opinion: e.data.internal.opinion,
          signature: e.data.internal.by.name ?? e.data.internal.by.personId,
        },
      })
    }
    case 'DocumentSigned': {
      const { documentId, role, method, signedAt } = e.data.public
      const who = e.data.internal.by === undefined ? {} : { by: [e.data.internal.by] }
      return documentFact(s, documentId, method === 'refused' ? 'refused' : 'signed', signedAt, {
        ...who,
        data: { role },
      })
    }
    case 'DocumentIssued': {
      const { documentId, number } = e.data.public
      const data = scalars(s.documents[documentId]?.data ?? {})
      return documentFact(s, documentId, 'issued', at, {
        data: number === undefined ? data : { ...data, number },
      })
    }
    case 'DocumentVoided':
      return documentFact(s, e.data.public.documentId, 'voided', at, {
        by: [e.data.internal.by],
        data: { reason: e.data.internal.reason },
      })
    case 'DocumentCorrected': {
      const { documentId: about, by: ref, approvalId } = e.data.public
      const data = approvalId === undefined ? {} : { data: { approvalId } }
      return [
        { kind: 'event', name: 'document-corrected', at, about, ref, by: [by], ...data },
        ...documentFact(s, about, 'corrected', at, { data: { by: ref } }),
      ]
    }
    case 'DocumentServed': {
      const { documentId, mode, servedAt } = e.data.public
      const served = notBefore(s.documents[documentId]?.issuedAt, servedAt)
      const party = e.data.personal?.party
      const data: NonNullable<Fact['data']> = party === undefined ? { mode } : { mode, party }
      return documentFact(s, documentId, 'served', served, { by: e.data.internal.by, data })
    }
    case 'DocumentServiceRetracted':
      return documentFact(s, e.data.public.documentId, 'service-retracted', at, {
        by: [e.data.internal.by],
        data: { reason: e.data.internal.reason },
      })
    case 'DocumentRendered':
      return []
  }
}
