import type { Pool } from 'pg'

/** Maximum merge delay, stated to everybody: an event is under a checkpoint at the latest after so many seconds. */
export const MMD_SECONDS = 60

export type LogState = Readonly<{ size: number; checkpointSize: number; oldestPendingSeconds: number }>

/** What the health page and the metrics say about the log. */
export const readLogState = async (pool: Pool): Promise<LogState> => {
  const { rows } = await pool.query<LogState>(
    `SELECT (SELECT size FROM log.state) AS size,
            coalesce((SELECT max(size) FROM log.checkpoint), 0) AS "checkpointSize",
            coalesce(extract(epoch FROM clock_timestamp() - (SELECT min(since) FROM log.pending)), 0)::float8
              AS "oldestPendingSeconds"`,
  )
  const state = rows[0]
  if (state === undefined) throw new Error('a SELECT without FROM gives one row')
  return state
}
