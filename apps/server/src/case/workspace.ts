import { told } from '@liuhen/api/schema/evaluation'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { StandIn } from '@liuhen/domain/person/stand-in'
import type { Actor } from '@liuhen/domain/event'
import { isHandler } from '@liuhen/domain/case/can'
import { canNoteFact } from '@liuhen/domain/case/noting'
import { scenesShownIn } from '@liuhen/domain/recording/shown'
import { present } from '@liuhen/domain/present'
import { canViewOf, canWatchRecording } from '@liuhen/domain/recording/can'
import { documentView } from '../case-stream/document-view.ts'
import type { OpenedCase } from '../case-stream/open-case.ts'
import { notedIn } from './noted.ts'
import { permissionsOf } from './permissions.ts'
import { dutyStateAt, statusOf } from './summary.ts'

/** What other rooms know of the case, as they are asked beside the stream. */
export type Beside = Readonly<{
  /** Whether a recording can be played, by its id; one that is not there was not checked. */
  playable: ReadonlyMap<string, CaseWorkspace['recordings'][number]['playable']>
  /** For which heads, who are away, the one who asks decides today. */
  standIns?: readonly StandIn[]
  /** Who made a recording, by its id. */
  makers: ReadonlyMap<string, string>
  /** State of the packages that were exported; one that is not there is still being made. */
  packages: ReadonlyMap<
    string,
    Readonly<{
      state: 'making' | 'ready' | 'failed' | 'destroyed'
      problem?: { message: string; todo: string }
      sizeBytes?: number
      sha256?: string
    }>
  >
}>

/** What nobody who has watched it has said of a recording yet, though a text wants it. */
const unwatched = (c: OpenedCase, id: string, scene: string): string[] => {
  const told = c.state.facts.findLast((f) => f.kind === 'recording' && f.ref === id)?.data
  return c.terms.checks
    .filter((check) => check.scene === scene && typeof told?.[check.key] !== 'boolean')
    .map((check) => check.label)
}

const permittedOn = (maker: string | undefined, actor: Actor, handles: boolean) => ({
  view: told(canViewOf(maker, actor, handles)),
  watch: told(canWatchRecording(maker, actor, handles)),
})

const recordingsOf = (c: OpenedCase, actor: Actor, beside: Beside): CaseWorkspace['recordings'] =>
  c.state.recordings.map((r) => ({
    ...permittedOn(beside.makers.get(r.recordingId), actor, isHandler(c.state, actor)),
    id: r.recordingId,
    scene: r.scene,
    shows: scenesShownIn(c.state.facts, r.recordingId),
    sceneName: c.terms.sceneName(r.scene),
    step: r.step,
    from: r.from,
    to: r.to,
    medium: r.medium,
    ...r.blob,
    playable: beside.playable.get(r.recordingId) ?? 'not-checked',
    unwatched: unwatched(c, r.recordingId, r.scene),
  }))

const packagesOf = (c: OpenedCase, beside: Beside): CaseWorkspace['packages'] =>
  c.state.packages.map(({ packageId, at, purpose, recipient, audience }) => ({
    id: packageId,
    at,
    audience,
    purpose,
    recipient,
    ...(beside.packages.get(packageId) ?? { state: 'making' as const }),
  }))

const evaluationOf = (c: OpenedCase): CaseWorkspace['evaluation'] => {
  const { receivedAt: startedAt, facts, flags } = c.state
  const e = c.law.evaluate({ startedAt, facts, flags, now: c.now })
  const duties = e.duties.map((d) => ({ ...d, state: dutyStateAt(d, c.now) }))
  // Views of the law are readonly; the schema of the answer is not. JSON knows no difference.
  return { ...e, duties } as unknown as CaseWorkspace['evaluation']
}

type NoteField = OpenedCase['terms']['notes'][number]['fields'][number]

/** Amounts are digits in papers and numbers in facts; both in fen. */
const knownIn = (c: OpenedCase, { fromPaper, type }: NoteField): string | number | boolean | undefined => {
  const [paper, key = ''] = fromPaper?.split('.') ?? []
  const doc = Object.values(c.state.documents).findLast((d) => d.type === paper && d.status === 'issued')
  const value = doc?.data[key]
  if (type === 'money' && typeof value === 'string' && /^\d+$/.test(value)) return Number(value)
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined
}

const fieldOf = (c: OpenedCase, { fromPaper, ...field }: NoteField) => ({
  ...field,
  options: [...field.options],
  ...present({ known: fromPaper === undefined ? undefined : knownIn(c, { ...field, fromPaper }) }),
})

/** Facts that may be registered here, each with whether the one who asks is the one to do it. */
const notesFor = (c: OpenedCase, actor: Actor): CaseWorkspace['notes'] =>
  (c.state.shredded === undefined ? c.terms.notes : []).map((note) => ({
    ...note,
    about: [...note.about],
    while: note.while && [...note.while],
    fulfils: [...note.fulfils],
    fields: note.fields.map((field) => fieldOf(c, field)),
    can: told(canNoteFact(c.state, actor, c.law.event(note.name))),
  }))

const headOf = (c: OpenedCase) => {
  const { state: s } = c
  return present({
    id: c.caseId,
    register: s.register,
    version: c.folded.version,
    leadNo: s.leadNo,
    caseNo: s.caseNo,
    title: s.title,
    summary: s.summary,
    source: s.source,
    place: s.place,
    occurredAt: s.occurredAt,
    receivedAt: s.receivedAt,
    party: s.party,
    handlers: [...s.handlers],
    flags: [...s.flags],
    procedure: c.terms.procedure,
    marks: c.terms.flags.map((flag) => ({ flag, label: c.terms.flagName(flag) })),
    law: {
      base: c.terms.packs.base,
      baseTitle: c.terms.packs.baseTitle,
      overlays: [...c.terms.packs.overlays],
    },
    stages: [...c.terms.stages],
    labelFields: [...c.terms.labelFields],
    keyContent: c.terms.filming.keyContent,
    shredded: s.shredded && { number: s.shredded.number, at: s.shredded.at },
    archive:
      s.archive === undefined
        ? undefined
        : present({ archiveNo: s.archive.archiveNo, keptUntil: s.archive.keptUntil, why: s.archive.why }),
    disclosure:
      s.disclosure === undefined
        ? undefined
        : { id: s.disclosure.disclosureId, publishedAt: s.disclosure.at, channel: s.disclosure.channel },
    publishedBy: c.terms.publishedBy,
    withdrawn: s.withdrawn.map((w) => ({
      id: w.disclosureId,
      publishedAt: w.at,
      withdrawnAt: w.withdrawnAt,
      reason: w.reason,
    })),
  })
}

/** Everything the case workspace shows, as of the present clock. */
export const workspaceOf = (c: OpenedCase, actor: Actor, beside: Beside): CaseWorkspace => {
  const evaluation = evaluationOf(c)
  const viewing = {
    state: c.state,
    law: c.law,
    actor,
    steps: evaluation.steps,
    now: c.now,
    standIns: beside.standIns ?? [],
  }
  return {
    ...headOf(c),
    notes: notesFor(c, actor),
    noted: notedIn(c),
    status: statusOf(c.state, evaluation, c.terms),
    evaluation,
    documents: Object.values(c.state.documents).map((doc) => documentView(doc, viewing)),
    recordings: recordingsOf(c, actor, beside),
    packages: packagesOf(c, beside),
    can: permissionsOf(c, actor),
  }
}
