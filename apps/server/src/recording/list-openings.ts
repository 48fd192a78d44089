import type { ResponseOf } from '@liuhen/api/route'
import type { listOpenings as route } from '@liuhen/api/routes/recordings'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { Refusal } from '@liuhen/domain/refusal'
import { withAgency } from '../postgres/transaction.ts'
import { noSuchRecording } from './load-recording.ts'
import type { RecordingDeps } from './recording-deps.ts'

type Answer = ResponseOf<typeof route>
type Row = {
  opening_id: number
  at: string
  user_name: string
  purpose: 'view' | 'copy'
  reason: string | null
  first_byte: number
  last_byte: number
  address: string
}

/** Who saw and who copied, the latest first. */
export const listOpenings = (
  deps: Pick<RecordingDeps, 'store'>,
  actor: Actor,
  q: Readonly<{ id: string; cursor?: string | undefined; limit: number }>,
): Promise<Answer | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const known = await tx.query('SELECT FROM app.recording_row WHERE recording_id = $1', [q.id])
    if (known.rowCount === 0) return noSuchRecording()
    const before = /^\d{1,15}$/.test(q.cursor ?? '') ? Number(q.cursor) : null
    const { rows } = await tx.query<Row>(
      `SELECT opening_id, at, user_name, purpose, reason, first_byte, last_byte, address FROM app.recording_opening
        WHERE recording_id = $1 AND ($2::bigint IS NULL OR opening_id < $2) ORDER BY opening_id DESC LIMIT $3`,
      [q.id, before, q.limit + 1],
    )
    const shown = rows.slice(0, q.limit)
    const items = shown.map((r) =>
      present({
        at: r.at,
        userName: r.user_name,
        purpose: r.purpose,
        reason: r.reason ?? undefined,
        firstByte: r.first_byte,
        lastByte: r.last_byte,
        address: r.address,
      }),
    )
    const last = shown.at(-1)
    return { items, ...(rows.length > q.limit && last ? { next: String(last.opening_id) } : {}) }
  })
