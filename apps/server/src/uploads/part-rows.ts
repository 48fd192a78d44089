import type { Tx } from '../postgres/transaction.ts'
import { COLUMNS, type Upload } from './upload-rows.ts'

/** Bytes that the sender has announced in parts and not joined yet; serialises the sender's own announcements. */
export const lockOpenParts = async (tx: Tx, userId: string): Promise<number> => {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 11))', [userId])
  const { rows } = await tx.query<{ total: number }>(
    `SELECT coalesce(sum(length_bytes), 0)::float8 AS total FROM app.upload
      WHERE user_id = $1 AND kind = 'partial' AND state IN ('receiving', 'held')`,
    [userId],
  )
  return rows[0]?.total ?? 0
}

/** In the order that was asked for; those that are not there are left out. */
export const findParts = async (tx: Tx, ids: readonly string[]): Promise<readonly Upload[]> => {
  const { rows } = await tx.query<Upload>(
    `SELECT ${COLUMNS} FROM app.upload WHERE id = ANY ($1::uuid[]) AND kind = 'partial'
      ORDER BY array_position($1::uuid[], id)`,
    [ids],
  )
  return rows
}

export const listPartsOf = async (tx: Tx, finalId: string): Promise<readonly Upload[]> => {
  const { rows } = await tx.query<Upload>(
    `SELECT ${COLUMNS} FROM app.upload WHERE part_of = $1 ORDER BY part_number`,
    [finalId],
  )
  return rows
}

/** True when all of them are whole, were nobody's, and now belong to this upload alone. */
export const claimParts = async (tx: Tx, finalId: string, ids: readonly string[]): Promise<boolean> => {
  // Locked first: a statement that had to wait for a rival's claim would still not see whose they are now.
  await tx.query('SELECT FROM app.upload WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [ids])
  const { rowCount } = await tx.query(
    `UPDATE app.upload p SET part_of = $1, part_number = array_position($2::uuid[], p.id) - 1
      WHERE p.id = ANY ($2::uuid[]) AND p.kind = 'partial' AND p.state = 'held'
        AND p.part_of IS NULL`,
    [finalId, ids],
  )
  return rowCount === ids.length
}

/** The bytes of the parts stand in the joined file: theirs are given up. */
export const releaseParts = async (tx: Tx, finalId: string): Promise<void> => {
  await tx.query(
    `WITH p AS (UPDATE app.upload SET state = 'joined' WHERE part_of = $1 AND state = 'held' RETURNING id)
     UPDATE app.blob SET state = 'discarded', note = $2, settled_at = now() WHERE id IN (SELECT id FROM p)`,
    [finalId, `joined into ${finalId}`],
  )
}

/** The upload that they were given to is lost; they are whole and can be joined again, or expire. */
export const freeParts = async (tx: Tx, finalId: string): Promise<void> => {
  await tx.query('UPDATE app.upload SET part_of = NULL, part_number = NULL WHERE part_of = $1', [finalId])
}
