import type { BodyOf, ResponseOf } from '@liuhen/api/route'
import type * as routes from '@liuhen/api/routes/playback'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { mergeRanges, playedSeconds, type Purpose, type WatchedRange } from '@liuhen/domain/recording/viewing'
import type { Store } from '../event-store/store.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import { openRecordingIn } from '../recording/get-recording.ts'
import { noSuchRecording } from '../recording/load-recording.ts'

type Deps = Readonly<{ store: Store }>
type Asked = BodyOf<typeof routes.beginViewing> & Readonly<{ recordingId: string; address: string }>

/** Who may view opens a viewing; the same request again is the same viewing. */
export const beginViewing = (
  deps: Deps,
  actor: Actor,
  asked: Asked,
): Promise<Readonly<{ id: string }> | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openRecordingIn(tx, actor, asked.recordingId)
    if (isRefusal(opened)) return opened
    const reason = asked.reason?.trim() ?? ''
    if (asked.purpose === 'other' && reason === '')
      return refuse('incomplete', '调看用途选“其他”时须写明事由。', '请填写调看事由。')
    // In order of time by itself: a simulated clock stands still.
    const id = uuidv7(Date.now())
    await tx.query(
      `INSERT INTO app.recording_viewing
         (viewing_id, agency_id, recording_id, user_id, user_name, purpose, reason, address, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
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
      ],
    )
    return { id }
  })

const isOwn = async (tx: Tx, viewingId: string, userId: string): Promise<boolean> =>
  (
    await tx.query('SELECT FROM app.recording_viewing WHERE viewing_id = $1 AND user_id = $2', [
      viewingId,
      userId,
    ])
  ).rowCount === 1

/** A part is written once, however often the browser sends it. */
export const reportWatched = (
  deps: Deps,
  actor: Actor,
  report: Readonly<{ viewingId: string; part: number; ranges: readonly WatchedRange[] }>,
): Promise<Readonly<{ seconds: number }> | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const { viewingId, part, ranges } = report
    if (!(await isOwn(tx, viewingId, actor.userId)))
      return refuse('not-found', '没有这次调看。', '请重新打开这段音像。')
    const seconds = playedSeconds(ranges)
    await tx.query(
      `INSERT INTO app.recording_watched (viewing_id, part, agency_id, ranges, seconds, at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [viewingId, part, actor.agencyId, JSON.stringify(ranges), seconds, await deps.store.clock.now()],
    )
    return { seconds }
  })

/** What this user has played of the recording so far; undefined when the user never opened it. */
export const watchedBy = async (tx: Tx, userId: string, recordingId: string): Promise<number | undefined> => {
  const { rows } = await tx.query<{ seconds: number | null }>(
    `SELECT sum(w.seconds) AS seconds FROM app.recording_viewing v
       LEFT JOIN app.recording_watched w USING (viewing_id)
      WHERE v.user_id = $1 AND v.recording_id = $2 GROUP BY v.recording_id`,
    [userId, recordingId],
  )
  return rows[0] && (rows[0].seconds ?? 0)
}

type Row = {
  viewing_id: string
  at: string
  user_name: string
  purpose: Purpose
  reason: string | null
  ranges: WatchedRange[][]
}

/** Who watched, for what, and how much of it; the latest first. */
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
      `SELECT v.viewing_id, v.at, v.user_name, v.purpose, v.reason,
              coalesce((SELECT jsonb_agg(w.ranges ORDER BY w.part) FROM app.recording_watched w
                         WHERE w.viewing_id = v.viewing_id), '[]') AS ranges
         FROM app.recording_viewing v WHERE v.recording_id = $1
        ORDER BY v.at DESC, v.viewing_id DESC OFFSET $2 LIMIT $3`,
      [q.id, skip, q.limit + 1],
    )
    const items = rows.slice(0, q.limit).map((row) => {
      const ranges = row.ranges.flat()
      const covered = mergeRanges(ranges)
      return present({
        id: row.viewing_id,
        at: row.at,
        userName: row.user_name,
        purpose: row.purpose,
        reason: row.reason ?? undefined,
        watchedSeconds: playedSeconds(ranges),
        coveredSeconds: playedSeconds(covered),
        ranges: covered,
      })
    })
    return { items, ...(rows.length > q.limit ? { next: String(skip + q.limit) } : {}) }
  })
