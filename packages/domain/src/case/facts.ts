import type { Fact, FactPerson, Instant } from '@liuhen/law/fact'
import { present } from '../present.ts'
import type { CaseEvent } from './events.ts'

type FactData = NonNullable<Fact['data']>
type Known = Readonly<{
  documents: Readonly<
    Record<
      string,
      { type: string; step: string; about?: string; corrects?: true; data: object; issuedAt?: Instant }
    >
  >
}>

/** Rules read scalars and lists of scalars; of rows and dialogues, which stay in the document, how many there are. */
export const scalars = (data: object): FactData => {
  const out: FactData = {}
  for (const [key, value] of Object.entries(data)) {
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) out[key] = value as string
    else if (Array.isArray(value) && value.every((v) => typeof v === 'string')) out[key] = value
    else if (Array.isArray(value)) out[key] = value.length
  }
  return out
}

const event = (name: string, at: Instant, rest: Partial<Fact> = {}): Fact => ({
  kind: 'event',
  name,
  at,
  ...rest,
})

const documentFact = (s: Known, id: string, state: string, at: Instant, rest: Partial<Fact> = {}): Fact[] => {
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

/** What an event means to the law. `s` is the case before the event. */
export const factsOf = (e: CaseEvent, by: FactPerson, s: Known): Fact[] => {
  const at = e.occurredAt
  switch (e.type) {
    case 'LeadRegistered':
      return [
        event('lead-registered', e.data.public.receivedAt, {
          data: {
            source: e.data.public.source,
            ...(e.data.internal.realName === undefined ? {} : { realName: e.data.internal.realName }),
          },
          by: [by],
        }),
      ]
    case 'PartyNamed':
      return [event('party-named', at, { data: { kind: e.data.public.kind } })]
    case 'HandlersAssigned':
      return [
        event('handlers-assigned', at, {
          by: e.data.internal.handlers.map((h) => ({ ...h, as: 'handler' })),
        }),
      ]
    case 'CaseFlagged':
      return [event('case-flagged', at, { data: { flag: e.data.public.flag, on: e.data.public.on } })]
    case 'CaseNumbered':
      return [event('case-numbered', at, { data: { caseNo: e.data.public.caseNo } })]
    case 'StepBegun': {
      const { step, from } = e.data.public
      return [
        { kind: 'step', name: step, state: 'begun', at: from, from, step, by: e.data.internal.officers },
      ]
    }
    case 'StepCompleted': {
      const { step, from, to } = e.data.public
      const { officers, data } = e.data.internal
      return [
        {
          kind: 'step',
          name: step,
          state: 'done',
          at: to,
          from,
          to,
          step,
          by: officers,
          data: scalars(data),
        },
      ]
    }
    case 'FactNoted': {
      const { step, about, data, by: took } = e.data.internal
      const { name, at: happened, ref, from, to } = e.data.public
      const where = present({ step, about, ref, from, to })
      return [event(name, happened, { ...where, by: took ?? [by], data: scalars(data) })]
    }
    case 'DocumentSubmitted': {
      const { documentId: ref, type, step, about, corrects } = e.data.public
      // Of personal fields rules learn that they are filled, not what they say.
      const filled = Object.fromEntries((e.data.internal.filled ?? []).map((key) => [key, true]))
      const data = { ...filled, ...scalars({ ...e.data.public.data, ...e.data.internal.data }) }
      return [
        {
          kind: 'document',
          name: type,
          state: 'submitted',
          at,
          step,
          ref,
          by: [{ ...by, as: 'author' }],
          data,
          ...(about === undefined ? {} : { about }),
          ...(corrects === undefined ? {} : { corrects }),
        },
      ]
    }
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
        event('document-corrected', at, { about, ref, by: [by], ...data }),
        ...documentFact(s, about, 'corrected', at, { data: { by: ref } }),
      ]
    }
    case 'RegisterOpened':
    case 'DocumentRendered':
    case 'WarningOverridden':
    case 'SettingsAdopted':
      return []
    case 'DocumentServed': {
      const { documentId, mode, servedAt } = e.data.public
      const served = notBefore(s.documents[documentId]?.issuedAt, servedAt)
      // Which of several it is, where nobody said more than who received it, is found by that name.
      const party = e.data.personal?.party ?? e.data.personal?.recipient
      const data: FactData = party === undefined ? { mode } : { mode, party }
      return documentFact(s, documentId, 'served', served, { by: e.data.internal.by, data })
    }
    case 'DocumentServiceRetracted':
      return documentFact(s, e.data.public.documentId, 'service-retracted', at, {
        by: [e.data.internal.by],
        data: { reason: e.data.internal.reason },
      })
    case 'RecordingLinked':
    case 'RecordingNoted':
      return e.data.internal.facts
    case 'DutyExcused':
      return [
        event('duty-excused', at, {
          about: e.data.public.duty,
          by: [by],
          data: { duty: e.data.public.duty, reason: e.data.internal.reason },
        }),
      ]
    case 'CaseFileAssembled':
      return [event('case-file-assembled', at, { data: { items: e.data.public.items.length } })]
    case 'CaseArchived':
      return [
        event('case-archived', at, {
          by: [by],
          data: { archiveNo: e.data.public.archiveNo, keptUntil: e.data.public.keptUntil ?? null },
        }),
      ]
    case 'DisclosurePublished':
      return [
        event('disclosure-published', at, {
          by: [{ ...by, as: 'publisher' }],
          about: e.data.public.documentId,
          data: { channel: e.data.public.channel },
        }),
      ]
    case 'DisclosureWithdrawn': {
      const { documentId: about, since } = e.data.public
      const withdrawn = event('disclosure-withdrawn', at, { by: [{ ...by, as: 'publisher' }], about })
      return since === undefined
        ? [withdrawn]
        : [event('overturning-told', since, { by: [{ ...by, as: 'publisher' }] }), withdrawn]
    }
    case 'PackageExported':
      return [event('package-exported', at)]
    case 'ContentShredded':
      return []
  }
}
