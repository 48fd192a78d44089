import type { Tx } from '../postgres/transaction.ts'
import type { BlobSize } from './copy-rows.ts'

export type OpenMove = Readonly<{
  id: string
  agencyId: string
  state: 'copying' | 'checked' | 'approved'
  fromPlace: string
  toPlace: string
  toId: string | null
  checkedAt: string | null
}>

/** The one move that is under way. */
export const openMove = async (tx: Tx): Promise<OpenMove | undefined> => {
  const { rows } = await tx.query<OpenMove>(
    `SELECT id, agency_id AS "agencyId", state, from_place AS "fromPlace", to_place AS "toPlace", to_id AS "toId",
            checked_at AS "checkedAt"
       FROM app.store_move WHERE state IN ('copying', 'checked', 'approved')`,
  )
  return rows[0]
}

export const listUnmoved = async (
  tx: Tx,
  moveId: string,
  o: Readonly<{ limit: number; except: readonly string[] }>,
): Promise<readonly BlobSize[]> => {
  const { rows } = await tx.query<BlobSize>(
    `SELECT b.sha256, b.size_bytes AS "sizeBytes" FROM app.blob b
      WHERE b.state = 'verified' AND b.sha256 <> ALL ($3)
        AND NOT EXISTS (SELECT FROM app.move_copy m WHERE m.move_id = $1 AND m.sha256 = b.sha256)
      ORDER BY b.sha256 LIMIT $2`,
    [moveId, o.limit, o.except],
  )
  return rows
}

export const noteMoved = async (tx: Tx, moveId: string, sha256: string, now: string): Promise<void> => {
  await tx.query(
    `INSERT INTO app.move_copy (move_id, sha256, verified_at) VALUES ($1, $2, $3)
     ON CONFLICT (move_id, sha256) DO UPDATE SET verified_at = EXCLUDED.verified_at`,
    [moveId, sha256, now],
  )
}

/** What was noted and is not there any more is copied again. */
export const forgetMoved = async (tx: Tx, moveId: string, sha256s: readonly string[]): Promise<void> => {
  await tx.query('DELETE FROM app.move_copy WHERE move_id = $1 AND sha256 = ANY ($2)', [moveId, sha256s])
}

/** An approval that was given stays: only the switch, which deletes nothing, comes after it. */
export const noteChecked = async (tx: Tx, moveId: string, passed: boolean, now: string): Promise<void> => {
  await tx.query(
    `UPDATE app.store_move SET checked_at = $3,
       state = CASE WHEN state = 'approved' THEN state WHEN $2 THEN 'checked' ELSE 'copying' END
      WHERE id = $1 AND state IN ('copying', 'checked', 'approved')`,
    [moveId, passed, now],
  )
}

export type MoveStanding = Readonly<{
  files: number
  bytes: number
  ofFiles: number
  moved: readonly BlobSize[]
}>

/** What was read back in the new store, of what the record has. */
export const moveStanding = async (tx: Tx, moveId: string): Promise<MoveStanding> => {
  const { rows } = await tx.query<BlobSize & { moved: boolean }>(
    `SELECT b.sha256, b.size_bytes AS "sizeBytes", m.sha256 IS NOT NULL AS moved FROM app.blob b
       LEFT JOIN app.move_copy m ON m.move_id = $1 AND m.sha256 = b.sha256 WHERE b.state = 'verified'`,
    [moveId],
  )
  const moved = rows.filter((r) => r.moved)
  return {
    files: moved.length,
    bytes: moved.reduce((sum, r) => sum + Number(r.sizeBytes), 0),
    ofFiles: rows.length,
    moved,
  }
}
