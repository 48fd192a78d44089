import { Duty } from '@liuhen/api/schema/evaluation'
import type { Actor } from '@liuhen/domain/event'
import { type Reminder, reminderOf } from '@liuhen/law/reminder'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'
import { dutyStateAt } from './summary.ts'
import { idsOf, visibleTo } from '../case-stream/visible-cases.ts'

type Row = { case_id: string; case_no: string; title: string; duty: unknown }
export type OwedDuty = Duty &
  Readonly<{ caseId: string; caseNo: string; caseTitle: string; reminder?: Reminder }>

/** Duties still owed in the actor's cases (`mine`) or in all cases that the actor may read, the earliest day first. */
export const myDuties = async (
  { store, library }: CaseDeps,
  actor: Actor,
  scope: 'mine' | 'agency',
): Promise<{ items: OwedDuty[] }> => {
  const now = await store.clock.now()
  const seen = visibleTo(actor, 2)
  const isFew = scope === 'mine' || seen.values.length > 0
  const ids = isFew ? idsOf(actor, scope, seen.values.length + 2) : undefined
  // Whose cases are few starts from the cases; who reads all starts from the nearest days. The planner cannot tell which.
  const { rows } = await withAgency(store, actor.agencyId, (tx) =>
    tx.query<Row>(
      `WITH seen AS ${isFew ? 'MATERIALIZED' : 'NOT MATERIALIZED'} (
         SELECT c.case_id, coalesce(c.case_no, c.lead_no) AS case_no, c.title FROM app.case_row c
         WHERE c.agency_id = $1 AND (${seen.sql}) ${ids === undefined ? '' : `AND c.case_id = ANY (ARRAY(${ids.sql}))`})
       SELECT d.case_id, seen.case_no, seen.title, d.duty FROM app.duty_row d JOIN seen USING (case_id)
       WHERE d.owed AND d.agency_id = $1
       ORDER BY d.due, d.case_id, d.duty_id LIMIT 500`,
      [actor.agencyId, ...seen.values, ...(ids?.values ?? [])],
    ),
  )
  const items = rows.map((r) => {
    const duty = Duty.parse(r.duty)
    const state = dutyStateAt(duty, now)
    const reminder = reminderOf(duty, now, library.law.calendar)
    return {
      ...duty,
      state,
      caseId: r.case_id,
      caseNo: r.case_no,
      caseTitle: r.title,
      ...(reminder === undefined ? {} : { reminder }),
    }
  })
  return { items }
}
