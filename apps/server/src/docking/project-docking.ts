import { createHash } from 'node:crypto'
import type { ListedFile } from '@liuhen/domain/docking/events'
import {
  initialDocking,
  isUnresolved,
  type DockingState,
  type KnownDocking,
} from '@liuhen/domain/docking/state'
import type { Projection } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'
import { evolveDocked } from './load-docking.ts'

/** By which a card that comes back is known: every path with its size and time, in the order of paths. */
export const listDigest = (files: readonly ListedFile[]): string => {
  const lines = files.map((f) => `${f.path}\n${f.sizeBytes}\n${Date.parse(f.modifiedAt)}\n`)
  return createHash('sha256').update(lines.toSorted().join('')).digest('hex')
}

const UPSERT = `INSERT INTO app.docking_row (docking_id, agency_id, version, status, station, device_id, list_digest,
    begun_at, completed_at, cleared_at, unresolved, state)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  ON CONFLICT (docking_id) DO UPDATE SET version = $3, status = $4, completed_at = $9, cleared_at = $10,
    unresolved = $11, state = $12`

const rowOf = (d: KnownDocking): unknown[] => [
  d.status,
  d.station,
  d.deviceId,
  listDigest(d.files),
  d.begunAt,
  d.completedAt ?? null,
  d.clearedAt ?? null,
  d.files.filter(isUnresolved).length,
  JSON.stringify(d),
]

const stateBefore = async (tx: Tx, dockingId: string): Promise<DockingState> => {
  const { rows } = await tx.query<{ state: DockingState }>(
    'SELECT state FROM app.docking_row WHERE docking_id = $1',
    [dockingId],
  )
  return rows[0]?.state ?? initialDocking
}

export const dockingProjection: Projection = {
  name: 'docking',
  tables: ['app.docking_row'],
  apply: async (tx, event) => {
    if (event.streamType !== 'docking') return
    const before = event.version === 1 ? initialDocking : await stateBefore(tx, event.streamId)
    const after = evolveDocked(before, event)
    if (after.status === 'none') return
    await tx.query(UPSERT, [event.streamId, event.agencyId, event.version, ...rowOf(after)])
  },
}
