import { type Batch, initialBatch, isRunning, type BatchState } from '@liuhen/domain/disposal/state'
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

const writeItems = (tx: Tx, e: RecordedEvent, b: Batch) =>
  tx.query(
    `INSERT INTO app.disposal_item (batch_id, recording_id, agency_id, sha256, running, released_at)
     SELECT $1, i.id, $2, i.sha256, i.running, i.released
       FROM unnest($3::text[], $4::text[], $5::boolean[], $6::timestamptz[]) AS i (id, sha256, running, released)
     ON CONFLICT (batch_id, recording_id) DO UPDATE SET running = EXCLUDED.running, released_at = EXCLUDED.released_at`,
    [
      e.streamId,
      e.agencyId,
      b.items.map((i) => i.recordingId),
      b.items.map((i) => i.sha256),
      b.items.map((i) => isRunning(b) && i.struck === undefined),
      b.items.map((i) => i.releasedAt ?? null),
    ],
  )

export const disposalProjection: Projection = {
  name: 'disposal',
  tables: ['app.disposal_row', 'app.disposal_item'],
  apply: async (tx, event) => {
    if (event.streamType !== 'disposal') return
    const before = event.version === 1 ? initialBatch : await stateBefore(tx, event.streamId)
    const after = evolveDisposal(before, event)
    if (after.status === 'none') return
    await writeRow(tx, event, after)
    await writeItems(tx, event, after)
  },
}
