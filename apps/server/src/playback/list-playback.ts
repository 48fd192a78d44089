import type { QueryOf, ResponseOf } from '@liuhen/api/route'
import { PlaybackRegisterRow, type PlaybackRow } from '@liuhen/api/routes/playback'
import type * as routes from '@liuhen/api/routes/playback'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { CheckResult, PlaybackEntry } from '@liuhen/domain/recording/events'
import type { WatchedRange } from '@liuhen/domain/recording/viewing'
import type { Store } from '../event-store/store.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import { type FilmRow, filmView, seesAll, VISIBLE } from '../recording/list-recordings.ts'
import { coveredSeconds, WATCHED_RANGES } from './log-viewing.ts'

type Deps = Readonly<{ store: Store }>
type Row = FilmRow &
  Readonly<{
    stored_at: string
    case_no: string | null
    note: CheckResult['note'] | null
    looks: PlaybackRow['looks']
  }>
type QueueRow = Row & { watched: WatchedRange[][] | null; total: number }
type EnteredRow = Row & { sha256: string; size_bytes: number; entry: PlaybackEntry; entered_at: string }

const COLUMNS = `r.recording_id, r.file_name, r.medium, r.mime, r.device_id, r.officer_name, r.made_from, r.made_to,
    r.case_id, coalesce(c.case_no, c.lead_no) AS case_no, r.stored_at, r.verdict,
    r.state #>> '{check,note}' AS note, r.looks`

const rowOf = (r: Row): PlaybackRow => ({
  ...filmView(r),
  ...present({
    caseNo: r.case_no ?? undefined,
    storedAt: r.stored_at,
    note: r.note ?? undefined,
    looks: r.looks,
  }),
})

/** $1 the person, $2 whether of all makers, $3 the user, $4 how many at the most. */
const QUEUE = `SELECT ${COLUMNS}, count(*) OVER ()::int AS total,
    (${WATCHED_RANGES} AND v.recording_id = r.recording_id AND v.user_id = $3 GROUP BY v.recording_id) AS watched
  FROM app.recording_row r LEFT JOIN app.case_row c ON c.case_id = r.case_id
  WHERE r.stored_at IS NOT NULL AND NOT r.destroyed AND ($2::boolean OR r.officer_id = $1)
    AND NOT EXISTS (SELECT FROM jsonb_array_elements(r.looks) l
       WHERE l->>'as' = CASE WHEN r.officer_id = $1 THEN 'officer' ELSE 'keeper' END)
  ORDER BY (r.verdict = 'broken') DESC NULLS LAST, r.stored_at, r.recording_id LIMIT $4`

/** What waits for the eyes of the one who asks: an officer's own recordings, a custodian's all. */
export const listPlaybackQueue = (
  deps: Deps,
  actor: Actor,
  q: QueryOf<typeof routes.listPlaybackQueue>,
): Promise<ResponseOf<typeof routes.listPlaybackQueue>> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const values = [actor.personId ?? '', actor.roles.includes('av-custodian'), actor.userId, q.limit]
    const { rows } = await tx.query<QueueRow>(QUEUE, values)
    const items = rows.map((r) => ({
      ...rowOf(r),
      ...(r.watched !== null && { watchedSeconds: coveredSeconds(r.watched) }),
    }))
    return { items, total: rows[0]?.total ?? 0 }
  })

type Span = Readonly<{ from?: string | undefined; to?: string | undefined }>
type RegisterQuery = Span & Readonly<{ limit: number; cursor?: string | undefined }>

const REGISTER = `SELECT ${COLUMNS}, r.sha256, r.size_bytes, r.state -> 'playbackEntry' AS entry, r.entered_at
  FROM app.recording_row r LEFT JOIN app.case_row c ON c.case_id = r.case_id
  WHERE r.entered_at IS NOT NULL AND ${VISIBLE}
    AND ($3::date IS NULL OR r.state #>> '{playbackEntry,date}' >= $3::text)
    AND ($4::date IS NULL OR r.state #>> '{playbackEntry,date}' <= $4::text)
    AND ($5::timestamptz IS NULL OR (r.entered_at, r.recording_id) < ($5, $6))
  ORDER BY r.entered_at DESC, r.recording_id DESC LIMIT $7`

const registerIn = async (tx: Tx, actor: Actor, q: RegisterQuery): Promise<PlaybackRegisterRow[]> => {
  const span = [q.from ?? null, q.to ?? null]
  const from = parseCursor(q.cursor)
  const page = [from?.at ?? null, from?.id ?? null, q.limit]
  const values = [actor.personId ?? '', seesAll(actor), ...span, ...page]
  const { rows } = await tx.query<EnteredRow>(REGISTER, values)
  return rows.map((r) =>
    PlaybackRegisterRow.parse({
      ...rowOf(r),
      sha256: r.sha256,
      sizeBytes: r.size_bytes,
      entry: r.entry,
      enteredAt: r.entered_at,
    }),
  )
}

/** The list of recordings whose playback was confirmed, the latest entry first. */
export const listPlaybackRegister = (
  deps: Deps,
  actor: Actor,
  q: RegisterQuery,
): Promise<ResponseOf<typeof routes.listPlaybackRegister>> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const rows = await registerIn(tx, actor, { ...q, limit: q.limit + 1 })
    const items = rows.slice(0, q.limit)
    const last = items.at(-1)
    const more = rows.length > q.limit && last !== undefined
    const next = more && printCursor(last.enteredAt, last.id)
    return { items, ...(next && { next }) }
  })

const MOST_EXPORTED = 100_000

/** `cut`: there are more entries than one file holds, and the latest are in it. */
export const allOfRegister = (
  deps: Deps,
  actor: Actor,
  span: Span,
  most = MOST_EXPORTED,
): Promise<Readonly<{ rows: PlaybackRegisterRow[]; cut: boolean }>> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const found = await registerIn(tx, actor, { ...span, limit: most + 1 })
    return { rows: found.slice(0, most), cut: found.length > most }
  })
