import { nextRank } from '@liuhen/domain/document/progress'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { RecordedEvent } from '@liuhen/domain/event'
import type { Projection } from '../event-store/store.ts'
import { type CaseDeps, loadCaseIn, type OpenedCase } from '../case-stream/open-case.ts'
import type { Tx } from '../postgres/transaction.ts'
import { isOwed, summarise } from './summary.ts'

const isLatest = async (tx: Tx, event: RecordedEvent): Promise<boolean> => {
  const { rows } = await tx.query<{ later: boolean }>(
    'SELECT EXISTS (SELECT FROM record.event WHERE stream_id = $1 AND version > $2) AS later',
    [event.streamId, event.version],
  )
  return rows[0]?.later === false
}

const COLUMNS = [
  'case_id',
  'agency_id',
  'lead_no',
  'case_no',
  'title',
  'party',
  'procedure',
  'procedure_name',
  'stage',
  'stage_name',
  'status',
  'handlers',
  'handler_ids',
  'registered_by',
  'opened_at',
  'updated_at',
  'version',
  'register',
] as const

const UPSERT = `INSERT INTO app.case_row (${COLUMNS.join(', ')})
  VALUES (${COLUMNS.map((_, i) => `$${i + 1}`).join(', ')})
  ON CONFLICT (case_id) DO UPDATE SET ${COLUMNS.slice(1)
    .map((c) => `${c} = EXCLUDED.${c}`)
    .join(', ')}`

const writeRow = async (tx: Tx, agencyId: string, c: OpenedCase, evaluation: Evaluated): Promise<void> => {
  const row = summarise(c.caseId, c.state, evaluation, c.terms, c.folded.openedAt)
  await tx.query(UPSERT, [
    c.caseId,
    agencyId,
    row.leadNo,
    row.caseNo ?? null,
    row.title,
    row.party ?? null,
    row.procedure,
    row.procedureName,
    row.stage,
    row.stageName,
    row.status,
    row.handlers,
    row.handlerIds,
    c.folded.registeredBy,
    row.openedAt,
    c.folded.updatedAt,
    c.folded.version,
    c.state.register === true,
  ])
  await tx.query('DELETE FROM app.case_handler WHERE case_id = $1', [c.caseId])
  await tx.query(
    `INSERT INTO app.case_handler (person_id, case_id, agency_id)
     SELECT DISTINCT h, $2, $3 FROM unnest($1::text[]) AS h`,
    [row.handlerIds, c.caseId, agencyId],
  )
}

type Evaluated = ReturnType<OpenedCase['law']['evaluate']>

const writeDuties = async (tx: Tx, agencyId: string, caseId: string, e: Evaluated): Promise<void> => {
  const duties = [...new Map(e.duties.map((d) => [d.id, d])).values()]
  await tx.query('DELETE FROM app.duty_row WHERE case_id = $1', [caseId])
  await tx.query(
    `INSERT INTO app.duty_row (case_id, agency_id, duty_id, owed, due, duty)
     SELECT $1, $2, t.id, t.owed, t.due, t.duty
     FROM unnest($3::text[], $4::boolean[], $5::timestamptz[], $6::jsonb[]) AS t(id, owed, due, duty)`,
    [
      caseId,
      agencyId,
      duties.map((d) => d.id),
      duties.map(isOwed),
      duties.map((d) => d.due ?? null),
      duties.map((d) => JSON.stringify(d)),
    ],
  )
}

const writeApprovals = async (tx: Tx, agencyId: string, c: OpenedCase): Promise<void> => {
  const waiting = Object.values(c.state.documents).flatMap((doc) => {
    const rank = nextRank(doc, c.law.approvers(doc.type))
    return rank === undefined ? [] : [{ doc, rank }]
  })
  await tx.query('DELETE FROM app.approval_row WHERE case_id = $1', [c.caseId])
  for (const { doc, rank } of waiting)
    await tx.query(
      `INSERT INTO app.approval_row
         (document_id, case_id, agency_id, type, name, rank, submitted_at, submitted_by, approved_by, stood_in)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        doc.id,
        c.caseId,
        agencyId,
        doc.type,
        c.terms.documentName(doc.type, doc.data),
        rank,
        doc.submittedAt,
        JSON.stringify(doc.submittedBy),
        doc.approvals.filter((a) => a.rank !== 'handler').map((a) => a.by.personId),
        doc.approvals.filter((a) => a.standsInFor !== undefined).map((a) => a.by.personId),
      ],
    )
}

const stateOf = (doc: DocumentState): 'used' | 'voided' | 'corrected' | 'correction' => {
  if (doc.status === 'voided') return 'voided'
  if (doc.corrected !== undefined) return 'corrected'
  return doc.corrects === true ? 'correction' : 'used'
}

/** What became of each number that a paper of the case bears. */
const writeNumbers = async (tx: Tx, agencyId: string, c: OpenedCase): Promise<void> => {
  const papers = Object.values(c.state.documents).flatMap((doc) => {
    const number = doc.number ?? doc.preNumber
    return number === undefined ? [] : [{ doc, number }]
  })
  await tx.query('DELETE FROM app.numbered_paper WHERE case_id = $1', [c.caseId])
  if (papers.length === 0) return
  await tx.query(
    `INSERT INTO app.numbered_paper (document_id, agency_id, case_id, number, name, state, reason)
     SELECT t.id, $1, $2, t.number, t.name, t.state, t.reason
       FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS t(id, number, name, state, reason)`,
    [
      agencyId,
      c.caseId,
      papers.map(({ doc }) => doc.id),
      papers.map(({ number }) => number),
      papers.map(({ doc }) => c.terms.documentName(doc.type, doc.data)),
      papers.map(({ doc }) => stateOf(doc)),
      papers.map(({ doc }) => doc.voided?.reason ?? null),
    ],
  )
}

/**
 * Lists of cases, duties and waiting opinions. A case's rows follow from its whole stream, so they are made at its latest
 * event only, as of that event's time; replaying the record gives the same rows. What is overdue now is told when read.
 */
export const caseProjection = (deps: Pick<CaseDeps, 'library'>): Projection => ({
  name: 'case',
  tables: ['app.numbered_paper', 'app.approval_row', 'app.duty_row', 'app.case_handler', 'app.case_row'],
  apply: async (tx, event) => {
    if (event.streamType !== 'case' || !(await isLatest(tx, event))) return
    const c = await loadCaseIn(deps, tx, event.streamId, event.recordedAt)
    if (c === undefined) return
    const { receivedAt: startedAt, facts, flags } = c.state
    const evaluation = c.law.evaluate({ startedAt, facts, flags, now: c.now })
    await writeRow(tx, event.agencyId, c, evaluation)
    await writeDuties(tx, event.agencyId, c.caseId, evaluation)
    await writeApprovals(tx, event.agencyId, c)
    await writeNumbers(tx, event.agencyId, c)
  },
})
