import { judgeLock, type LockFound, type LockReading } from '@liuhen/domain/stores/lock'
import type { StoresEventData, StoreVerdict } from '@liuhen/domain/stores/events'
import type { z } from 'zod'
import { withAgency } from '../postgres/transaction.ts'
import { listAgencies } from './affected.ts'
import type { MendDeps } from './mend-copy.ts'
import { inOnePass, reachStore } from './reach-store.ts'
import type { KeptStore } from './store-place.ts'
import { tellAgency } from './tell.ts'

export type LockReport = z.infer<typeof StoresEventData.StoreLockTried>['internal']

/** A lock that was asked for and is not there fails; one that nobody asked for is only told. */
const verdictOf = (found: LockFound, reading: LockReading): StoreVerdict | undefined => {
  if (found === 'broken') return 'fail'
  if (found === 'not-checked') return 'not-checked'
  if (found !== 'none') return 'pass'
  return reading.asked === undefined ? undefined : 'fail'
}

const tryOne = async (deps: MendDeps, kept: KeptStore): Promise<LockReport> => {
  const { tryLock } = kept.place
  if (tryLock === undefined)
    return { store: kept.name, place: 'folder', found: 'none', reading: { trials: [] } }
  const reached = await reachStore(deps.pool, kept)
  const reading = reached.here ? await tryLock() : { trials: [], why: reached.why }
  const found = judgeLock(reading)
  const verdict = verdictOf(found, reading)
  return {
    store: kept.name,
    place: 'bucket',
    where: kept.place.where,
    ...(verdict === undefined ? {} : { verdict }),
    found,
    reading: { ...reading, trials: [...reading.trials] },
  }
}

/** Of a folder it is told once that it has no lock. */
const isKnown = async (deps: MendDeps, agencyId: string, report: LockReport): Promise<boolean> => {
  if (report.place !== 'folder') return false
  const { rows } = await withAgency(deps.store, agencyId, (tx) =>
    tx.query<{ place: string }>(
      `SELECT r.body ->> 'place' AS place FROM app.store_report r JOIN record.event e USING (event_id)
        WHERE r.kind = 'StoreLockTried' AND r.body ->> 'store' = $1 ORDER BY e.position DESC LIMIT 1`,
      [report.store],
    ),
  )
  return rows[0]?.place === 'folder'
}

/** At the start and daily: what really protects the stores from deletion, told to each agency. */
export const tryLocks = async (deps: MendDeps): Promise<readonly LockReport[] | undefined> =>
  inOnePass(deps.pool, 'lock', async () => {
    const stores = [deps.first, ...(deps.second === undefined ? [] : [deps.second])]
    const reports: LockReport[] = []
    for (const kept of stores) reports.push(await tryOne(deps, kept))
    for (const agencyId of await listAgencies(deps.pool))
      for (const report of reports)
        if (!(await isKnown(deps, agencyId, report)))
          await tellAgency(deps.store, agencyId, { type: 'StoreLockTried', data: { internal: report } })
    return reports
  })
