import type { DestroyedFile, FileItem } from '@liuhen/domain/disposal/events'
import type { BatchItem } from '@liuhen/domain/disposal/state'
import { SHREDDED } from '@liuhen/domain/case/shredded'
import { toBase64 } from '@liuhen/ledger/bytes'
import { SHRED_EVENT, Shredding } from '@liuhen/ledger/shredding'
import type { Pool } from 'pg'
import type { StreamAppend } from '../event-store/append.ts'
import { connect } from '../postgres/pool.ts'
import { withAgency } from '../postgres/transaction.ts'
import { type DestroyDeps, destroyMade } from './destroy-copies.ts'
import type { FileContent, StreamContent } from './file-content.ts'

type Of = Readonly<{ batchId: string; number: string }>

const statementOf = (content: StreamContent, { batchId, number }: Of, now: string) => ({
  type: SHRED_EVENT,
  schemaVersion: 1,
  occurredAt: now,
  data: { public: { batchId, number, events: content.events } satisfies Shredding },
})

/** In each stream of the file the event that says what of it goes; in the case's own behind what the case is told. */
export const letGoOf = (
  content: FileContent,
  told: readonly StreamAppend[],
  of: Of,
  now: string,
): readonly StreamAppend[] => [
  ...told.map((append) => {
    const own = content.streams.find((s) => s.streamId === append.streamId)
    return own === undefined ? append : { ...append, events: [...append.events, statementOf(own, of, now)] }
  }),
  ...content.streams
    .filter((s) => !told.some((append) => append.streamId === s.streamId))
    .map((s) => ({
      streamType: s.streamType,
      streamId: s.streamId,
      expectedVersion: s.version,
      events: [statementOf(s, of, now)],
    })),
]

/**
 * Deletes what events of this batch let go of, or of every batch when none is named, with the salts, and the
 * words in which people said why they opened its recordings. Nobody but the shredder may, and the database lets it take
 * nothing else; what is gone already is gone. Returns how many parts went.
 */
export const shredContent = async (shredderUrl: string, batchId?: string): Promise<number> => {
  const shredder = await connect(shredderUrl, 'liuhen shredder')
  try {
    const { rowCount } = await shredder.query(
      `DELETE FROM record.payload p USING record.let_go g
        WHERE ($1::text IS NULL OR g.batch_id = $1) AND g.event_id = p.event_id AND g.part = p.part`,
      [batchId ?? null],
    )
    await shredder.query('SELECT app.empty_reasons()')
    return rowCount ?? 0
  } finally {
    await shredder.end()
  }
}

/**
 * Drafts, plans of packages and answers that are kept for requests sent twice repeat what the record said. They are no
 * record: they go without a trace of their own. Nobody knows which case an answer is of, so all of the agency's go: a
 * request that is sent again finds its command in the record.
 */
const forgetBeside = (pool: Pool, agencyId: string, caseId: string, number: string): Promise<void> =>
  withAgency({ pool }, agencyId, async (tx) => {
    await tx.query('DELETE FROM app.draft WHERE subject_id = $1', [caseId])
    await tx.query('DELETE FROM app.answer WHERE status IS NOT NULL')
    await tx.query(
      `UPDATE app.package SET state = 'destroyed', note = $2, verdict = NULL,
          plan = plan || jsonb_build_object('documents', '[]'::jsonb, 'recordings', '[]'::jsonb, 'sidecars', '[]'::jsonb, 'enclosures', '[]'::jsonb,
            'account', '[]'::jsonb, 'papers', '{}'::jsonb, 'words', '{"steps": {}, "facts": {}}'::jsonb, 'summary', jsonb_build_object('v', 1, 'title', $3::text,
              'caseId', plan -> 'summary' -> 'caseId', 'caseNo', plan -> 'summary' -> 'caseNo',
              'agency', plan -> 'summary' -> 'agency', 'clock', plan -> 'summary' -> 'clock'))
        WHERE case_id = $1 AND state <> 'destroyed'`,
      [caseId, `已随案卷依法销毁，批次 ${number}`, SHREDDED],
    )
  })

type Said = { stream_id: string; version: number; leaf_hash: Buffer; bytes: Buffer }

/** By which events the content of this case went. */
const statementsOf = async (pool: Pool, agencyId: string, caseId: string, batchId: string) => {
  const { rows } = await withAgency({ pool }, agencyId, (tx) =>
    tx.query<Said>(
      `SELECT e.stream_id, e.version, e.leaf_hash, p.bytes FROM record.event e
         JOIN record.payload p ON p.event_id = e.event_id AND p.part = 'public'
        WHERE e.type = $1 AND (e.stream_id = $2
          OR e.stream_id IN (SELECT recording_id FROM app.recording_row WHERE case_id = $2)
          OR e.stream_id IN (SELECT d.derivative_id FROM app.derivative_row d JOIN app.recording_row r USING (recording_id)
            WHERE r.case_id = $2)) ORDER BY e.position`,
      [SHRED_EVENT, caseId],
    ),
  )
  return rows
    .map((row) => ({ row, said: Shredding.parse(JSON.parse(row.bytes.toString())) }))
    .filter(({ said }) => said.batchId === batchId)
}

type Shredder = DestroyDeps & Readonly<{ shredderUrl: string }>

/** The content and the papers of a case file that was let go in the record. What a crash cuts off is done again. */
export const shredFile = async (
  deps: Shredder,
  item: BatchItem & FileItem,
  { batchId, number }: Of,
): Promise<DestroyedFile> => {
  const { agencyId, stores } = deps
  const { caseFile: caseId } = item
  await shredContent(deps.shredderUrl, batchId)
  const at = await stores.now()
  const papers: DestroyedFile['papers'] = []
  for (const { sha256 } of item.papers)
    papers.push({ sha256, copies: await destroyMade(deps, { ownOf: { caseId }, sha256, batchId, number }) })
  await forgetBeside(stores.pool, agencyId, caseId, number)
  const statements = await statementsOf(stores.pool, agencyId, caseId, batchId)
  return {
    caseFile: caseId,
    at,
    parts: statements.reduce((n, { said }) => n + said.events.reduce((m, e) => m + e.parts.length, 0), 0),
    statements: statements.map(({ row }) => ({
      streamId: row.stream_id,
      version: row.version,
      leafHash: toBase64(row.leaf_hash),
    })),
    papers,
  }
}
