import { CaseRow } from '@liuhen/api/routes/cases'
import { Duty } from '@liuhen/api/schema/evaluation'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { Instant } from '@liuhen/law/fact'
import type { Store } from '../event-store/store.ts'
import { withAgency } from '../postgres/transaction.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import { dutyStateAt } from './summary.ts'
import { visibleTo } from '../case-stream/visible-cases.ts'

export type CaseQuery = Readonly<{
  cursor?: string | undefined
  limit: number
  q?: string | undefined
  status?: CaseRow['status'] | undefined
  stage?: string | undefined
  mine?: 'true' | 'false' | undefined
  overdue?: 'true' | 'false' | undefined
}>

type Row = {
  total: number
  case_id: string
  lead_no: string
  case_no: string | null
  title: string
  party: string | null
  procedure: string
  procedure_name: string
  stage: string
  stage_name: string
  status: CaseRow['status']
  handlers: string[]
  opened_at: Instant
  updated_at: Instant
  overdue: number
  duty: unknown
}

/** An empty page still tells how many there are. */
type Found = Row | { total: number; case_id: null }

const nextDutyOf = (value: unknown, now: Instant): CaseRow['nextDuty'] => {
  if (value === null) return undefined
  const duty = Duty.parse(value)
  const cite = duty.citations[0]?.cite ?? ''
  return present({ what: duty.what, due: duty.due, state: dutyStateAt(duty, now), cite })
}

const view = (r: Row, now: Instant): CaseRow =>
  present({
    id: r.case_id,
    leadNo: r.lead_no,
    caseNo: r.case_no ?? undefined,
    title: r.title,
    party: r.party ?? undefined,
    procedure: r.procedure,
    procedureName: r.procedure_name,
    stage: r.stage,
    stageName: r.stage_name,
    status: r.status,
    handlers: r.handlers,
    openedAt: r.opened_at,
    updatedAt: r.updated_at,
    nextDuty: nextDutyOf(r.duty, now),
    overdue: r.overdue,
  })

/** `$1` is the time to compare with; LIKE's own signs in what was typed are taken literally. */
const FOUND = `
  FROM app.case_row c
  CROSS JOIN LATERAL (SELECT count(*)::integer AS overdue FROM app.duty_row d
                      WHERE d.case_id = c.case_id AND d.owed AND d.due < $1) o
  WHERE NOT c.register AND ($2::text IS NULL OR c.status = $2)
    AND ($3::text IS NULL OR c.stage = $3)
    AND ($4::text IS NULL OR $4 = ANY (c.handler_ids))
    AND ($5::boolean IS NOT TRUE OR o.overdue > 0)
    AND ($6::text IS NULL OR concat_ws(' ', c.title, c.party, c.lead_no, c.case_no, array_to_string(c.handlers, ' ')) ILIKE $6)`

const NEXT_DUTY = `
  SELECT d.duty FROM app.duty_row d WHERE d.case_id = p.case_id AND d.owed
  ORDER BY d.due NULLS LAST, d.duty_id LIMIT 1`

/** One page after the cursor, and how many there are in all, whatever the page. `n` always has its one row. */
const listSql = (seen: string, limit: number): string => `
  WITH found AS (SELECT c.*, o.overdue ${FOUND} AND (${seen})),
  page AS (
    SELECT * FROM found WHERE $7::timestamptz IS NULL OR (updated_at, case_id) < ($7, $8)
    ORDER BY updated_at DESC, case_id DESC LIMIT ${limit}
  )
  SELECT p.*, n.total, (${NEXT_DUTY}) AS duty
  FROM (SELECT count(*)::integer AS total FROM found) n LEFT JOIN page p ON true
  ORDER BY p.updated_at DESC, p.case_id DESC`

const contains = (q: string | undefined): string | null =>
  q === undefined || q.trim() === '' ? null : `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`

/** Cases that the actor may read, the latest change first. */
export const listCases = async (
  store: Store,
  actor: Actor,
  q: CaseQuery,
): Promise<{ items: CaseRow[]; next?: string; total: number }> => {
  const now = await store.clock.now()
  const after = parseCursor(q.cursor)
  const seen = visibleTo(actor, 9)
  const values = [
    now,
    q.status ?? null,
    q.stage ?? null,
    q.mine === 'true' ? (actor.personId ?? '') : null,
    q.overdue === 'true',
    contains(q.q),
    after?.at ?? null,
    after?.id ?? null,
    ...seen.values,
  ]
  const { rows } = await withAgency(store, actor.agencyId, (tx) =>
    tx.query<Found>(listSql(seen.sql, q.limit + 1), values),
  )
  const found = rows.filter((r): r is Row => r.case_id !== null)
  const items = found.slice(0, q.limit).map((r) => view(r, now))
  const last = items.at(-1)
  const next = found.length > q.limit && last !== undefined ? printCursor(last.updatedAt, last.id) : undefined
  return { items, total: rows[0]?.total ?? 0, ...(next === undefined ? {} : { next }) }
}
