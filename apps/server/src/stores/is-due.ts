import type { Store } from '../event-store/store.ts'
import { withAgency } from '../postgres/transaction.ts'
import { listAgencies } from './affected.ts'
import { reachStore, type Stores } from './reach-store.ts'

/** A little less than a day, so that the hour of the run does not creep forward. */
const DAY_MS = 23 * 60 * 60 * 1000

type Newest = { at: string; body: { cutShort?: boolean } }

/** An installation in its first hour has nothing that could have changed; one without an agency has nobody to be told. */
const isSettled = async ({ pool, first }: Stores): Promise<boolean> => {
  await reachStore(pool, first)
  const { rows } = await pool.query<{ old: boolean }>(
    `SELECT since < now() - interval '1 hour' AS old FROM app.blob_store WHERE store = 'first'`,
  )
  return rows[0]?.old ?? true
}

/** Whether the run of this day is still to be made; one that was cut short is made again. */
export const isDue = async (
  deps: Stores & Readonly<{ store: Store }>,
  kind: 'StoresScrubbed' | 'InventoryTaken' | 'StoreLockTried',
): Promise<boolean> => {
  const [agencyId] = await listAgencies(deps.pool)
  if (agencyId === undefined || !(await isSettled(deps))) return false
  const { rows } = await withAgency(deps.store, agencyId, (tx) =>
    tx.query<Newest>(
      `SELECT r.at, r.body FROM app.store_report r JOIN record.event e USING (event_id)
        WHERE r.kind = $1 ORDER BY e.position DESC LIMIT 1`,
      [kind],
    ),
  )
  const last = rows[0]
  if (last === undefined || last.body.cutShort === true) return true
  return Date.parse(await deps.now()) - Date.parse(last.at) >= DAY_MS
}
