import type { Pool, PoolClient } from 'pg'

/** One transaction; `agencyId` opens the rows of that agency to it (row-level security). */
export const inTransaction = async <T>(
  pool: Pool,
  work: (tx: PoolClient) => Promise<T>,
  agencyId?: string,
): Promise<T> => {
  const tx = await pool.connect()
  try {
    const begun = [tx.query('BEGIN')]
    if (agencyId !== undefined) begun.push(tx.query(`SELECT set_config('app.agency', $1, true)`, [agencyId]))
    await Promise.all(begun)
    const result = await work(tx)
    await tx.query('COMMIT')
    tx.release()
    return result
  } catch (e) {
    // A connection whose ROLLBACK fails is closed, never returned to the pool with an open transaction.
    await tx.query('ROLLBACK').then(
      () => tx.release(),
      () => tx.release(true),
    )
    throw e
  }
}
