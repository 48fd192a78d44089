import type { Pool } from 'pg'
import type { BlobStore } from '../blobs/blob-store.ts'

/**
 * A folder gives a name to one of two who come at once; a bucket would keep both as versions, or one would end the
 * other's parts. So whoever brings bytes into a bucket waits for others with the same bytes, in whatever process.
 */
export const adoptingInTurn = (pool: Pool, store: BlobStore): BlobStore => ({
  ...store,
  adopt: async (stagedPath, sha256) => {
    const client = await pool.connect()
    const lock = 'hashtextextended($1, 11)'
    let broken: Error | undefined
    try {
      await client.query(`SELECT pg_advisory_lock(${lock})`, [sha256])
      try {
        await store.adopt(stagedPath, sha256)
      } finally {
        await client.query(`SELECT pg_advisory_unlock(${lock})`, [sha256]).catch((e: Error) => {
          broken = e
        })
      }
    } finally {
      // A connection that could not unlock is ended, and its lock with it.
      client.release(broken)
    }
  },
})
