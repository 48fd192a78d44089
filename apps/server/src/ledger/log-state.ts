import type { Pool } from 'pg'

export type LogState = Readonly<{
  size: number
  checkpointSize: number
  /** Since when the oldest event waits for a checkpoint over it, whether or not it has an index already. */
  oldestPendingSeconds: number
}>

/** What the health page and the metrics say about the log. */
export const readLogState = async (pool: Pool): Promise<LogState> => {
  const { rows } = await pool.query<LogState>(
    `SELECT (SELECT size FROM log.state) AS size,
            coalesce((SELECT max(size) FROM log.checkpoint), 0) AS "checkpointSize",
            coalesce(extract(epoch FROM clock_timestamp() - least(
              (SELECT min(since) FROM log.pending), (SELECT unsigned_since FROM log.state))), 0)::float8
              AS "oldestPendingSeconds"`,
  )
  const state = rows[0]
  if (state === undefined) throw new Error('a SELECT without FROM gives one row')
  return state
}
