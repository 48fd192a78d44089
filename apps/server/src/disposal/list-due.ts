import type { QueryOf, ResponseOf } from '@liuhen/api/route'
import type { DueRow, listDue as route } from '@liuhen/api/routes/disposals'
import { blocksOf, type Weighed } from '@liuhen/domain/disposal/due'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { setImmediate as breathe } from 'node:timers/promises'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'
import { weighRecordings } from './weigh.ts'

/** Each case costs an evaluation of some milliseconds. */
const CASES_AT_ONCE = 60

const viewDue = (w: Weighed, now: string): DueRow =>
  present({
    recordingId: w.recordingId,
    fileName: w.fileName,
    medium: w.medium,
    sizeBytes: w.sizeBytes,
    madeFrom: w.madeFrom,
    caseId: w.place?.caseId,
    caseNo: w.place?.caseNo,
    keptThrough: w.kept?.keptThrough,
    why: w.kept?.why,
    citations: [...(w.kept?.citations ?? [])],
    blocks: blocksOf(w, now).map((b) => ({ ...b, citations: [...b.citations] })),
  })

type Case = { case_id: string; ids: string[] }

/** Recordings whose bytes are here, by their cases. */
const CASES = `SELECT r.case_id, array_agg(r.recording_id) AS ids FROM app.recording_row r
  WHERE r.case_id > $1 AND r.status <> 'registered' AND r.state -> 'destroyed' IS NULL
  GROUP BY r.case_id ORDER BY r.case_id LIMIT $2`

/** What the law reckons now, with every date explained. Only what is due, unless what is blocked is asked for. */
export const listDue = async (
  deps: CaseDeps,
  actor: Actor,
  q: QueryOf<typeof route>,
): Promise<ResponseOf<typeof route>> => {
  const wantsBlocked = q.blocked === 'true'
  const now = await deps.store.clock.now()
  const { rows } = await withAgency(deps.store, actor.agencyId, (tx) =>
    tx.query<Case>(CASES, [q.cursor ?? '', CASES_AT_ONCE]),
  )
  const items: DueRow[] = []
  for (const { ids } of rows) {
    await breathe()
    const { weighed } = await withAgency(deps.store, actor.agencyId, (tx) =>
      weighRecordings(deps, tx, { ids, now }),
    )
    items.push(...weighed.map((w) => viewDue(w, now)).filter((r) => r.blocks.length > 0 === wantsBlocked))
  }
  const last = rows.at(-1)
  return {
    items,
    cases: rows.length,
    ...(rows.length === CASES_AT_ONCE && last !== undefined ? { next: last.case_id } : {}),
  }
}
