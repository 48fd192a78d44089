import type { StoreName, StoreReading } from '@liuhen/domain/stores/events'
import type { Pool } from 'pg'

export type Due = Readonly<{ sha256: string; sizeBytes: number }>

/** A verified blob belongs into the first store; into the second as soon as it was copied there. */
const KEPT = `FROM app.blob b LEFT JOIN app.blob_copy c ON c.sha256 = b.sha256 AND c.store = $1
  WHERE b.state = 'verified' AND ($1 = 'first' OR c.store IS NOT NULL)`

/**
 * What a run reads of a store: everything that is known to be wrong, everything whose time is up, and of the rest the
 * copies read longest ago until the run has its share of the files and of the bytes.
 */
export const listDue = async (
  pool: Pool,
  store: StoreName,
  o: Readonly<{ days: number; now: string }>,
): Promise<readonly Due[]> => {
  const { rows } = await pool.query<Due>(
    `SELECT sha256, "sizeBytes" FROM (
       SELECT b.sha256, b.size_bytes AS "sizeBytes", c.state, c.verified_at,
              row_number() OVER w AS n, sum(b.size_bytes) OVER w - b.size_bytes AS before,
              count(*) OVER () AS files, sum(b.size_bytes) OVER () AS bytes
       ${KEPT} WINDOW w AS (ORDER BY c.state IS DISTINCT FROM 'intact' DESC, c.verified_at NULLS FIRST, b.sha256)
     ) x
     WHERE n <= ceil(files::numeric / $2::int) OR before < bytes / $2::int
        OR state <> 'intact' OR verified_at <= $3::timestamptz - make_interval(days => $2::int - 1)
     ORDER BY n`,
    [store, o.days, o.now],
  )
  return rows
}

export type Standing = Pick<StoreReading, 'neverRead' | 'oldestReadAt'> &
  Readonly<{ files: number; bytes: number; bad: number }>

/** How a store stands by what is known of its copies. */
export const standingOf = async (pool: Pool, store: StoreName): Promise<Standing> => {
  const { rows } = await pool.query<{
    files: number
    bytes: string | null
    never: number
    bad: number
    oldest: string | null
  }>(
    `SELECT count(*) AS files, sum(b.size_bytes) AS bytes, count(*) FILTER (WHERE c.verified_at IS NULL) AS never,
            count(*) FILTER (WHERE c.state <> 'intact') AS bad, min(c.verified_at) AS oldest ${KEPT}`,
    [store],
  )
  const row = rows[0]
  if (row === undefined) throw new Error('an aggregate has one row')
  return {
    files: row.files,
    bytes: Number(row.bytes ?? 0),
    neverRead: row.never,
    bad: row.bad,
    ...(row.oldest === null ? {} : { oldestReadAt: row.oldest }),
  }
}

export type Uncopied = Readonly<{ files: number; bytes: number; overdue: number }>

/** Verified blobs without an intact copy in the second store; overdue are those that wait for longer than a day. */
export const countUncopied = async (pool: Pool): Promise<Uncopied> => {
  const { rows } = await pool.query<{ files: number; bytes: string | null; overdue: number }>(
    `SELECT count(*) AS files, sum(size_bytes) AS bytes,
            count(*) FILTER (WHERE settled_at < now() - interval '1 day') AS overdue
       FROM app.blob b WHERE b.state = 'verified' AND NOT EXISTS (
         SELECT FROM app.blob_copy c WHERE c.sha256 = b.sha256 AND c.store = 'second' AND c.state = 'intact')`,
  )
  const row = rows[0]
  return { files: row?.files ?? 0, bytes: Number(row?.bytes ?? 0), overdue: row?.overdue ?? 0 }
}
