import type { Fact, FactPerson, Instant } from '@liuhen/law/fact'
import type { Actor } from '../event.ts'
import { type DocumentEvent, isOfDocument } from '../document/facts.ts'
import { type DocumentState, evolveDocument } from '../document/state.ts'
import type { CaseEvent, CaseEventOf, LawSelection, Party, Source } from './events.ts'
import { factsOf } from './facts.ts'
import { isShredded, withoutContent } from './shredded.ts'

export type CaseRecording = Extract<CaseEvent, { type: 'RecordingLinked' }>['data']['public']
export type CaseFileItem = Extract<
  CaseEvent,
  { type: 'CaseFileAssembled' }
>['data']['public']['items'][number]

type Published = Readonly<{ disclosureId: string; documentId: string; channel: string; at: Instant }>

export type OpenCase = Readonly<{
  kind: 'open'
  /** It is a register and no case: kept by the posts of the agency, without source, party and file. */
  register?: true
  leadNo: string
  caseNo?: string
  procedure: string
  law: LawSelection
  /** Every case has one; a register has none. */
  source?: Source
  receivedAt: Instant
  title: string
  summary: string
  place?: string
  occurredAt?: Instant
  violation?: string
  informant?: { name?: string; phone?: string }
  party?: Party
  handlers: readonly FactPerson[]
  flags: readonly string[]
  steps: Readonly<Record<string, 'begun' | 'done'>>
  /** The last beginning of each step: what its completion starts from. */
  begun: Readonly<Record<string, { from: Instant; place?: string; officers: readonly FactPerson[] }>>
  documents: Readonly<Record<string, DocumentState>>
  recordings: readonly CaseRecording[]
  facts: readonly Fact[]
  file?: readonly CaseFileItem[]
  /** Papers that were there when the case was taken up anew: they stay, and may be made again. */
  earlier?: readonly string[]
  /** Its content was destroyed according to law: what is left is what the public parts of its events say. */
  shredded?: { batchId: string; number: string; at: Instant }
  archive?: { archiveNo: string; keptUntil?: string; why: string; at: Instant }
  disclosure?: Published
  /** Publications that were taken back, the first first. */
  withdrawn: readonly (Published & { reason: string; withdrawnAt: Instant })[]
  packages: readonly {
    packageId: string
    purpose: string
    recipient: string
    at: Instant
    audience: 'whole' | 'party'
  }[]
}>

/** A case that has not begun has no other property. */
export type CaseState = Readonly<{ kind: 'none' }> | OpenCase

export const initialCase: CaseState = { kind: 'none' }

type By = Pick<Actor, 'personId' | 'name' | 'certNo' | 'certValidTo' | 'userId'>

export const personOf = (actor: By): FactPerson => ({
  personId: actor.personId ?? actor.userId,
  name: actor.name,
  ...(actor.certNo === undefined ? {} : { certNo: actor.certNo }),
  ...(actor.certValidTo === undefined ? {} : { certValidTo: actor.certValidTo }),
})

type Beginning = Extract<CaseEvent, { type: 'LeadRegistered' | 'RegisterOpened' }>
const isBeginning = (e: CaseEvent): e is Beginning =>
  e.type === 'LeadRegistered' || e.type === 'RegisterOpened'

const empty = {
  kind: 'open',
  handlers: [],
  flags: [],
  steps: {},
  begun: {},
  documents: {},
  recordings: [],
  facts: [],
  withdrawn: [],
  packages: [],
} as const

const open = (e: Beginning): OpenCase => {
  if (e.type === 'LeadRegistered')
    return {
      ...empty,
      ...e.data.public,
      ...e.data.internal,
      ...(e.data.personal?.informant === undefined ? {} : { informant: e.data.personal.informant }),
    }
  const { registerNo, openedAt, ...rest } = e.data.public
  return {
    ...empty,
    ...rest,
    ...e.data.internal,
    register: true,
    leadNo: registerNo,
    receivedAt: openedAt,
    summary: '',
  }
}

const withDocument = (s: OpenCase, e: DocumentEvent, by: FactPerson): OpenCase => {
  const id = e.data.public.documentId
  const next = evolveDocument(s.documents[id], e, by)
  return next === undefined ? s : { ...s, documents: { ...s.documents, [id]: next } }
}

/** Steps and papers stay on record; what closed the case has gone, and what was done may begin once more. */
const takenUpAnew = ({ archive: _archive, file: _file, ...s }: OpenCase): OpenCase => ({
  ...s,
  begun: Object.fromEntries(Object.entries(s.begun).filter(([step]) => s.steps[step] !== 'done')),
  earlier: Object.keys(s.documents),
})

const withDisclosure = (s: OpenCase, e: Extract<CaseEvent, { type: `Disclosure${string}` }>): OpenCase => {
  const { disclosureId } = e.data.public
  if (e.type === 'DisclosurePublished') {
    const { documentId, channel } = e.data.public
    return { ...s, disclosure: { disclosureId, documentId, channel, at: e.occurredAt } }
  }
  const { disclosure, ...hidden } = s
  if (disclosure?.disclosureId !== disclosureId) return s
  const { reason } = e.data.public
  return { ...hidden, withdrawn: [...s.withdrawn, { ...disclosure, reason, withdrawnAt: e.occurredAt }] }
}

const change = (s: OpenCase, e: CaseEvent, by: FactPerson): OpenCase => {
  if (isOfDocument(e)) return withDocument(s, e, by)
  switch (e.type) {
    case 'LeadRegistered':
    case 'RegisterOpened':
      return s
    case 'PartyNamed':
      return e.data.personal === undefined ? s : { ...s, party: e.data.personal }
    case 'HandlersAssigned':
      return { ...s, handlers: e.data.internal.handlers }
    case 'CaseFlagged': {
      const others = s.flags.filter((f) => f !== e.data.public.flag)
      return { ...s, flags: e.data.public.on ? [...others, e.data.public.flag] : others }
    }
    case 'StepBegun': {
      const { step, from } = e.data.public
      const { officers, place } = e.data.internal
      const begun = { from, officers, ...(place === undefined ? {} : { place }) }
      return { ...s, steps: { ...s.steps, [step]: 'begun' }, begun: { ...s.begun, [step]: begun } }
    }
    case 'StepCompleted':
      return { ...s, steps: { ...s.steps, [e.data.public.step]: 'done' } }
    case 'FactNoted':
      return e.data.public.anew === true ? takenUpAnew(s) : s
    case 'WarningOverridden':
    case 'DutyExcused':
      return s
    case 'CaseNumbered':
      return { ...s, caseNo: e.data.public.caseNo }
    case 'RecordingLinked':
      return { ...s, recordings: [...s.recordings, e.data.public] }
    case 'RecordingNoted':
      return s
    case 'SettingsAdopted':
      return { ...s, law: { ...s.law, settings: { ...s.law.settings, ...e.data.public.settings } } }
    case 'CaseFileAssembled':
      return { ...s, file: e.data.public.items }
    case 'CaseArchived':
      return { ...s, archive: { ...e.data.public, at: e.occurredAt } }
    case 'DisclosurePublished':
    case 'DisclosureWithdrawn':
      return withDisclosure(s, e)
    case 'ContentShredded': {
      const { batchId, number } = e.data.public
      return { ...s, shredded: { batchId, number, at: e.occurredAt } }
    }
    case 'PackageExported':
      return {
        ...s,
        packages: [
          ...s.packages,
          {
            packageId: e.data.public.packageId,
            purpose: e.data.internal.purpose,
            audience: e.data.public.audience,
            recipient: e.data.internal.recipient,
            at: e.occurredAt,
          },
        ],
      }
  }
}

const isServiceOf = (f: Fact, documentId: string): boolean =>
  f.kind === 'document' && f.state === 'served' && f.ref === documentId

/** The facts without that of the service that is taken back: rules know only services that count. */
const withoutService = (
  s: OpenCase,
  { documentId, serving }: CaseEventOf<'DocumentServiceRetracted'>['data']['public'],
): readonly Fact[] => {
  const place = s.documents[documentId]?.served.findIndex((one) => one.no === serving) ?? -1
  const gone = s.facts.filter((f) => isServiceOf(f, documentId))[place]
  return s.facts.filter((f) => f !== gone)
}

/**
 * Facts that stay when this event comes: what is newly known of a recording replaces what was known of it, and a service
 * that was taken back is known no more.
 */
const standing = (s: OpenCase, e: CaseEvent): readonly Fact[] => {
  if (e.type === 'DocumentServiceRetracted') return withoutService(s, e.data.public)
  if (e.type !== 'RecordingLinked' && e.type !== 'RecordingNoted') return s.facts
  return s.facts.filter((f) => f.ref !== e.data.public.recordingId)
}

type JoinFacts = (known: readonly Fact[], added: readonly Fact[]) => readonly Fact[]
const both: JoinFacts = (known, added) => [...known, ...added]

/**
 * For the fold of one whole stream, whose states between are nobody's: facts are put to the end of one list. Copying a
 * register's list at each of its entries takes the square of their number.
 */
export const growingFacts = (): JoinFacts => {
  let own: Fact[] = []
  return (known, added) => {
    if (known !== own) own = [...known]
    for (const fact of added) own.push(fact)
    return own
  }
}

/** Folds an event of a case stream, also when compartments of it were destroyed according to law. `actor` is the event's own. Anything before its beginning is ignored. */
export const evolveCase = (state: CaseState, e: CaseEvent, actor: By, join: JoinFacts = both): CaseState => {
  const isEmpty = isShredded(e)
  const told = isEmpty ? withoutContent(e) : e
  const s = isBeginning(told) ? open(told) : state
  if (s.kind === 'none') return s
  const by = personOf(actor)
  const next = change(s, told, by)
  // What nobody knows any more is no fact.
  return isEmpty ? next : { ...next, facts: join(standing(s, told), factsOf(told, by, s)) }
}
