import type { ResponseOf } from '@liuhen/api/route'
import type { storeHealth } from '@liuhen/api/routes/stores'
import type { Actor } from '@liuhen/domain/event'
import { type Affected, StoresEventData, type StoreName } from '@liuhen/domain/stores/events'
import { forKeeper, judgeStores } from '@liuhen/domain/stores/judge'
import type { Config } from '../config/config.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { onOneDevice, type Reached, reachStore, type Stores } from './reach-store.ts'
import { countUncopied, standingOf } from './scrub-rows.ts'
import type { MoveCommandDeps } from './move-commands.ts'
import type { KeptStore } from './store-place.ts'
import { viewMove } from './view-move.ts'

type Health = ResponseOf<typeof storeHealth>
type Deps = MoveCommandDeps &
  Readonly<{
    stores: Stores
    config: Config
    documentName: (type: string) => string
    shortestKeeping?: Readonly<{ days: number; title: string }> | undefined
  }>
type Kind = keyof typeof StoresEventData

const DAMAGES = 20
/** Of a folder it is told once, of a bucket daily: the first store's may lie far back. */
const LOCKS = 100

const newest = async (tx: Tx, kind: Kind, limit: number) => {
  const { rows } = await tx.query<{ at: string; body: unknown }>(
    `SELECT r.at, r.body FROM app.store_report r JOIN record.event e USING (event_id)
      WHERE r.kind = $1 ORDER BY e.position DESC LIMIT $2`,
    [kind, limit],
  )
  return rows
}

const lastOf = async <T extends object>(
  tx: Tx,
  kind: Kind,
  schema: Readonly<{ parse: (body: unknown) => T }>,
): Promise<(T & { at: string }) | undefined> => {
  const [row] = await newest(tx, kind, 1)
  return row === undefined ? undefined : { ...schema.parse(row.body), at: row.at }
}

const damagesIn = async (tx: Tx): Promise<Health['damages']> => {
  const schemas = {
    damaged: StoresEventData.CopyDamaged.shape.internal,
    repaired: StoresEventData.CopyRepaired.shape.internal,
  }
  const damaged = await newest(tx, 'CopyDamaged', DAMAGES)
  const repaired = (await newest(tx, 'CopyRepaired', DAMAGES)).map((row) => ({
    at: row.at,
    ...schemas.repaired.parse(row.body),
  }))
  return damaged.map(({ at, body }) => {
    const damage = schemas.damaged.parse(body)
    const mended = repaired.findLast(
      (r) => r.sha256 === damage.sha256 && r.store === damage.store && r.at >= at,
    )
    return { at, ...damage, ...(mended === undefined ? {} : { repairedAt: mended.at }) }
  })
}

/** People read the name of a document, events its type. */
const withNames = <T extends { affected?: Affected }>(deps: Deps, one: T): T =>
  one.affected === undefined
    ? one
    : {
        ...one,
        affected: {
          ...one.affected,
          documents: one.affected.documents.map((d) => ({ ...d, type: deps.documentName(d.type) })),
        },
      }

/** By the clock of the database, as the rows of blobs are: what came in today may still wait for its first reading. */
const countUnread = async ({ pool }: Stores, store: StoreName): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*) AS n FROM app.blob b
       LEFT JOIN app.blob_copy c ON c.sha256 = b.sha256 AND c.store = $1
      WHERE b.state = 'verified' AND c.verified_at IS NULL AND ($1 = 'first' OR c.store IS NOT NULL)
        AND b.settled_at < now() - interval '1 day'`,
    [store],
  )
  return rows[0]?.n ?? 0
}

const kindOf = (kept: KeptStore) => (kept.place.tryLock === undefined ? 'folder' : 'bucket')

const storeNow = async (
  { stores }: Deps,
  name: StoreName,
  kept: KeptStore | undefined,
): Promise<Health['stores'][number]> => {
  if (kept === undefined)
    return { store: name, state: 'none', kind: 'folder', files: 0, bytes: 0, neverRead: 0, bad: 0 }
  const reached: Reached = await reachStore(stores.pool, kept, { begin: false })
  const { files, bytes, bad, oldestReadAt } = await standingOf(stores.pool, name)
  return {
    store: name,
    state: reached.here ? 'here' : 'away',
    kind: kindOf(kept),
    ...(reached.here ? {} : { why: reached.why }),
    place: kept.place.where,
    files,
    bytes,
    neverRead: await countUnread(stores, name),
    bad,
    ...(oldestReadAt === undefined ? {} : { oldestReadAt }),
  }
}

const standing = (s: Health['stores'][number]) => ({
  ...s,
  lock: { place: s.kind, ...(s.lock === undefined ? {} : { tried: s.lock }) },
  ...(s.state === 'none'
    ? {}
    : { reached: { here: s.state === 'here', ...(s.why === undefined ? {} : { why: s.why }) } }),
})

/** Trials of the place that the store is now, not of one that it was before. */
const withLock = (store: Health['stores'][number], locks: Locks): Health['stores'][number] => {
  const isOfThis = (l: Locks[number]) =>
    l.store === store.store && l.place === store.kind && (l.where ?? store.place) === store.place
  const lock = locks.find(isOfThis)
  if (lock === undefined) return store
  const { at, found, reading } = lock
  return { ...store, lock: { at, found, reading } }
}

type Locks = Awaited<ReturnType<typeof locksIn>>

const locksIn = async (tx: Tx) => {
  const told = await newest(tx, 'StoreLockTried', 2 * LOCKS)
  return told.map(({ at, body }) => ({ at, ...StoresEventData.StoreLockTried.shape.internal.parse(body) }))
}

const reportsOf = (deps: Deps, agencyId: string) =>
  withAgency(deps.stores, agencyId, async (tx) => {
    const scrub = await lastOf(tx, 'StoresScrubbed', StoresEventData.StoresScrubbed.shape.internal)
    const inventory = await lastOf(tx, 'InventoryTaken', StoresEventData.InventoryTaken.shape.internal)
    const rehearsal = await lastOf(tx, 'RestoreRehearsed', StoresEventData.RestoreRehearsed.shape.internal)
    return {
      ...(scrub === undefined ? {} : { scrub }),
      ...(inventory === undefined
        ? {}
        : { inventory: { ...inventory, findings: inventory.findings.map((f) => withNames(deps, f)) } }),
      ...(rehearsal === undefined ? {} : { rehearsal }),
      damages: (await damagesIn(tx)).map((d) => withNames(deps, d)),
      locks: await locksIn(tx),
    }
  })

/** The storage page. Looks only: a store that was never begun is not begun by looking. */
export const readStoreHealth = async (deps: Deps, actor: Actor): Promise<Health> => {
  const { stores, config } = deps
  const { scrubDays, scrubMibPerSecond, rehearsalDays } = config.storage
  const { locks, ...reports } = await reportsOf(deps, actor.agencyId)
  const first = withLock(await storeNow(deps, 'first', stores.first), locks)
  const second = withLock(await storeNow(deps, 'second', stores.second), locks)
  const uncopied = await countUncopied(stores.pool)
  const device = await onOneDevice(stores)
  const checks = judgeStores({
    ...reports,
    now: await stores.now(),
    first: standing(first),
    second: standing(second),
    ...(device === undefined ? {} : { onOneDevice: device }),
    uncopied: uncopied.overdue,
    scrubDays,
    rehearsalDays,
    ...(deps.shortestKeeping === undefined ? {} : { shortestKeeping: deps.shortestKeeping }),
  })
  return {
    sound: checks.every((c) => c.ok),
    checks: checks.map((c) => {
      const { by: _, ...told } = actor.roles.includes('system-admin') ? c : forKeeper(c)
      return told
    }),
    stores: [first, second],
    waiting: { files: uncopied.files, bytes: uncopied.bytes },
    scrubDays,
    scrubMibPerSecond,
    rehearsalDays,
    ...reports,
    ...(await viewMove(deps, actor)),
  }
}
