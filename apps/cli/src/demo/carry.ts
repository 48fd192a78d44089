import type { ResponseOf } from '@liuhen/api/route'
import { noteFact, type getCase } from '@liuhen/api/routes/cases'
import { type Carried, before, persist } from './persist.ts'
import { type Form, approve, as, begin, complete, idsOf, serve, sign, submit, workspace } from './play.ts'
import { record } from './record.ts'

type Workspace = ResponseOf<typeof getCase>
type StepView = Workspace['evaluation']['steps'][number]
type DocumentView = Workspace['documents'][number]

const CREW = ['officer', 'partner'] as const

/** Who of the crew acts for a role or rank of the law. */
const POST_OF: Readonly<Record<string, string>> = {
  officer: 'officer',
  'intake-clerk': 'clerk',
  'unit-head': 'unitHead',
  'agency-head': 'head',
  'legal-reviewer': 'reviewer',
  archivist: 'archivist',
  publisher: 'publisher',
  supervisor: 'supervisor',
  'av-custodian': 'archivist',
  handler: 'officer',
  collective: 'head',
}

const SIGNERS: Readonly<Record<string, readonly string[]>> = {
  officer: CREW,
  recorder: ['partner'],
  reviewer: ['reviewer'],
  chair: ['head'],
  participant: ['head', 'unitHead'],
  custodian: ['archivist'],
  approver: ['head'],
}

const stepOf = async (p: Carried, id: string): Promise<StepView> => {
  const found = (await workspace(p)).evaluation.steps.find((s) => s.id === id)
  if (found === undefined) throw new Error(`the procedure has no step ${id}`)
  return found
}

export const isNeeded = async (p: Carried, id: string): Promise<boolean> =>
  (await stepOf(p, id)).status !== 'not-needed'

/** Somebody has begun the step, or written its first paper. */
export const isBegun = async (p: Carried, id: string): Promise<boolean> =>
  (await stepOf(p, id)).status === 'begun'

const documentOf = async (p: Carried, id: string): Promise<DocumentView> => {
  const found = (await workspace(p)).documents.find((d) => d.id === id)
  if (found === undefined) throw new Error(`no document ${id}`)
  return found
}

const outsider = ({ matter: { party } }: Carried): string => party.representative ?? party.name

/** Whoever has to sign, signs: the crew each in their own session, people from outside on the pad. */
const signAll = async (p: Carried, who: string, doc: DocumentView): Promise<void> => {
  for (const { role, need, got, ownHand } of doc.signatures) {
    if (got.length >= need) continue
    const own = role === 'recorder' && who === 'clerk' ? [who] : (SIGNERS[role] ?? [who])
    const hands = ownHand
      ? own.slice(0, need).map((person) => ({ role, person }))
      : [{ role, name: outsider(p) }]
    await persist(p, doc.step, () => sign(p, who, doc.id, hands))
  }
}

/** Whoever has not signed it yet signs. */
export const signPaper = async (p: Carried, who: string, id: string): Promise<void> =>
  signAll(p, who, await documentOf(p, id))

/** One paper from the form to its issue: submitted, approved by every rank in turn, signed. Answers its id. */
export const paper = async (p: Carried, who: string, form: Form): Promise<string> => {
  const data = { ...p.forms[form.type], ...form.data }
  const id = await persist(p, form.step, (reason) =>
    submit(p, who, { ...form, data, ...(reason !== undefined && { reason }) }),
  )
  for (;;) {
    const doc = await documentOf(p, id)
    const next = doc.approvals.find((a) => a.state === 'next')
    if (next === undefined) {
      await signAll(p, who, doc)
      return id
    }
    await persist(p, form.step, () => approve(p, POST_OF[next.rank] ?? 'head', id))
  }
}

/** Whom the paper is still to reach: each of several whom it names, or the party alone. */
const wantingOf = async (p: Carried, documentId: string): Promise<readonly (string | undefined)[]> => {
  const { unserved } = await documentOf(p, documentId)
  return unserved.length === 0 ? [undefined] : unserved
}

const handTo = (p: Carried, step: string, documentId: string, party: string | undefined): Promise<unknown> =>
  persist(p, step, (reason) =>
    serve(p, 'officer', documentId, {
      mode: 'direct',
      servedAt: before(p, 0),
      recipient: party ?? outsider(p),
      officerIds: idsOf(p, CREW),
      place: p.matter.party.address ?? p.matter.place,
      ...(party !== undefined && { party }),
      ...(reason !== undefined && { reason }),
    }),
  )

/** Handed over in person to each on whom it is served. */
export const handOver = async (p: Carried, step: string, documentId: string): Promise<void> => {
  for (const party of await wantingOf(p, documentId)) await handTo(p, step, documentId, party)
}

/** Handed over in person; the receipt of each is a paper of the step. */
export const serveInPerson = async (p: Carried, step: string, documentId: string): Promise<void> => {
  for (const party of await wantingOf(p, documentId)) {
    await handTo(p, step, documentId, party)
    const data = { servedAt: before(p, 0), place: p.matter.party.address ?? p.matter.place }
    await paper(p, 'officer', { type: 'service-receipt', step, about: documentId, data })
  }
}

const WANTED: readonly string[] = ['must', 'as-needed']

type Made = Readonly<{ step: string; scene: string; minutes: number; device?: string; about?: string }>

/** What cameras see that are fixed to the room. */
const FIXED: readonly string[] = ['handling-area', 'service-window']

export const recordScene = (p: Carried, { minutes, ...made }: Made): Promise<string> =>
  record(p, {
    ...made,
    clip: 'notice',
    fixed: FIXED.includes(made.scene),
    from: before(p, minutes),
    to: before(p, 0),
    details: { place: p.matter.place, content: p.matter.violation },
  })

/** What is asked for by now: not what will be, if what it hangs on happens. */
export const wantedOf = ({ recordings }: Pick<StepView, 'recordings'>): readonly string[] =>
  recordings
    .filter((r) => WANTED.includes(r.strength) && !r.done && r.ahead === undefined)
    .map(({ scene }) => scene)

const wantedScenes = async (p: Carried, id: string): Promise<readonly string[]> =>
  wantedOf(await stepOf(p, id))

/** One recording of the whole activity; what else it shows is said; what has to be recorded for itself, by a second recorder. */
const recordScenes = async (p: Carried, step: string, minutes: number): Promise<void> => {
  const [first, ...others] = await wantedScenes(p, step)
  if (first === undefined) return
  const about = await recordScene(p, { step, scene: first, minutes })
  for (const scene of others)
    await as(p, 'officer').call(noteFact, {
      params: { id: p.caseId },
      body: { name: 'recording-shows', at: before(p, 0), step, about, data: { scene } },
    })
  const left = others.length === 0 ? [] : await wantedScenes(p, step)
  for (const [i, scene] of left.entries())
    await recordScene(p, { step, scene, minutes, device: `${i + 8}`.padStart(2, '0') })
}

/** The recordings that the texts want, then the end of the step. */
export const finishStep = async (p: Carried, id: string, minutes?: number): Promise<void> => {
  const step = await stepOf(p, id)
  await recordScenes(p, id, minutes ?? 5)
  const span = minutes === undefined ? {} : { from: before(p, minutes), to: before(p, 0) }
  const who = POST_OF[step.by[0] ?? ''] ?? 'officer'
  await persist(p, id, (reason) => complete(p, who, id, { ...span, ...(reason !== undefined && { reason }) }))
}

/**
 * One step as the workspace says: the papers and recordings that the agency's texts want, whatever texts these are.
 * `minutes`: how long an activity in the field lasted that ends now.
 */
export const carry = async (p: Carried, id: string, minutes?: number): Promise<void> => {
  const step = await stepOf(p, id)
  if (step.status === 'not-needed' || step.status === 'done') return
  const who = POST_OF[step.by[0] ?? ''] ?? 'officer'
  const span = minutes === undefined ? undefined : { startAt: before(p, minutes), endAt: before(p, 0) }
  if (minutes !== undefined) {
    const body = { from: before(p, minutes), officerIds: idsOf(p, CREW), place: p.matter.place }
    await persist(p, id, (reason) => begin(p, who, id, { ...body, ...(reason !== undefined && { reason }) }))
  }
  for (const { type, required, done } of step.documents)
    if (required && !done) await paper(p, who, { type, step: id, ...(span && { span }) })
  await finishStep(p, id, minutes)
}
