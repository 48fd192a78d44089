import type { QueryOf, ResponseOf } from '@liuhen/api/route'
import type { DueRow, listDue as route } from '@liuhen/api/routes/disposals'
import { blocksOf, type Weighed } from '@liuhen/domain/disposal/due'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { setImmediate as breathe } from 'node:timers/promises'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'
import { weighItems } from './weigh-items.ts'

/** Each case costs an evaluation of some milliseconds. */
const CASES_AT_ONCE = 60

const viewDue = (w: Weighed, now: string): DueRow => {
  const reckoned = {
    sizeBytes: w.sizeBytes,
    keptThrough: w.kept?.keptThrough,
    why: w.kept?.why,
    citations: [...(w.kept?.citations ?? [])],
    blocks: blocksOf(w, now).map((b) => ({ ...b, citations: [...b.citations] })),
  }
  if ('caseFile' in w) {
    const { caseFile, caseNo, archiveNo, parts, papers } = w
    return present({ caseFile, caseNo, archiveNo, parts, papers: papers.length, ...reckoned })
  }
  const { recordingId, fileName, medium, madeFrom, place } = w
  return present({
    recordingId,
    fileName,
    medium,
    madeFrom,
    caseId: place?.caseId,
    caseNo: place?.caseNo,
    ...reckoned,
  })
}

type Case = { case_id: string; ids: string[]; archived: boolean }

/** Cases with recordings whose bytes are here, and cases whose file is in the archive. */
const CASES = `SELECT c.case_id, c.status = 'archived' AS archived, ARRAY(SELECT r.recording_id FROM app.recording_row r
    WHERE r.case_id = c.case_id AND r.status <> 'registered' AND r.state -> 'destroyed' IS NULL) AS ids
  FROM app.case_row c WHERE c.case_id > $1 AND (c.status = 'archived' OR EXISTS (SELECT FROM app.recording_row r
    WHERE r.case_id = c.case_id AND r.status <> 'registered' AND r.state -> 'destroyed' IS NULL))
  ORDER BY c.case_id LIMIT $2`

const hasContent = (w: Weighed): boolean => !('caseFile' in w) || !w.isShredded

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
  for (const { ids, case_id, archived } of rows) {
    await breathe()
    const { weighed } = await withAgency(deps.store, actor.agencyId, (tx) =>
      weighItems(deps, tx, { recordingIds: ids, caseFiles: archived ? [case_id] : [], now }),
    )
    items.push(
      ...weighed
        .filter(hasContent)
        .map((w) => viewDue(w, now))
        .filter((r) => r.blocks.length > 0 === wantsBlocked),
    )
  }
  const last = rows.at(-1)
  return {
    items,
    cases: rows.length,
    ...(rows.length === CASES_AT_ONCE && last !== undefined ? { next: last.case_id } : {}),
  }
}
