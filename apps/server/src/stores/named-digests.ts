import { addNamedBlobs, type NamedBlobs } from '../fsck/named-blobs.ts'
import type { Pool } from 'pg'
import { withAgency } from '../postgres/transaction.ts'
import { listAgencies } from './affected.ts'

const BATCH = 1_000

type Row = { position: number; type: string; event_id: string; bytes: Buffer }

/** Every digest that an event names, with the event. Payloads that name none are not even fetched. */
export const namedDigests = async (pool: Pool): Promise<NamedBlobs> => {
  const agencies = await listAgencies(pool)
  const named: NamedBlobs = new Map()
  for (let after = 0; ; ) {
    const { rows } = await withAgency({ pool }, agencies, (tx) =>
      tx.query<Row>(
        `SELECT e.position, e.type, e.event_id, p.bytes FROM record.event e JOIN record.payload p USING (event_id)
          WHERE e.position IN (SELECT position FROM record.event WHERE position > $1 ORDER BY position LIMIT ${BATCH})
            AND position('"blob"'::bytea IN p.bytes) > 0`,
        [after],
      ),
    )
    for (const row of rows) addNamedBlobs(row.bytes, `${row.type} ${row.event_id}`, named)
    const next = await withAgency({ pool }, agencies, (tx) =>
      tx.query<{ last: number | null }>(
        `SELECT max(position) AS last FROM (
           SELECT position FROM record.event WHERE position > $1 ORDER BY position LIMIT ${BATCH}) b`,
        [after],
      ),
    )
    const last = next.rows[0]?.last ?? null
    if (last === null) return named
    after = last
  }
}
