import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { installationOf, withDatabase } from '../backup/upkeep.ts'
import { simulatedClock, systemClock } from '../clock/clock.ts'
import { cacheFolderOf } from '../config/cache-folder.ts'
import type { Config } from '../config/config.ts'
import type { Store } from '../event-store/store.ts'
import { openLibrary } from '../law/library.ts'
import { createWake } from '../ledger/wake-log.ts'
import { createPool } from '../postgres/pool.ts'
import { moveDepsOf, projectionsOf, storesOf } from '../processes/slices.ts'
import { copyBlobs, type CopyRun } from './copy-blobs.ts'
import { type InventoryReport, takeInventory } from './inventory.ts'
import { type LockReport, tryLocks } from './lock-probe.ts'
import type { MendDeps } from './mend-copy.ts'
import { type MoveRun, moveStore, tellMoved } from './move-store.ts'
import { paceOf, unpaced } from './read-copy.ts'
import { rehearseRestore, type RehearsalReport } from './rehearse.ts'
import { scrubStores, type ScrubReport } from './scrub.ts'

const withStores = <T>(config: Config, work: (deps: MendDeps) => Promise<T>): Promise<T> =>
  withDatabase(config, async ({ database, owner }) => {
    const { kind } = await installationOf(owner)
    const pool = createPool(database.urls.app, { max: 4, name: 'liuhen stores' })
    try {
      const clock = kind === 'real' ? systemClock : simulatedClock(pool)
      const projections = projectionsOf(await openLibrary(cacheFolderOf(config.dataDir)))
      const store: Store = { pool, clock, projections, wake: createWake(pool) }
      return await work({ ...storesOf(store, config), store })
    } finally {
      await pool.end()
    }
  })

/** `liuhen inventory`, beside a running installation or on its own. */
export const inventoryInstallation = (config: Config, backup?: string): Promise<InventoryReport> =>
  withStores(config, (deps) => {
    const folder = backup ?? config.storage.backup
    return takeInventory(deps, folder === undefined ? {} : { backup: folder })
  })

/** `liuhen scrub`; absent when the installation is at it. */
export const scrubInstallation = (config: Config, share: boolean): Promise<ScrubReport | undefined> =>
  withStores(config, (deps) => {
    const bytesPerSecond = config.storage.scrubMibPerSecond * 1024 * 1024
    const pace = paceOf({ bytesPerSecond, nowMs: () => performance.now(), pause })
    return scrubStores(deps, { days: share ? config.storage.scrubDays : 1, pace })
  })

/** `liuhen try-lock`; absent when the installation is at it. */
export const tryLocksOf = (config: Config): Promise<readonly LockReport[] | undefined> =>
  withStores(config, (deps) => tryLocks(deps))

/** `liuhen migrate-store`: goes on with the move that was proposed on the page, and compares in the end. */
export const moveByCommand = (
  config: Config,
  onFile: (done: number, total: number) => void,
): Promise<MoveRun> =>
  withStores(config, async ({ store }) => {
    const { placeAt, ...deps } = moveDepsOf(store, config)
    const run = await moveStore(deps, { onFile, compareNow: true })
    await tellMoved(deps, placeAt)
    return run
  })

/** The worker copies and reads back for less than a minute at a time; after ten nobody is waited for. */
const whenFree = async <T>(work: () => Promise<T>, isBusy: (run: T) => boolean): Promise<T> => {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const run = await work()
    if (!isBusy(run) || performance.now() > until) return run
    await pause(WAIT_MS)
  }
}

const WAIT_MS = 200
const PATIENCE_MS = 600_000

export type Tended = Readonly<{
  copied: CopyRun
  /** Absent when the installation is at it. */
  scrub: ScrubReport | undefined
  inventory: InventoryReport
  rehearsal: RehearsalReport
}>

/** All that the stores are given in the course of days, at once: for an installation that was filled a moment ago. */
export const tendStores = async (config: Config, temporary: string): Promise<Tended> => {
  const scratch = await mkdtemp(join(temporary, 'liuhen-rehearsal-'))
  try {
    return await withStores(config, async (deps) => ({
      copied: await whenFree(
        () => copyBlobs(deps),
        (run) => run.stopped === 'another-pass',
      ),
      scrub: await whenFree(
        () => scrubStores(deps, { days: 1, pace: unpaced }),
        (report) => report === undefined,
      ),
      inventory: await takeInventory(deps),
      rehearsal: await rehearseRestore(deps, { scratch, seed: randomUUID() }),
    }))
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

export type Rehearsal = Readonly<{
  sample?: number
  /** Kept afterwards; without it a folder in `temporary` is used and removed. */
  into?: string
  temporary: string
  onFile?: (done: number, total: number) => void
}>

/** `liuhen rehearse-restore`. */
export const rehearseInstallation = async (config: Config, r: Rehearsal): Promise<RehearsalReport> => {
  if (r.into !== undefined) {
    await mkdir(r.into, { recursive: true, mode: 0o700 })
    if ((await readdir(r.into)).length > 0) throw new Error(`目录 ${r.into} 不是空的，请另选一个空目录。`)
  }
  const scratch = r.into ?? (await mkdtemp(join(r.temporary, 'liuhen-rehearsal-')))
  const { sample, onFile } = r
  try {
    return await withStores(config, (deps) =>
      rehearseRestore(deps, {
        scratch,
        seed: randomUUID(),
        ...(sample === undefined ? {} : { sample }),
        ...(onFile === undefined ? {} : { onFile }),
      }),
    )
  } finally {
    if (r.into === undefined) await rm(scratch, { recursive: true, force: true })
  }
}
