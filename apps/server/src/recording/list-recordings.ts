import type { QueryOf } from '@liuhen/api/route'
import type { RecordingRow, listRecordings as route } from '@liuhen/api/routes/recordings'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { RECORDING_VIEWERS } from '@liuhen/domain/recording/can'
import { parseCursor, printCursor } from '../http/cursor.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { RecordingDeps } from './recording-deps.ts'

export type Row = {
  recording_id: string
  version: number
  status: RecordingRow['status']
  file_name: string
  medium: RecordingRow['medium']
  mime: string
  device_id: string
  officer_name: string
  made_from: string
  made_to: string
  sha256: string
  size_bytes: number
  case_id: string | null
  step: string | null
  scene: string | null
  labelled: boolean
  evidence: boolean
  verdict: NonNullable<RecordingRow['verdict']> | null
  registered_at: string
  stored_at: string | null
}

type FilmColumn =
  | 'recording_id'
  | 'file_name'
  | 'medium'
  | 'mime'
  | 'device_id'
  | 'officer_name'
  | 'made_from'
  | 'made_to'
  | 'case_id'
  | 'verdict'
export type FilmRow = Pick<Row, FilmColumn>

/** What every list of films says of one. */
export const filmView = (r: FilmRow) =>
  present({
    id: r.recording_id,
    fileName: r.file_name,
    medium: r.medium,
    mime: r.mime,
    deviceId: r.device_id,
    officerName: r.officer_name,
    madeFrom: r.made_from,
    madeTo: r.made_to,
    caseId: r.case_id ?? undefined,
    verdict: r.verdict ?? undefined,
  })

export const rowView = (r: Row): RecordingRow => ({
  ...filmView(r),
  ...present({
    version: r.version,
    status: r.status,
    sha256: r.sha256,
    sizeBytes: r.size_bytes,
    step: r.step ?? undefined,
    scene: r.scene ?? undefined,
    labelled: r.labelled,
    evidence: r.evidence,
    registeredAt: r.registered_at,
    storedAt: r.stored_at ?? undefined,
  }),
})

/** The second value of `VISIBLE`. */
export const seesAll = (actor: Actor): boolean => actor.roles.some((role) => RECORDING_VIEWERS.includes(role))

/** `canViewRecording` as a condition on `r`: $1 the person, $2 whether a role sees all. */
export const VISIBLE = `($2::boolean OR r.officer_id = $1 OR r.for_case_id IN (
      SELECT h.case_id FROM app.case_handler h WHERE h.person_id = $1))`

const LIST = `SELECT r.* FROM app.recording_row r
  WHERE ${VISIBLE}
    AND ($3::text IS NULL OR r.case_id = $3)
    AND ($4::text IS NULL OR r.scene = $4)
    AND ($5::text IS NULL OR r.status = $5)
    AND ($6::text IS NULL OR r.verdict = $6)
    AND ($7::boolean IS NOT TRUE OR r.case_id IS NULL)
    AND ($8::boolean IS NOT TRUE OR r.officer_id = $1)
    AND ($9::timestamptz IS NULL OR r.made_to >= $9)
    AND ($10::timestamptz IS NULL OR r.made_from <= $10)
    AND ($11::text IS NULL OR concat_ws(' ', r.file_name, r.officer_name, r.device_id) ILIKE $11)
    AND ($12::timestamptz IS NULL OR (r.made_from, r.recording_id) < ($12, $13))
  ORDER BY r.made_from DESC, r.recording_id DESC LIMIT $14`

export const contains = (q: string | undefined) =>
  q === undefined || q.trim() === '' ? null : `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`

/** Recordings that the actor may view, the latest made first. */
export const listRecordings = async (
  deps: Pick<RecordingDeps, 'store'>,
  actor: Actor,
  q: QueryOf<typeof route>,
): Promise<{ items: RecordingRow[]; next?: string }> => {
  const from = parseCursor(q.cursor)
  const values = [
    actor.personId ?? '',
    seesAll(actor),
    q.caseId ?? null,
    q.scene ?? null,
    q.status ?? null,
    q.verdict ?? null,
    q.unlinked === 'true',
    q.mine === 'true',
    q.from ?? null,
    q.to ?? null,
    contains(q.q),
    from?.at ?? null,
    from?.id ?? null,
    q.limit + 1,
  ]
  const { rows } = await withAgency(deps.store, actor.agencyId, (tx) => tx.query<Row>(LIST, values))
  const items = rows.slice(0, q.limit).map(rowView)
  const last = items.at(-1)
  return { items, ...(rows.length > q.limit && last ? { next: printCursor(last.madeFrom, last.id) } : {}) }
}
