import type { Tx } from '../postgres/transaction.ts'

export const MAX_BATCH = 2_048

/**
 * Gives the next indexes to events that are committed and have none, in the order of writing. A rolled-back writer
 * leaves no gap because only committed rows are seen; the lock on the state row keeps a second sequencer out. Event n+1
 * of a stream is written after n was committed, so whoever sees n+1 sees n, and n has the smaller position.
 */
export const sequenceBatch = async (sequencer: Tx, limit: number = MAX_BATCH): Promise<number> => {
  await sequencer.query('BEGIN')
  try {
    await sequencer.query('SELECT size FROM log.state FOR UPDATE')
    const given = await sequencer.query<{ count: number }>(
      `WITH taken AS (
         DELETE FROM log.pending
         WHERE position IN (SELECT position FROM log.pending ORDER BY position LIMIT $1) RETURNING position, since),
       placed AS (
         INSERT INTO log.leaf (leaf_index, position)
           SELECT (SELECT size FROM log.state) + row_number() OVER (ORDER BY position) - 1, position FROM taken
         RETURNING leaf_index)
       UPDATE log.state SET size = size + (SELECT count(*) FROM placed),
                            unsigned_since = least(unsigned_since, (SELECT min(since) FROM taken))
        WHERE EXISTS (SELECT FROM taken) RETURNING (SELECT count(*)::int FROM placed) AS count`,
      [limit],
    )
    const count = given.rows[0]?.count ?? 0
    await sequencer.query('COMMIT')
    return count
  } catch (error) {
    await sequencer.query('ROLLBACK')
    throw error
  }
}
