import type { Fact, FactPerson, Instant } from '@liuhen/law/fact'
import { factsOfDocument, isOfDocument, type KnownDocuments } from '../document/facts.ts'
import { present } from '../present.ts'
import type { CaseEvent, CaseEventOf } from './events.ts'
import { scalars } from './scalars.ts'

const event = (name: string, at: Instant, rest: Partial<Fact> = {}): Fact => ({
  kind: 'event',
  name,
  at,
  ...rest,
})

const factOfStep = (e: CaseEventOf<'StepBegun'> | CaseEventOf<'StepCompleted'>): Fact => {
  if (e.type === 'StepBegun') {
    const { step, from } = e.data.public
    return { kind: 'step', name: step, state: 'begun', at: from, from, step, by: e.data.internal.officers }
  }
  const { step, from, to } = e.data.public
  const { officers, data } = e.data.internal
  return {
    kind: 'step',
    name: step,
    state: 'done',
    at: to,
    from,
    to,
    step,
    by: officers,
    data: scalars(data),
  }
}

type FileEvent = Extract<
  CaseEvent,
  { type: 'CaseFileAssembled' | 'CaseArchived' | `Disclosure${string}` | 'PackageExported' }
>

/** What keeping a finished case and showing it mean to the law. */
const factsOfFile = (e: FileEvent, by: FactPerson): Fact[] => {
  const at = e.occurredAt
  switch (e.type) {
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
  }
}

/** What an event means to the law. `s` is the case before the event. */
export const factsOf = (e: CaseEvent, by: FactPerson, s: KnownDocuments): Fact[] => {
  if (isOfDocument(e)) return factsOfDocument(e, by, s)
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
    case 'StepBegun':
    case 'StepCompleted':
      return [factOfStep(e)]
    case 'FactNoted': {
      const { step, about, data, by: took } = e.data.internal
      const { name, at: happened, ref, from, to } = e.data.public
      const where = present({ step, about, ref, from, to })
      return [event(name, happened, { ...where, by: took ?? [by], data: scalars(data) })]
    }
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
    case 'CaseArchived':
    case 'DisclosurePublished':
    case 'DisclosureWithdrawn':
    case 'PackageExported':
      return factsOfFile(e, by)
    case 'RegisterOpened':
    case 'WarningOverridden':
    case 'SettingsAdopted':
    case 'ContentShredded':
      return []
  }
}
