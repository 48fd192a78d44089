import type { QueryOf } from '@liuhen/api/route'
import { DockingRow, type listDockings as route } from '@liuhen/api/routes/dockings'
import { SEES_ALL_DOCKINGS } from '@liuhen/domain/docking/can'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { parseCursor, printCursor } from '../http/cursor.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { DockingDeps } from './docking-deps.ts'

/** `canSeeDocking` as a condition: $2 whether a post sees all, $3 the user. */
const LIST = `
  WITH page AS (
    SELECT * FROM app.docking_row d
     WHERE d.agency_id = $1 AND ($2::boolean OR d.begun_by = $3)
       AND ($4::text IS NULL OR d.status = $4) AND ($5::text IS NULL OR d.device_id = $5)
       AND ($6::boolean IS NOT TRUE OR EXISTS (
         SELECT FROM app.docked_file f WHERE f.agency_id = $1 AND f.docking_id = d.docking_id
            AND f.aside NOT IN ('sidecar', 'empty') AND NOT f.resolved))
       AND ($7::timestamptz IS NULL OR (d.begun_at, d.docking_id) < ($7, $8))
     ORDER BY d.begun_at DESC, d.docking_id DESC LIMIT $9)
  SELECT p.docking_id AS id, p.version, p.status, p.station, p.device_id AS "deviceId", p.clock,
         p.begun_at AS "begunAt", p.completed_at AS "completedAt", p.cleared_at AS "clearedAt",
         n.files, n.kept AS "keptFiles", n.bytes, n.kept_bytes AS "keptBytes",
         n.kept_bytes + n.coming AS "receivedBytes", n.unresolved
    FROM page p CROSS JOIN LATERAL (
      SELECT count(*)::integer AS files,
             count(*) FILTER (WHERE at_rest)::integer AS kept,
             coalesce(sum(size_bytes), 0)::float8 AS bytes,
             coalesce(sum(size_bytes) FILTER (WHERE at_rest), 0)::float8 AS kept_bytes,
             coalesce(sum(coming) FILTER (WHERE NOT at_rest), 0)::float8 AS coming,
             count(*) FILTER (WHERE aside NOT IN ('sidecar', 'empty') AND NOT resolved)::integer AS unresolved
        FROM (
          SELECT f.*, f.kept OR coalesce(r.status <> 'registered', false) AS at_rest,
                 (SELECT max(u.received_bytes) FROM app.upload u
                   WHERE u.target_id = coalesce(f.recording_id, 'docking:' || f.docking_id || ':' || f.path)
                     AND u.state IN ('receiving', 'received')) AS coming
            FROM app.docked_file f LEFT JOIN app.recording_row r ON r.recording_id = f.recording_id
           WHERE f.docking_id = p.docking_id) AS one) AS n
   ORDER BY p.begun_at DESC, p.docking_id DESC`

/** The latest first. What is kept is counted from the recordings as they are now. */
export const listDockings = (
  { store }: DockingDeps,
  actor: Actor,
  q: QueryOf<typeof route>,
): Promise<{ items: DockingRow[]; next?: string }> =>
  withAgency(store, actor.agencyId, async (tx) => {
    const after = parseCursor(q.cursor)
    const { rows } = await tx.query<Record<string, unknown>>(LIST, [
      actor.agencyId,
      actor.roles.some((role) => SEES_ALL_DOCKINGS.includes(role)),
      actor.userId,
      q.status ?? null,
      q.deviceId ?? null,
      q.unresolved === 'true',
      after?.at ?? null,
      after?.id ?? null,
      q.limit + 1,
    ])
    const items = rows
      .slice(0, q.limit)
      .map((row) =>
        DockingRow.parse(
          present(Object.fromEntries(Object.entries(row).map(([k, v]) => [k, v ?? undefined]))),
        ),
      )
    const last = items.at(-1)
    return { items, ...(rows.length > q.limit && last && { next: printCursor(last.begunAt, last.id) }) }
  })
