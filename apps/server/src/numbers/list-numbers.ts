import type { NumberRow } from '@liuhen/api/routes/numbers'
import { READS_ALL } from '@liuhen/domain/case/can'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { Instant } from '@liuhen/law/fact'
import type { Store } from '../event-store/store.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'

export type NumberQuery = Readonly<{
  word?: string | undefined
  year?: number | undefined
  state?: NumberRow['state'] | undefined
}>

type Row = {
  number: string
  word: string
  year: number
  seq: number
  state: NumberRow['state']
  name: string | null
  document_id: string | null
  case_id: string | null
  case_no: string | null
  mine: boolean
  reason: string | null
  holder: string | null
  at: Instant
}

/**
 * Numbers that were given to something, and blanks of booklets that bear nothing yet or never will. A number of a blank
 * that was used stands with its paper.
 */
const REGISTER = `
  SELECT n.number, n.word, n.year, n.seq,
         CASE WHEN n.document_id IS NULL THEN 'lead' WHEN p.state = 'voided' THEN 'voided'
              WHEN p.state = 'corrected' THEN 'corrected' ELSE 'used' END AS state,
         p.name, n.document_id, n.stream_id AS case_id, coalesce(c.case_no, c.lead_no) AS case_no,
         coalesce($1 = ANY (c.handler_ids) OR c.registered_by = $2, false) AS mine,
         coalesce(n.void_reason, p.reason) AS reason, k.holder_name AS holder, n.at
    FROM record.document_number n
    LEFT JOIN app.numbered_paper p ON p.document_id = n.document_id
    LEFT JOIN app.case_row c ON c.case_id = n.stream_id
    LEFT JOIN app.blank b ON b.number = n.number
    LEFT JOIN app.booklet k ON k.booklet_id = b.booklet_id
  UNION ALL
  SELECT b.number, b.word, b.year, b.seq,
         CASE b.state WHEN 'voided' THEN 'blank-voided' ELSE b.state END,
         NULL, NULL, NULL, NULL, false, nullif(concat_ws('：', b.why, b.note), ''), k.holder_name, b.at
    FROM app.blank b JOIN app.booklet k USING (booklet_id)
   WHERE b.state <> 'used'`

const STATE_NAMES: Readonly<Record<NumberRow['state'], string>> = {
  used: '已使用',
  voided: '文书已作废',
  corrected: '已更正',
  open: '空白待用',
  'blank-voided': '空白作废',
  returned: '空白交回',
  lead: '线索（台账）编号',
}

const view = (r: Row, readsAll: boolean): NumberRow => ({
  number: r.number,
  word: r.word,
  year: r.year,
  seq: r.seq,
  state: r.state,
  stateName: STATE_NAMES[r.state],
  readable: r.case_id !== null && (readsAll || r.mine),
  at: r.at,
  ...present({
    name: r.name ?? undefined,
    documentId: r.document_id ?? undefined,
    caseId: r.case_id ?? undefined,
    caseNo: r.case_no ?? undefined,
    reason: r.reason ?? undefined,
    holder: r.holder ?? undefined,
  }),
})

const LIMIT = 5_000

type Counter = { word: string; year: number; last: number; missing: number[] }

/** Of every series how far it has come, and the numbers up to there that nothing accounts for. None, unless something broke. */
const seriesOf = async (tx: Tx, agencyId: string): Promise<Counter[]> => {
  const { rows } = await tx.query<Counter>(
    `SELECT s.word, s.year, s.last,
            ARRAY(SELECT g FROM generate_series(1, s.last) AS g
                   WHERE NOT EXISTS (SELECT FROM record.document_number n
                                      WHERE n.agency_id = $1 AND n.word = s.word AND n.year = s.year AND n.seq = g)
                     AND NOT EXISTS (SELECT FROM app.blank b
                                      WHERE b.agency_id = $1 AND b.word = s.word AND b.year = s.year AND b.seq = g)
                   LIMIT 100) AS missing
       FROM app.numbering s
      WHERE s.agency_id = $1 AND EXISTS (
              SELECT 1 FROM record.document_number n WHERE n.agency_id = $1 AND n.word = s.word AND n.year = s.year
              UNION ALL SELECT 1 FROM app.blank b WHERE b.agency_id = $1 AND b.word = s.word AND b.year = s.year)
      ORDER BY s.year DESC, s.word`,
    [agencyId],
  )
  return rows
}

export const listNumbers = (store: Store, actor: Actor, q: NumberQuery) =>
  withAgency(store, actor.agencyId, async (tx) => {
    const { rows } = await tx.query<Row>(
      `SELECT * FROM (${REGISTER}) r
        WHERE ($3::text IS NULL OR r.word = $3) AND ($4::integer IS NULL OR r.year = $4)
          AND ($5::text IS NULL OR r.state = $5)
        ORDER BY r.year DESC, r.word, r.seq DESC LIMIT $6`,
      [actor.personId ?? '', actor.userId, q.word ?? null, q.year ?? null, q.state ?? null, LIMIT + 1],
    )
    const readsAll = actor.roles.some((role) => READS_ALL.includes(role))
    return {
      items: rows.slice(0, LIMIT).map((r) => view(r, readsAll)),
      series: await seriesOf(tx, actor.agencyId),
      cut: rows.length > LIMIT,
    }
  })
