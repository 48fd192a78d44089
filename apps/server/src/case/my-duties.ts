import { Duty } from '@liuhen/api/schema/evaluation'
import type { Actor } from '@liuhen/domain/event'
import { type Reminder, reminderOf } from '@liuhen/law/reminder'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'
import { dutyStateAt } from './summary.ts'
import { visibleTo } from './visible-cases.ts'

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
  const { rows } = await withAgency(store, actor.agencyId, (tx) =>
    tx.query<Row>(
      `SELECT d.case_id, coalesce(c.case_no, c.lead_no) AS case_no, c.title, d.duty
       FROM app.duty_row d JOIN app.case_row c USING (case_id)
       WHERE d.owed AND ($1::text IS NULL OR $1 = ANY (c.handler_ids)) AND (${seen.sql})
       ORDER BY d.due NULLS LAST, d.case_id, d.duty_id LIMIT 500`,
      [scope === 'mine' ? (actor.personId ?? '') : null, ...seen.values],
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
