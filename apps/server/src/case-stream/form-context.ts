import { SOURCE_NAMES } from '@liuhen/domain/case/words'
import type { CaseState, OpenCase } from '@liuhen/domain/case/state'
import { chinaDate } from '@liuhen/domain/document/china-time'
import type { CaseLaw } from '@liuhen/domain/case/context'
import { hasEffect } from '@liuhen/domain/document/correction'
import type { FormContext } from '@liuhen/domain/document/form-context'
import { lastSent, onItsWay } from '@liuhen/domain/document/on-its-way'
import type { DocumentState } from '@liuhen/domain/document/state'
import { unservedOf } from '@liuhen/domain/document/unserved'
import type { AgencyProfile } from '@liuhen/domain/agency/events'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { FactPerson, Instant } from '@liuhen/law/fact'
import { clockIn, transcriptText } from '@liuhen/domain/recording/transcript'
import type { KeptItem } from '@liuhen/law/evaluation'
import type { CaseFilms } from './case-films.ts'
import { evidenceOf } from './evidence-rows.ts'
import type { CaseTerms } from './terms.ts'

/** The latest issued document of each type: its data, number and day. A correction counts from its effect. */
const issuedOf = (s: OpenCase): FormContext['documents'] => {
  const issued = Object.values(s.documents)
    .filter((d) => d.status === 'issued' && (d.corrects !== true || hasEffect(s, d)))
    .toSorted((a, b) => Date.parse(a.issuedAt ?? '') - Date.parse(b.issuedAt ?? ''))
  return Object.fromEntries(
    issued.map((d) => [d.type, present({ ...d.data, number: d.number, issuedOn: d.issuedOn })]),
  )
}

const stepOf = (s: OpenCase, step: string): FormContext['step'] => {
  const begun = s.begun[step]
  const done = s.facts.findLast((f) => f.kind === 'step' && f.name === step && f.state === 'done')
  return present({ startedAt: begun?.from, endedAt: done?.to, place: begun?.place ?? s.place })
}

/** The papers that the procedure marks: what it decides by, and what gives the case its number. */
const markedOf = (documents: FormContext['documents'], words: FormQuestion['words']) => {
  const { decision, opening } = words?.procedure ?? {}
  return present({
    decision: decision === undefined ? undefined : documents[decision],
    opening: opening === undefined ? undefined : documents[opening],
  })
}

/** When each step was done, the last time where it was done again. */
const doneOf = (s: OpenCase): FormContext['steps'] =>
  Object.fromEntries(
    s.facts
      .filter((f) => f.kind === 'step' && f.state === 'done')
      .map((f) => [f.name, { endedAt: f.to ?? f.at }]),
  )

const eventsOf = (s: OpenCase): FormContext['events'] =>
  Object.fromEntries(
    s.facts.filter((f) => f.kind === 'event').map((f) => [f.name, { ...f.data, at: f.at }] as const),
  )

export type FormQuestion = Readonly<{
  agency: AgencyProfile
  step: string | undefined
  actor: Pick<Actor, 'name' | 'certNo' | 'personId'> | undefined
  now: Instant
  /** The document or recording that the form is about: 送达回证, 视听资料说明. */
  about?: string | undefined
  words?: Pick<CaseTerms, 'documentName' | 'sceneName' | 'procedure'> &
    Partial<Pick<CaseTerms, 'filming' | 'notes' | 'resultOf'>>
  /** Which events send a paper. */
  law?: Pick<CaseLaw, 'event' | 'document'>
  /** The recordings that the form tells of, as their own streams know them. */
  films?: CaseFilms
  /** How long each of them is kept. */
  kept?: ReadonlyMap<string, KeptItem>
}>

type Recording = OpenCase['recordings'][number]

/** The device's number, as the recording's own facts tell it. */
const deviceOf = (s: OpenCase, recordingId: string): string | undefined => {
  const device = s.facts.findLast((f) => f.ref === recordingId && f.data?.['device'] !== undefined)?.data?.[
    'device'
  ]
  return typeof device === 'string' ? device : undefined
}

const recordingOf = (s: OpenCase, r: Recording) =>
  present({
    id: r.recordingId,
    scene: r.scene,
    from: r.from,
    to: r.to,
    sha256: r.blob.sha256,
    deviceNo: deviceOf(s, r.recordingId),
  })

const officerOf = ({ personId, name, certNo }: FactPerson) => present({ personId, name, certNo })

/** A register has no handlers: who began the step is the officer of its papers, or whoever writes one. */
const handlersOf = (s: OpenCase, { actor, step }: FormQuestion): FormContext['handlers'] => {
  if (!s.register) return s.handlers.map(officerOf)
  const { personId, name, certNo } = actor ?? {}
  const writer = personId === undefined || certNo === undefined ? [] : [present({ personId, name, certNo })]
  const begun = step === undefined ? undefined : s.begun[step]
  return (begun === undefined || begun.officers.length === 0 ? writer : begun.officers).map(officerOf)
}

/** What was written down of it and marked in it, as papers hold it. */
const heardIn = ({ films, words }: FormQuestion, recordingId: string) => {
  const film = films?.get(recordingId)
  if (film === undefined) return {}
  const names = new Map(words?.filming?.keyContent.map((k) => [k.code, k.label]))
  const marks = film.points.flatMap(({ code, atSeconds }) =>
    atSeconds === undefined ? [] : [{ at: clockIn(atSeconds), what: names.get(code) ?? code }],
  )
  return present({
    fileName: film.manifest.fileName,
    maker: film.manifest.officer.name,
    place: film.labels?.details?.['place'],
    marks: marks.length === 0 ? undefined : marks.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    transcript: film.transcript && transcriptText(film.transcript.lines),
  })
}

/**
 * The service that a receipt is to prove, and who is still wanting: of several on whom a paper is served the last counts
 * only while fewer receipts than services are there and nothing is on its way; then the next receipt is of somebody else.
 */
const servingOf = (s: OpenCase, doc: DocumentState, { law }: FormQuestion) => {
  const [wanting] = law === undefined ? [] : unservedOf(doc, law.document(doc.type) ?? {}, s.documents)
  const last = doc.served.at(-1)
  if (wanting === undefined) return { last }
  const isReceipt = ({ about, type, status }: DocumentState): boolean =>
    about === doc.id &&
    (status === 'submitted' || status === 'issued') &&
    law?.document(type)?.provesService === true
  const receipts = Object.values(s.documents).filter(isReceipt)
  const isSent = law !== undefined && onItsWay(s, doc.id, law) !== undefined
  return receipts.length < doc.served.length && !isSent ? { last } : { wanting }
}

const aboutOf = (s: OpenCase, q: FormQuestion): FormContext['about'] => {
  const doc = q.about === undefined ? undefined : s.documents[q.about]
  if (doc !== undefined) {
    const name = q.words?.documentName(doc.type, doc.data)
    const { last, wanting } = servingOf(s, doc, q)
    const receiver = last?.party === undefined ? undefined : last.recipient
    const service = last && present({ ...last, receiver, by: last.by.map(officerOf) })
    const sent = q.law && lastSent(s, doc.id, q.law)
    const other = doc.about === undefined ? undefined : s.documents[doc.about]
    const of = other && present({ name: q.words?.documentName(other.type, other.data), number: other.number })
    return present({
      id: doc.id,
      name,
      number: doc.number,
      issuedOn: doc.issuedOn,
      service,
      wanting,
      sent: sent && { ...sent.data, mode: sent.mode },
      of,
      said: doc.data,
    })
  }
  const r = s.recordings.find((one) => one.recordingId === q.about)
  if (r === undefined) return undefined
  const told = s.facts.findLast((f) => f.kind === 'recording' && f.ref === r.recordingId)?.data
  const sceneName = q.words?.sceneName(r.scene)
  return present({
    ...recordingOf(s, r),
    medium: r.medium,
    sceneName,
    proves: told?.['proves'],
    ...heardIn(q, r.recordingId),
  })
}

const evidenceIn = (s: OpenCase, { films, kept, words }: FormQuestion) =>
  films &&
  words &&
  evidenceOf(s, {
    films,
    kept,
    sceneName: words.sceneName,
    entries: new Set(words.notes?.filter((n) => n.means === 'evidence-kept').map((n) => n.name)),
  })

const unknownCase: FormContext['case'] = { title: '' }

/** When the decision of the case was undone last. */
const undoneAt = (s: OpenCase, words: FormQuestion['words']): number => {
  const names = new Set(words?.notes?.filter((n) => n.means === 'undone').map((n) => n.name))
  const undone = s.facts.filter((f) => f.kind === 'event' && names.has(f.name))
  return Math.max(...undone.map((f) => Date.parse(f.at)), Number.NEGATIVE_INFINITY)
}

/**
 * How the matter ended: the latest paper in force that says so. What was made before the decision was undone says it no
 * longer, and whether it was changed, revoked or found unlawful is in no code: until a new paper, nothing is said.
 */
const outcomeOf = (s: OpenCase, words: FormQuestion['words']): string | undefined =>
  Object.values(s.documents)
    .filter(
      (d) => d.status === 'issued' && d.corrected === undefined && (d.corrects !== true || hasEffect(s, d)),
    )
    .filter((d) => Date.parse(d.issuedAt ?? '') > undoneAt(s, words))
    .toSorted((a, b) => Date.parse(b.issuedAt ?? '') - Date.parse(a.issuedAt ?? ''))
    .flatMap((d) => words?.resultOf?.(d.type, d.data) ?? [])[0]

const caseOf = (s: OpenCase, words: FormQuestion['words']): FormContext['case'] =>
  present({
    outcome: outcomeOf(s, words),
    caseNo: s.caseNo,
    leadNo: s.leadNo,
    act: words?.procedure.act,
    title: s.title,
    summary: s.summary,
    source: s.source,
    sourceLabel: s.source && SOURCE_NAMES[s.source],
    place: s.place,
    occurredAt: s.occurredAt,
    receivedAt: s.receivedAt,
    violation: s.violation,
  })

const agencyOf = (a: AgencyProfile): FormContext['agency'] =>
  present({
    name: a.name,
    shortName: a.shortName,
    address: a.address,
    phone: a.phone,
    reconsiderationBody: a.reconsiderationBody,
    court: a.court,
    paymentBank: a.paymentBank,
    paymentAccount: a.paymentAccount,
  })

const partyOf = (party: NonNullable<OpenCase['party']>): FormContext['party'] => ({
  ...party,
  ...present({ speaker: party.kind === 'person' ? party.name : party.representative }),
})

/** What the case already knows when a form is opened, so that nothing is typed twice. */
export const formContext = (s: CaseState, q: FormQuestion): FormContext => {
  const now = { date: chinaDate(q.now) ?? '', datetime: q.now }
  const agency = agencyOf(q.agency)
  const actor =
    q.actor === undefined ? {} : { actor: present({ name: q.actor.name, certNo: q.actor.certNo }) }
  if (s.kind === 'none')
    return { agency, case: unknownCase, handlers: [], now, steps: {}, documents: {}, recordings: [] }
  const documents = issuedOf(s)
  return {
    agency,
    case: caseOf(s, q.words),
    ...(s.party === undefined ? {} : { party: partyOf(s.party) }),
    handlers: handlersOf(s, q),
    ...(q.step === undefined ? {} : { step: stepOf(s, q.step) }),
    ...actor,
    now,
    steps: doneOf(s),
    documents,
    events: eventsOf(s),
    ...markedOf(documents, q.words),
    recordings: s.recordings.map((r) => recordingOf(s, r)),
    ...present({ about: aboutOf(s, q), evidence: evidenceIn(s, q) }),
    ...(s.file === undefined ? {} : { file: { items: s.file } }),
  }
}
