import type { ClientBase, Pool } from 'pg'

/** Something that takes queries: a transaction, or a pool where no transaction is needed. */
export type Tx = Pick<ClientBase, 'query'>

/** PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, not with an error. */
export class NotCommittedError extends Error {
  constructor() {
    super('the transaction was rolled back at commit')
    this.name = 'NotCommittedError'
  }
}

/**
 * One transaction. Queries that are sent before earlier ones are awaited share a round trip; after the first error the
 * server refuses the rest. An error thrown inside rolls back.
 */
export const inTransaction = async <T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const begun = client.query('BEGIN')
    const [, value] = await Promise.all([begun, work(client)])
    const committed = await client.query('COMMIT')
    if (committed.command !== 'COMMIT') throw new NotCommittedError()
    return value
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** A transaction that sees and writes only rows of these agencies (row-level security). */
export const withAgency = <T>(
  deps: Readonly<{ pool: Pool }>,
  agencies: string | readonly string[],
  work: (tx: Tx) => Promise<T>,
): Promise<T> =>
  inTransaction(deps.pool, async (tx) => {
    const list = typeof agencies === 'string' ? agencies : agencies.join(',')
    const set = tx.query({
      name: 'agency',
      text: `SELECT set_config('app.agency', $1, true)`,
      values: [list],
    })
    const [, value] = await Promise.all([set, work(tx)])
    return value
  })
