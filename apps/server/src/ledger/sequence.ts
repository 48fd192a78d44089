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
    const given = await sequencer.query(
      `WITH taken AS (
         DELETE FROM log.pending
         WHERE position IN (SELECT position FROM log.pending ORDER BY position LIMIT $1) RETURNING position)
       INSERT INTO log.leaf (leaf_index, position)
         SELECT (SELECT size FROM log.state) + row_number() OVER (ORDER BY position) - 1, position FROM taken`,
      [limit],
    )
    const count = given.rowCount ?? 0
    if (count > 0) await sequencer.query('UPDATE log.state SET size = size + $1', [count])
    await sequencer.query('COMMIT')
    return count
  } catch (error) {
    await sequencer.query('ROLLBACK')
    throw error
  }
}
