import type { CaseEventType } from '@liuhen/domain/case/events'
import { GOES_WITH_FILE as OF_COPIES } from '@liuhen/domain/derivative/events'
import type { FilePaper } from '@liuhen/domain/disposal/events'
import type { StreamType } from '@liuhen/domain/event'
import { GOES_WITH_FILE as OF_RECORDINGS } from '@liuhen/domain/recording/events'
import { toBase64 } from '@liuhen/ledger/bytes'
import type { PartName } from '@liuhen/ledger/leaf'
import { blobsIn } from '@liuhen/ledger/package/named-blobs'
import type { Shredding } from '@liuhen/ledger/shredding'
import { readStored, type StoredEvent } from '../event-store/read-stream.ts'
import type { Tx } from '../postgres/transaction.ts'

/** What people wrote goes: of a case everything that is not public, of its recordings and their copies too, but for what they were. */
const goesInternally = ({ streamType, type }: StoredEvent['event']): boolean =>
  streamType === 'case' ||
  (streamType === 'recording' && OF_RECORDINGS.has(type)) ||
  (streamType === 'derivative' && OF_COPIES.has(type))

const goingOf = ({ event, parts }: StoredEvent): PartName[] => [
  ...(parts.internal !== undefined && goesInternally(event) ? (['internal'] as const) : []),
  ...(parts.personal === undefined ? [] : (['personal'] as const)),
]

/** What goes of one stream. */
export type StreamContent = Readonly<{
  streamType: StreamType
  streamId: string
  version: number
  events: Shredding['events']
}>
export type FileContent = Readonly<{ streams: readonly StreamContent[]; papers: readonly FilePaper[] }>

export const partsIn = ({ streams }: FileContent): number =>
  streams.reduce((n, s) => n + s.events.reduce((m, e) => m + e.parts.length, 0), 0)

const goesOf = (stored: readonly StoredEvent[]): StreamContent | undefined => {
  const last = stored.at(-1)?.event
  if (last === undefined) return undefined
  const { streamType, streamId, version } = last
  const events = stored.flatMap((s) => {
    const going = goingOf(s)
    return going.length === 0 ? [] : [{ n: s.event.version, leaf: toBase64(s.leafHash), parts: going }]
  })
  return events.length === 0 ? undefined : { streamType, streamId, version, events }
}

const COPIES = `SELECT derivative_id AS id FROM app.derivative_row d JOIN app.recording_row r USING (recording_id)
  WHERE r.case_id = $1 ORDER BY 1`
/** Of every attempt, also of those that came to nothing. */
const PACKAGES = `SELECT DISTINCT p.sha256, b.size_bytes AS size FROM app.package_bytes p
    JOIN app.blob b ON b.sha256 = p.sha256 AND b.state = 'verified'
  WHERE p.case_id = $1 ORDER BY 1`

/** Names the bytes of a recording, which has a batch of its own. */
const LINKED: CaseEventType = 'RecordingLinked'

/** Bytes that events of the case name, without those of recordings. */
const papersOf = (stored: readonly StoredEvent[]): FilePaper[] =>
  stored
    .filter(({ event }) => event.type !== LINKED)
    .flatMap(({ event }) => blobsIn(event.data))
    .map(({ blob: { sha256, sizeBytes } }) => ({ sha256, sizeBytes }))

/** Everything of a case file that lawful disposal takes, as it is in this transaction. */
export const contentOfFile = async (
  tx: Tx,
  caseId: string,
  recordingIds: readonly string[],
): Promise<FileContent> => {
  const { rows: copies } = await tx.query<{ id: string }>(COPIES, [caseId])
  const stored = await readStored(tx, caseId)
  const streams = [goesOf(stored)]
  for (const id of [...recordingIds, ...copies.map((c) => c.id)])
    streams.push(goesOf(await readStored(tx, id)))
  const packages = await tx.query<{ sha256: string; size: number }>(PACKAGES, [caseId])
  const papers = [
    ...papersOf(stored),
    ...packages.rows.map(({ sha256, size }) => ({ sha256, sizeBytes: size })),
  ]
  return {
    streams: streams.filter((s) => s !== undefined),
    papers: [...new Map(papers.map((p) => [p.sha256, p])).values()],
  }
}
