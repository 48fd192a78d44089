import type { TimelineEntry } from '@liuhen/api/routes/cases'
import type { CaseEvent } from '@liuhen/domain/case/events'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import type { RecordedCaseEvent } from '../case-stream/folded-case.ts'
import { type CaseDeps, type OpenedCase, openCaseIn } from '../case-stream/open-case.ts'
import { readStored, type StoredEvent } from '../event-store/read-stream.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { sentenceOf, type Telling } from '../case-stream/sentence.ts'

/** Index in the log by event; absent while the sequencer has not taken it. */
const indexesOf = async (tx: Tx, caseId: string): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await tx.query<{ event_id: string; leaf_index: number }>(
    `SELECT e.event_id, l.leaf_index FROM record.event e JOIN log.leaf l USING (position) WHERE e.stream_id = $1`,
    [caseId],
  )
  return new Map(rows.map((r) => [r.event_id, r.leaf_index]))
}

/** The parts of an event that lead to a place on the screen. */
const placeOf = (e: CaseEvent): Pick<TimelineEntry, 'step' | 'documentId' | 'recordingId'> => {
  const data: Readonly<Record<string, unknown>> = { ...e.data.internal, ...e.data.public }
  const text = (key: string): string | undefined => {
    const value = data[key]
    return typeof value === 'string' ? value : undefined
  }
  return present({
    step: text('step'),
    documentId: text('documentId'),
    recordingId: text('recordingId'),
  })
}

const entryOf = (stored: StoredEvent, told: Telling, indexes: ReadonlyMap<string, number>): TimelineEntry => {
  const event = stored.event as RecordedCaseEvent
  return {
    eventId: event.id,
    version: event.version,
    type: event.type,
    at: event.occurredAt,
    recordedAt: event.recordedAt,
    actor: event.actor.name,
    text: sentenceOf(event, told),
    ...placeOf(event),
    leafHash: Buffer.from(stored.leafHash).toString('base64'),
    ...present({ index: indexes.get(event.id) }),
  }
}

/** Of what type a document is, by the events themselves. */
const documentTypes = (events: readonly StoredEvent[]): ReadonlyMap<string, string> =>
  new Map(
    events.flatMap(({ event }) => {
      const e = event as RecordedCaseEvent
      return e.type === 'DocumentSubmitted' ? [[e.data.public.documentId, e.data.public.type] as const] : []
    }),
  )

const entriesOf = (
  stored: readonly StoredEvent[],
  { terms, state }: Pick<OpenedCase, 'terms' | 'state'>,
  indexes: ReadonlyMap<string, number>,
): TimelineEntry[] => {
  const types = documentTypes(stored)
  const documentName = (id: string) => terms.documentName(types.get(id) ?? '', state.documents[id]?.data)
  const told: Telling = { terms, documentName }
  return stored.map((s) => entryOf(s, told, indexes))
}

/** One sentence an event, first to last, each with its leaf and its place in the log. */
export const caseTimeline = (
  deps: CaseDeps,
  actor: Actor,
  caseId: string,
): Promise<{ entries: TimelineEntry[] } | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openCaseIn(deps, tx, actor, caseId)
    if (isRefusal(opened)) return opened
    const [stored, indexes] = await Promise.all([readStored(tx, caseId), indexesOf(tx, caseId)])
    return { entries: entriesOf(stored, opened, indexes) }
  })
