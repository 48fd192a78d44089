import type { Pool, PoolClient } from 'pg'

const KEY = `hashtextextended($1, 12)`

const holding = async <T>(
  pool: Pool,
  recordingId: string,
  take: (client: PoolClient) => Promise<boolean>,
  work: () => Promise<T>,
): Promise<T | undefined> => {
  const client = await pool.connect()
  let broken = false
  try {
    if (!(await take(client))) return undefined
    try {
      return await work()
    } finally {
      await client.query(`SELECT pg_advisory_unlock(${KEY})`, [recordingId]).catch(() => (broken = true))
    }
  } finally {
    client.release(broken)
  }
}

/**
 * One copy of a recording is made at a time. The queue takes a job that runs for hours for one that was lost and begins
 * it again: that second run waits here, and finds the copy made, or goes on where the first one died.
 */
export const whileMaking = <T>(pool: Pool, recordingId: string, work: () => Promise<T>) =>
  holding(
    pool,
    recordingId,
    async (client) => {
      await client.query(`SELECT pg_advisory_lock(${KEY})`, [recordingId])
      return true
    },
    work,
  )

/** While this works no copy of the recording is made; absent when one is. */
export const besideNoMaking = <T>(pool: Pool, recordingId: string, work: () => Promise<T>) =>
  holding(
    pool,
    recordingId,
    async (client) => {
      const { rows } = await client.query<{ held: boolean }>(`SELECT pg_try_advisory_lock(${KEY}) AS held`, [
        recordingId,
      ])
      return rows[0]?.held === true
    },
    work,
  )
