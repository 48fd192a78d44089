import type { BodyOf, ResponseOf } from '@liuhen/api/route'
import type * as routes from '@liuhen/api/routes/playback'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import {
  believable,
  mergeRanges,
  MOST_IN_A_SECOND,
  playedSeconds,
  type Purpose,
  type WatchedRange,
} from '@liuhen/domain/recording/viewing'
import type { Store } from '../event-store/store.ts'
import { msOfUuidv7, uuidv7 } from '../event-store/uuidv7.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import { openRecordingIn } from '../recording/get-recording.ts'
import { noSuchRecording } from '../recording/load-recording.ts'

type Deps = Readonly<{ store: Store }>
type Asked = BodyOf<typeof routes.beginViewing> & Readonly<{ recordingId: string; address: string }>

/** A copy is watched as one of its recording. */
const isOf = async (tx: Tx, derivativeId: string, recordingId: string): Promise<boolean> =>
  (
    await tx.query('SELECT FROM app.derivative_row WHERE derivative_id = $1 AND recording_id = $2', [
      derivativeId,
      recordingId,
    ])
  ).rowCount === 1

/** Who may view opens a viewing; the same request again is the same viewing. */
export const beginViewing = (
  deps: Deps,
  actor: Actor,
  asked: Asked,
  nowMs = Date.now(),
): Promise<Readonly<{ id: string }> | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openRecordingIn(tx, actor, asked.recordingId)
    if (isRefusal(opened)) return opened
    const { derivativeId } = asked
    if (derivativeId !== undefined && !(await isOf(tx, derivativeId, asked.recordingId)))
      return noSuchRecording()
    const reason = asked.reason?.trim() ?? ''
    if (asked.purpose === 'other' && reason === '')
      return refuse('incomplete', '调看用途选“其他”时须写明事由。', '请填写调看事由。')
    // In order of time by itself, and tells how long ago it was opened: a simulated clock stands still.
    const id = uuidv7(nowMs)
    await tx.query(
      `INSERT INTO app.recording_viewing
         (viewing_id, agency_id, recording_id, user_id, user_name, purpose, reason, address, at, derivative_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        actor.agencyId,
        asked.recordingId,
        actor.userId,
        actor.name,
        asked.purpose,
        reason === '' ? null : reason,
        asked.address,
        await deps.store.clock.now(),
        derivativeId ?? null,
      ],
    )
    return { id }
  })

type Standing = { length: number | null; told: number }

/** The own viewing: how long its film is, where it was checked, and the seconds that were reported so far. */
const ownViewing = async (tx: Tx, viewingId: string, userId: string): Promise<Standing | undefined> => {
  const { rows } = await tx.query<Standing>(
    `SELECT coalesce((d.state #>> '{made,durationSeconds}'), (r.state #>> '{check,durationSeconds}'))::float8 AS length,
            coalesce((SELECT sum(w.seconds) FROM app.recording_watched w WHERE w.viewing_id = $1), 0) AS told
       FROM app.recording_viewing v LEFT JOIN app.recording_row r USING (recording_id)
       LEFT JOIN app.derivative_row d USING (derivative_id)
      WHERE v.viewing_id = $1 AND v.user_id = $2`,
    [viewingId, userId],
  )
  return rows[0]
}

const partOf = async (tx: Tx, viewingId: string, part: number): Promise<number | undefined> => {
  const { rows } = await tx.query<{ seconds: number }>(
    'SELECT seconds FROM app.recording_watched WHERE viewing_id = $1 AND part = $2',
    [viewingId, part],
  )
  return rows[0]?.seconds
}

/**
 * A part is written once, however often the browser sends it, and only so much of it as can be true. The time since the
 * viewing was opened is the machine's own: the clock of a demonstration stands still.
 */
export const reportWatched = (
  deps: Deps,
  actor: Actor,
  report: Readonly<{ viewingId: string; part: number; ranges: readonly WatchedRange[] }>,
): Promise<Readonly<{ seconds: number }> | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const { viewingId, part } = report
    // Two parts at once would each be granted the same time.
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [viewingId])
    const own = await ownViewing(tx, viewingId, actor.userId)
    if (own === undefined) return refuse('not-found', '没有这次调看。', '请重新打开这段音像。')
    const known = await partOf(tx, viewingId, part)
    if (known !== undefined) return { seconds: known }
    const elapsed = (Date.now() - msOfUuidv7(viewingId)) / 1000
    const ranges = believable(report.ranges, {
      seconds: elapsed * MOST_IN_A_SECOND - own.told,
      length: own.length ?? undefined,
    })
    const seconds = playedSeconds(ranges)
    await tx.query(
      `INSERT INTO app.recording_watched (viewing_id, part, agency_id, ranges, seconds, at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [viewingId, part, actor.agencyId, JSON.stringify(ranges), seconds, await deps.store.clock.now()],
    )
    return { seconds }
  })

const RANGES = `SELECT coalesce(jsonb_agg(w.ranges) FILTER (WHERE w.ranges IS NOT NULL), '[]')
    FROM app.recording_viewing v LEFT JOIN app.recording_watched w USING (viewing_id)`
/** Ranges of viewings of the recordings themselves, part by part; a film that was opened and not played has none. */
export const WATCHED_RANGES = `${RANGES} WHERE v.derivative_id IS NULL`

/** Seconds of a film that were seen at all: a second that is played three times is one. */
export const coveredSeconds = (parts: readonly (readonly WatchedRange[])[]): number =>
  playedSeconds(mergeRanges(parts.flat()))

/** What this user has seen of the recording so far; undefined when the user never opened it. */
export const watchedBy = async (tx: Tx, userId: string, recordingId: string): Promise<number | undefined> => {
  const { rows } = await tx.query<{ ranges: WatchedRange[][] | null }>(
    `SELECT (${WATCHED_RANGES} AND v.user_id = $1 AND v.recording_id = $2 GROUP BY v.recording_id) AS ranges`,
    [userId, recordingId],
  )
  const parts = rows[0]?.ranges ?? undefined
  return parts && coveredSeconds(parts)
}

/** Seconds of a copy that this user has seen at all. */
export const watchedOfDerivative = async (tx: Tx, userId: string, derivativeId: string): Promise<number> => {
  const { rows } = await tx.query<{ ranges: WatchedRange[][] | null }>(
    `SELECT (${RANGES} WHERE v.user_id = $1 AND v.derivative_id = $2) AS ranges`,
    [userId, derivativeId],
  )
  return coveredSeconds(rows[0]?.ranges ?? [])
}

type Row = {
  viewing_id: string
  at: string
  user_name: string
  purpose: Purpose
  reason: string | null
  copy: string | null
  ranges: WatchedRange[][]
}

/** Who watched the recording or a copy of it, for what, and how much of it; the latest first. */
export const listViewings = (
  deps: Deps,
  actor: Actor,
  q: Readonly<{ id: string; cursor?: string | undefined; limit: number }>,
): Promise<ResponseOf<typeof routes.listViewings> | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const known = await tx.query('SELECT FROM app.recording_row WHERE recording_id = $1', [q.id])
    if (known.rowCount === 0) return noSuchRecording()
    const skip = /^\d{1,9}$/.test(q.cursor ?? '') ? Number(q.cursor) : 0
    const { rows } = await tx.query<Row>(
      `SELECT v.viewing_id, v.at, v.user_name, v.purpose, v.reason, d.number AS copy,
              coalesce((SELECT jsonb_agg(w.ranges ORDER BY w.part) FROM app.recording_watched w
                         WHERE w.viewing_id = v.viewing_id), '[]') AS ranges
         FROM app.recording_viewing v LEFT JOIN app.derivative_row d USING (derivative_id)
        WHERE v.recording_id = $1
        ORDER BY v.at DESC, v.viewing_id DESC OFFSET $2 LIMIT $3`,
      [q.id, skip, q.limit + 1],
    )
    const items = rows.slice(0, q.limit).map((row) => {
      const ranges = row.ranges.flat()
      return present({
        id: row.viewing_id,
        at: row.at,
        userName: row.user_name,
        purpose: row.purpose,
        reason: row.reason ?? undefined,
        copy: row.copy ?? undefined,
        watchedSeconds: playedSeconds(ranges),
        coveredSeconds: coveredSeconds(row.ranges),
        ranges: mergeRanges(ranges),
      })
    })
    return { items, ...(rows.length > q.limit ? { next: String(skip + q.limit) } : {}) }
  })
