import type { QueryOf } from '@liuhen/api/route'
import type { DockingRow, listDockings as route } from '@liuhen/api/routes/dockings'
import type { KnownDocking } from '@liuhen/domain/docking/state'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { parseCursor, printCursor } from '../case/cursor.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import type { DockingDeps } from './docking-deps.ts'
import { uploadTargetOf } from './get-docking.ts'
import { keptRecordings } from './settle-docking.ts'

type Row = { id: string; version: number; unresolved: number; state: KnownDocking }

const LIST = `SELECT docking_id AS id, version, unresolved, state FROM app.docking_row
  WHERE ($1::text IS NULL OR status = $1) AND ($2::text IS NULL OR device_id = $2)
    AND ($3::boolean IS NOT TRUE OR unresolved > 0)
    AND ($4::timestamptz IS NULL OR (begun_at, docking_id) < ($4, $5))
  ORDER BY begun_at DESC, docking_id DESC LIMIT $6`

const UNDER_WAY = `SELECT coalesce(sum(received), 0)::float8 AS bytes FROM (
    SELECT max(received_bytes) AS received FROM app.upload
     WHERE target_id = ANY ($1) AND state IN ('receiving', 'received') GROUP BY target_id) AS u`

const bytesUnderWay = async (tx: Tx, id: string, files: KnownDocking['files']): Promise<number> => {
  const targets = files.flatMap((f) => uploadTargetOf(id, f) ?? [])
  return (await tx.query<{ bytes: number }>(UNDER_WAY, [targets])).rows[0]?.bytes ?? 0
}

const view = async (tx: Tx, { id, version, unresolved, state }: Row): Promise<DockingRow> => {
  const kept = await keptRecordings(tx, state)
  const isKept = (f: KnownDocking['files'][number]) =>
    f.as === 'recording' ? kept.has(f.recordingId) : f.as === 'aside' && f.kept
  const done = state.files.filter(isKept)
  const coming = state.files.filter((f) => !isKept(f))
  const bytesOf = (files: KnownDocking['files']) => files.reduce((sum, f) => sum + f.sizeBytes, 0)
  const { status, station, deviceId, clock, begunAt, completedAt, clearedAt } = state
  return present({
    id,
    version,
    status,
    station,
    deviceId,
    clock,
    begunAt,
    completedAt,
    clearedAt,
    files: state.files.length,
    keptFiles: done.length,
    bytes: bytesOf(state.files),
    keptBytes: bytesOf(done),
    receivedBytes: bytesOf(done) + (await bytesUnderWay(tx, id, coming)),
    unresolved,
  })
}

/** The latest first. What is kept is counted from the recordings as they are now. */
export const listDockings = (
  { store }: DockingDeps,
  actor: Actor,
  q: QueryOf<typeof route>,
): Promise<{ items: DockingRow[]; next?: string }> =>
  withAgency(store, actor.agencyId, async (tx) => {
    const filter = [q.status ?? null, q.deviceId ?? null, q.unresolved === 'true']
    const after = parseCursor(q.cursor)
    const page = [after?.at ?? null, after?.id ?? null, q.limit + 1]
    const { rows } = await tx.query<Row>(LIST, [...filter, ...page])
    const items: DockingRow[] = []
    for (const row of rows.slice(0, q.limit)) items.push(await view(tx, row))
    const last = items.at(-1)
    return { items, ...(rows.length > q.limit && last && { next: printCursor(last.begunAt, last.id) }) }
  })
