import {
  type Batch,
  type BatchItem,
  initialBatch,
  isRunning,
  type BatchState,
} from '@liuhen/domain/disposal/state'
import type { FileItem } from '@liuhen/domain/disposal/events'
import type { RecordedEvent } from '@liuhen/domain/event'
import type { Projection } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'
import { evolveDisposal } from './load-batch.ts'

const stateBefore = async (tx: Tx, batchId: string): Promise<BatchState> => {
  const { rows } = await tx.query<{ state: Batch }>(
    'SELECT state FROM app.disposal_row WHERE batch_id = $1',
    [batchId],
  )
  return rows[0]?.state ?? initialBatch
}

const writeRow = (tx: Tx, e: RecordedEvent, b: Batch) =>
  tx.query(
    `INSERT INTO app.disposal_row (batch_id, agency_id, version, number, status, proposed_at, cools_until, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (batch_id) DO UPDATE SET version = $3, status = $5, cools_until = $7, state = $8`,
    [
      e.streamId,
      e.agencyId,
      e.version,
      b.number,
      b.status,
      b.proposed.at,
      b.approved?.coolsUntil ?? null,
      JSON.stringify(b),
    ],
  )

const writeRecordings = (tx: Tx, e: RecordedEvent, b: Batch) => {
  const items = b.items.flatMap((i) => ('recordingId' in i ? [i] : []))
  return tx.query(
    `INSERT INTO app.disposal_item (batch_id, recording_id, agency_id, sha256, running, released_at)
     SELECT $1, i.id, $2, i.sha256, i.running, i.released
       FROM unnest($3::text[], $4::text[], $5::boolean[], $6::timestamptz[]) AS i (id, sha256, running, released)
     ON CONFLICT (batch_id, recording_id) DO UPDATE SET running = EXCLUDED.running, released_at = EXCLUDED.released_at`,
    [
      e.streamId,
      e.agencyId,
      items.map((i) => i.recordingId),
      items.map((i) => i.sha256),
      items.map((i) => isRunning(b) && i.struck === undefined),
      items.map((i) => i.releasedAt ?? null),
    ],
  )
}

const writeFile = (tx: Tx, e: RecordedEvent, b: Batch, item: BatchItem & FileItem) =>
  tx.query(
    `INSERT INTO app.disposal_file (batch_id, case_id, agency_id, running, released_at, papers)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (batch_id, case_id) DO UPDATE SET running = $4, released_at = $5, papers = $6`,
    [
      e.streamId,
      item.caseFile,
      e.agencyId,
      isRunning(b) && item.struck === undefined,
      item.releasedAt ?? null,
      item.papers.map((p) => p.sha256),
    ],
  )

export const disposalProjection: Projection = {
  name: 'disposal',
  tables: ['app.disposal_row', 'app.disposal_item', 'app.disposal_file'],
  apply: async (tx, event) => {
    if (event.streamType !== 'disposal') return
    const before = event.version === 1 ? initialBatch : await stateBefore(tx, event.streamId)
    const after = evolveDisposal(before, event)
    if (after.status === 'none') return
    await writeRow(tx, event, after)
    await writeRecordings(tx, event, after)
    for (const item of after.items) if ('caseFile' in item) await writeFile(tx, event, after, item)
  },
}
