import type { Fingermark } from './fingermark.ts'
import type { FactPerson, Instant } from '@liuhen/law/fact'
import type { BlobRef, CaseEvent, NotSealed, Sealing } from '../case/events.ts'
import { present } from '../present.ts'

export type DocumentData = Readonly<Record<string, unknown>>

export type Approval = Readonly<{
  rank: string
  by: FactPerson
  opinion: string
  at: Instant
  /** The head in whose place it was given. */
  standsInFor?: Readonly<{ delegationId: string; personId: string; name: string }> | undefined
}>
export type Signature = Readonly<{
  role: string
  method: 'handwriting' | 'refused'
  name: string
  at: Instant
  personId?: string
  strokes?: string
  fingermark?: Fingermark
  refusal?: { reason: string; witnesses: string[] }
  /** In whose session it was given: the signer's own, or that of who held the pad. */
  session?: string
  /** The signer had the paper in hand. */
  handedOver?: true
}>
export type Serving = Readonly<{
  /** Its place among all services of the paper that were ever registered, from 0. */
  no: number
  mode: string
  at: Instant
  recipient?: string
  /** On whom, of several whom the paper names. */
  party?: string
  receiptId?: string
  place?: string
  by: readonly FactPerson[]
}>

/** A service that was registered wrongly and taken back: it counts no more and stays to be seen. */
export type RetractedServing = Serving &
  Readonly<{ retracted: Readonly<{ by: FactPerson; reason: string; at: Instant }> }>

export type Voiding = Readonly<{ by: FactPerson; reason: string; at: Instant }>

/**
 * One document of a case. `issued` is for good once somebody relies on it: then only a correction, its own flow, follows.
 * Before that its author may void it; it keeps its number and stays where it was.
 */
export type DocumentState = Readonly<{
  id: string
  type: string
  step: string
  version: number
  status: 'submitted' | 'returned' | 'issued' | 'voided'
  about?: string
  data: DocumentData
  dataHash: string
  submittedAt: Instant
  submittedBy: FactPerson
  approvals: readonly Approval[]
  returned?: Approval
  signatures: readonly Signature[]
  number?: string
  issuedOn?: string
  issuedAt?: Instant
  /** `checkpoint` is the log's latest when it was made. */
  pdf?: Readonly<{
    blob: BlobRef
    pages: number
    checkpoint?: string
    sealing?: Sealing
    notSealed?: NotSealed
  }>
  /** The services that count. */
  served: readonly Serving[]
  retracted: readonly RetractedServing[]
  voided?: Voiding
  /** It is to take the place of the paper that it is about, as that approval says. */
  corrects?: true
  approvalId?: string
  /** It was written by hand on this numbered blank. */
  preNumber?: string
  /** Another paper took its place: it stays as it is, and the law reads what the other says. */
  corrected?: Readonly<{ by: string; at: Instant; approvalId?: string }>
}>

type DocumentEvent = Extract<CaseEvent, { type: `Document${string}` }>

const opened = (e: Extract<CaseEvent, { type: 'DocumentSubmitted' }>, by: FactPerson): DocumentState => ({
  id: e.data.public.documentId,
  type: e.data.public.type,
  step: e.data.public.step,
  version: e.data.public.version,
  status: 'submitted',
  ...(e.data.public.about === undefined ? {} : { about: e.data.public.about }),
  ...(e.data.public.corrects === undefined ? {} : { corrects: true as const }),
  ...(e.data.public.approvalId === undefined ? {} : { approvalId: e.data.public.approvalId }),
  ...(e.data.public.preNumber === undefined ? {} : { preNumber: e.data.public.preNumber }),
  data: { ...e.data.public.data, ...e.data.internal.data, ...e.data.personal?.data },
  dataHash: e.data.public.dataHash,
  submittedAt: e.occurredAt,
  submittedBy: by,
  approvals: [],
  signatures: [],
  served: [],
  retracted: [],
})

const signed = (e: Extract<CaseEvent, { type: 'DocumentSigned' }>, inSessionOf: FactPerson): Signature => {
  const { by, strokes, refusal } = e.data.internal
  const fingermark = e.data.personal?.fingermark
  return {
    role: e.data.public.role,
    method: e.data.public.method,
    name: by?.name ?? e.data.personal?.name ?? '',
    at: e.data.public.signedAt,
    ...(by === undefined ? {} : { personId: by.personId }),
    ...(strokes === undefined ? {} : { strokes }),
    ...(fingermark === undefined ? {} : { fingermark }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(inSessionOf.name === undefined ? {} : { session: inSessionOf.name }),
    ...(e.data.public.handedOver === undefined ? {} : { handedOver: true as const }),
  }
}

const serving = (
  { served, retracted }: DocumentState,
  { data }: Extract<CaseEvent, { type: 'DocumentServed' }>,
): Serving => ({
  no: served.length + retracted.length,
  mode: data.public.mode,
  at: data.public.servedAt,
  ...present({
    recipient: data.personal?.recipient,
    party: data.personal?.party,
    receiptId: data.internal.receiptId,
    place: data.internal.place,
  }),
  by: data.internal.by,
})

/** Folds one document event into the document it is about; `by` is the actor. */
export const evolveDocument = (
  state: DocumentState | undefined,
  e: DocumentEvent,
  by: FactPerson,
): DocumentState | undefined => {
  if (e.type === 'DocumentSubmitted') return opened(e, by)
  if (state === undefined) return undefined
  switch (e.type) {
    case 'DocumentApproved':
      return {
        ...state,
        approvals: [...state.approvals, { rank: e.data.public.rank, ...e.data.internal, at: e.occurredAt }],
      }
    case 'DocumentReturned':
      return {
        ...state,
        status: 'returned',
        returned: { rank: e.data.public.rank, ...e.data.internal, at: e.occurredAt },
      }
    case 'DocumentSigned':
      return { ...state, signatures: [...state.signatures, signed(e, by)] }
    case 'DocumentIssued':
      return {
        ...state,
        status: 'issued',
        issuedOn: e.data.public.issuedOn,
        issuedAt: e.occurredAt,
        ...(e.data.public.number === undefined ? {} : { number: e.data.public.number }),
      }
    case 'DocumentVoided':
      return { ...state, status: 'voided', voided: { ...e.data.internal, at: e.occurredAt } }
    case 'DocumentCorrected': {
      const { by: other, approvalId } = e.data.public
      const corrected = { by: other, at: e.occurredAt, ...(approvalId === undefined ? {} : { approvalId }) }
      return { ...state, corrected }
    }
    case 'DocumentRendered': {
      const { documentId: _, ...pdf } = e.data.public
      return { ...state, pdf: present(pdf) }
    }
    case 'DocumentServed':
      return { ...state, served: [...state.served, serving(state, e)] }
    case 'DocumentServiceRetracted': {
      const { serving: no } = e.data.public
      const retracted = { ...e.data.internal, at: e.occurredAt }
      const back = state.served.filter((one) => one.no === no).map((one) => ({ ...one, retracted }))
      return {
        ...state,
        served: state.served.filter((one) => one.no !== no),
        retracted: [...state.retracted, ...back],
      }
    }
  }
}
