import { ranksOf } from '@liuhen/domain/case/can'
import { RANK_NAMES } from '@liuhen/law/evaluate/words'
import { wordFor } from '@liuhen/domain/case/words'
import type { Actor } from '@liuhen/domain/event'
import { FactPerson, type Instant } from '@liuhen/law/fact'
import type { Store } from '../event-store/store.ts'
import { withAgency } from '../postgres/transaction.ts'

type Row = {
  case_id: string
  case_no: string
  title: string
  document_id: string
  type: string
  name: string
  rank: string
  submitted_at: Instant
  submitted_by: unknown
}

const view = (r: Row) => ({
  caseId: r.case_id,
  caseNo: r.case_no,
  caseTitle: r.title,
  documentId: r.document_id,
  type: r.type,
  name: r.name,
  rank: r.rank,
  rankName: wordFor(RANK_NAMES, r.rank),
  submittedAt: r.submitted_at,
  submittedBy: FactPerson.parse(r.submitted_by),
})

/** What waits for the actor's opinion, the oldest first. Nobody above the handler is asked about a paper of their own. */
export const myApprovals = async (
  store: Store,
  actor: Actor,
): Promise<{ items: ReturnType<typeof view>[] }> => {
  const { rows } = await withAgency(store, actor.agencyId, (tx) =>
    tx.query<Row>(
      `SELECT a.*, coalesce(c.case_no, c.lead_no) AS case_no, c.title
       FROM app.approval_row a JOIN app.case_row c USING (case_id)
       WHERE (a.rank = ANY ($1) AND a.submitted_by->>'personId' IS DISTINCT FROM $2)
          OR (a.rank = 'handler' AND $2 = ANY (c.handler_ids))
       ORDER BY a.submitted_at, a.document_id LIMIT 500`,
      [ranksOf(actor), actor.personId ?? ''],
    ),
  )
  return { items: rows.map(view) }
}
