import type { EventInput } from '@liuhen/ledger/package/build-package'
import type { RecordedCaseEvent } from '../case-stream/folded-case.ts'
import { readStored, type StoredEvent } from '../event-store/read-stream.ts'
import type { Inclusion, Inclusions } from '../ledger/inclusion.ts'
import type { ToldEvent } from '../package-contents/told-event.ts'
import type { Tx } from '../postgres/transaction.ts'
import { disclosedParts } from './disclosed-parts.ts'
import type { PackagePlan } from './package-rows.ts'
import { tellSentence } from './tell-sentence.ts'

export type GatheredStream = Readonly<{ streamId: string; events: readonly StoredEvent[] }>

const isExportOf = (s: StoredEvent, packageId: string): boolean => {
  const data = s.event.data.public
  return (
    s.event.type === 'PackageExported' &&
    typeof data === 'object' &&
    data !== null &&
    Reflect.get(data, 'packageId') === packageId
  )
}

export type Gathered = Readonly<{ streams: readonly GatheredStream[]; exported: StoredEvent }>

/** Every stream up to its stated head; the case's own one event further, which is the export itself. */
export const gatherStreams = async (tx: Tx, plan: PackagePlan, packageId: string): Promise<Gathered> => {
  const streams: GatheredStream[] = []
  let exported: StoredEvent | undefined
  for (const { streamId, head } of plan.streams) {
    const stored = await readStored(tx, streamId)
    const own = stored.find((s) => isExportOf(s, packageId))
    exported = own ?? exported
    const last = own?.event.version ?? head
    streams.push({ streamId, events: stored.filter((s) => s.event.version <= last) })
  }
  if (exported === undefined) throw new Error(`package ${packageId} has no export event`)
  return { streams, exported }
}

const text = (value: unknown, key: string): string | undefined => {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return typeof found === 'string' ? found : undefined
}

type Reading = Readonly<{
  plan: PackagePlan
  main: ReadonlySet<string>
  inclusion: ReadonlyMap<string, Inclusion>
}>

const mainOf = (plan: PackagePlan): ReadonlySet<string> =>
  new Set(plan.documents.filter((d) => d.volume === 'main').map((d) => d.documentId))

export const readingOf = (plan: PackagePlan, inclusions: Inclusions): Reading => ({
  plan,
  main: mainOf(plan),
  inclusion: new Map(inclusions.included.map((i) => [i.eventId, i])),
})

const partsOf = (s: StoredEvent, r: Pick<Reading, 'plan' | 'main'>) => {
  const documentId = text(s.event.data.public, 'documentId')
  const told = { type: s.event.type, ...(documentId === undefined ? {} : { documentId }) }
  return disclosedParts(r.plan.audience, told, r.main)
}

const placeOf = (s: StoredEvent, r: Reading): Inclusion => {
  const found = r.inclusion.get(s.event.id)
  if (found === undefined) throw new Error(`event ${s.event.id} is not under the checkpoint`)
  return found
}

/** What the package proves of an event, and the parts that this recipient may read. */
export const eventInput = (s: StoredEvent, r: Reading): EventInput => {
  const { index, hashes } = placeOf(s, r)
  const names = partsOf(s, r)
  const parts = Object.fromEntries(Object.entries(s.parts).filter(([name]) => names.some((n) => n === name)))
  return { version: s.event.version, entry: s.entry, index, hashes, parts }
}

/** The signed notes that papers of this package bear in their squares, as far as this recipient may read of them. */
export const printedNotes = (g: Gathered, plan: PackagePlan): readonly string[] => {
  const main = mainOf(plan)
  return g.streams.flatMap(({ events }) =>
    events.flatMap((s) => {
      const note = text(s.event.data.public, 'checkpoint')
      return note !== undefined && partsOf(s, { plan, main }).includes('public') ? [note] : []
    }),
  )
}

/** What an event is about, from the plan: a paper or a recording of this package, a step, a noted fact. */
const aboutOf = (s: StoredEvent, plan: PackagePlan): string | undefined => {
  const documentId = text(s.event.data.public, 'documentId')
  const recordingId =
    text(s.event.data.public, 'recordingId') ??
    (s.event.streamType === 'recording' ? s.event.streamId : undefined)
  return (
    plan.documents.find((d) => d.documentId === documentId)?.title ??
    plan.recordings.find((x) => x.recordingId === recordingId)?.title ??
    plan.words.steps[text(s.event.data.public, 'step') ?? ''] ??
    plan.words.facts[text(s.event.data.public, 'name') ?? '']
  )
}

/** The same event for the reading pages. Who acted is told only where the internal part is disclosed. */
export const toldEvent = (s: StoredEvent, r: Reading): ToldEvent => {
  const names = partsOf(s, r)
  const about = names.length === 0 ? undefined : aboutOf(s, r.plan)
  const sentence = tellSentence(s.event as RecordedCaseEvent, names, r.plan)
  const rank = names.includes('public') ? text(s.event.data.public, 'rank') : undefined
  return {
    id: s.event.id,
    streamId: s.event.streamId,
    version: s.event.version,
    type: s.event.type,
    at: names.length === 0 ? s.event.recordedAt : s.event.occurredAt,
    recordedAt: s.event.recordedAt,
    agent: names.includes('internal') ? s.event.actor.name : r.plan.summary.agency.name,
    index: placeOf(s, r).index,
    ...(rank === undefined ? {} : { rank }),
    ...(about === undefined ? {} : { about }),
    ...(sentence === undefined ? {} : { sentence }),
  }
}
