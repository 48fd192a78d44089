import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { adoptSettings, giveAdoptionUp } from '../agency/adopt-settings.ts'
import { dryRunSettings, giveDryRunUp } from '../agency/dry-run-settings.ts'
import { ADOPT_SETTINGS, DRY_RUN, SettingsJob } from '../agency/settings-job.ts'
import { recoverBlobs } from '../blobs/recover-blobs.ts'
import { DerivativeJob, MAKE_DERIVATIVE } from '../derivative/derivative-job.ts'
import { giveDerivativeUp, makeDerivative } from '../derivative/make-derivative.ts'
import { carryOutDisposalJob, listUnfinished } from '../disposal/carry-out.ts'
import { CARRY_OUT_DISPOSAL, DisposalJob } from '../disposal/disposal-job.ts'
import { destroyUnlocked } from '../disposal/destroy-copies.ts'
import { remindOfSessions } from '../field/sessions.ts'
import { RenderDocument, renderDocument } from '../document/render-document.ts'
import { jobHandler, scheduledJob, type JobHandler } from '../jobs/job-handler.ts'
import { stampCheckpoint } from '../ledger/anchor.ts'
import { beat, HEARTBEAT_MINUTES } from '../ledger/heartbeat.ts'
import { stateSm3Root } from '../ledger/sm3-root.ts'
import { givePackageUp, MakePackage, makePackage } from '../package/make-package.ts'
import { MAKE_PACKAGE } from '../package/queue-package.ts'
import { checkChain } from '../recording/check-chain.ts'
import { sweepDerived } from '../playback/derived-files.ts'
import { AidsJob, MAKE_AIDS, makeAids } from '../playback/make-aids.ts'
import { checkRecording } from '../recording/check-recording.ts'
import { CHECK_CHAIN } from '../recording/keep-chain.ts'
import { CHECK_RECORDING } from '../recording/upload-target.ts'
import { copyBlobs } from '../stores/copy-blobs.ts'
import { takeInventory } from '../stores/inventory.ts'
import { isDue } from '../stores/is-due.ts'
import { tryLocks } from '../stores/lock-probe.ts'
import { moveStore, tellMoved } from '../stores/move-store.ts'
import { besideNoPass } from '../stores/reach-store.ts'
import { paceOf } from '../stores/read-copy.ts'
import { scrubStores } from '../stores/scrub.ts'
import { expireUploads, listReceived } from '../uploads/end-upload-early.ts'
import { finishUpload } from '../uploads/finish-upload.ts'
import { moveDepsOf, uploadsOf, type Shared } from './slices.ts'

/** Jobs alone have the connection that deletes content. */
type ForJobs = Shared & Readonly<{ shredderUrl: string }>

const CheckRecording = z.object({ recordingId: z.string(), agencyId: z.string() })

const agencies = async (shared: Shared): Promise<readonly string[]> => {
  const { rows } = await shared.store.pool.query<{ id: string }>('SELECT app.list_agencies() AS id')
  return rows.map((row) => row.id)
}

/** Whole uploads whose last request was cut off before the record said so, and uploads that were given up. */
const tidyUploads = async (shared: Shared): Promise<void> => {
  const uploads = uploadsOf(shared)
  for (const agencyId of await agencies(shared)) {
    for (const key of await listReceived(uploads, agencyId)) await finishUpload(uploads, key)
    await expireUploads(uploads, agencyId)
  }
}

/** What phones have announced and nobody has sent. */
const remindOfField = async (shared: Shared): Promise<void> => {
  for (const agencyId of await agencies(shared)) await remindOfSessions(shared, agencyId)
}

/** What the queue gave up while a store was away or another pass was at work. */
const finishDisposals = async (shared: ForJobs): Promise<void> => {
  const waiting: unknown[] = []
  for (const agencyId of await agencies(shared))
    for (const job of await listUnfinished(shared, agencyId))
      await carryOutDisposalJob(shared, job).catch((e: unknown) => waiting.push(e))
  await besideNoPass(shared.store.pool, () => destroyUnlocked(shared.stores, new Date()))
  // One that must wait holds up no other.
  if (waiting.length > 0) throw waiting[0]
}

const COPYING_MS = 50_000

/** Every minute for most of a minute, so that copying is never long behind and a process that is to end need not wait. */
const copyForAWhile = async (shared: Shared): Promise<void> => {
  const end = performance.now() + COPYING_MS
  await copyBlobs(shared.stores, { until: () => shared.isStopping() || performance.now() >= end })
}

/** Hourly it is asked whether the day's run is still to be made. */
const scrubOnceADay = async (shared: Shared): Promise<void> => {
  const deps = { ...shared.stores, store: shared.store }
  if (!(await isDue(deps, 'StoresScrubbed'))) return
  const { scrubDays: days, scrubMibPerSecond } = shared.config.storage
  const bytesPerSecond = scrubMibPerSecond * 1024 * 1024
  const pace = paceOf({ bytesPerSecond, nowMs: () => performance.now(), pause })
  await scrubStores(deps, { days, pace, until: shared.isStopping })
}

const takeInventoryOnceADay = async (shared: Shared): Promise<void> => {
  const deps = { ...shared.stores, store: shared.store }
  if (!(await isDue(deps, 'InventoryTaken'))) return
  const { backup } = shared.config.storage
  await takeInventory(deps, backup === undefined ? {} : { backup })
}

const moveForAWhile = async (shared: Shared): Promise<void> => {
  const { placeAt, ...deps } = moveDepsOf(shared.store, shared.config)
  const end = performance.now() + COPYING_MS
  await moveStore(deps, { until: () => shared.isStopping() || performance.now() >= end })
  await tellMoved(deps, placeAt)
}

const tryLocksOnceADay = async (shared: Shared): Promise<void> => {
  const deps = { ...shared.stores, store: shared.store }
  if (await isDue(deps, 'StoreLockTried')) await tryLocks(deps)
}

const QUARTER_HOUR_MS = 15 * 60 * 1000

/** Every job of the system with its handler. */
export const jobHandlersOf = (shared: ForJobs): readonly JobHandler[] => [
  jobHandler('render-document', RenderDocument, (job) => renderDocument(shared, job)),
  jobHandler(MAKE_AIDS, AidsJob, (job) => makeAids(shared, job)),
  scheduledJob('sweep-derived', '41 2 * * *', async () => {
    await sweepDerived(shared.derived, Date.now())
  }),
  jobHandler(CHECK_RECORDING, CheckRecording, (job) => checkRecording(shared, job)),
  jobHandler(CHECK_CHAIN, CheckRecording, (job) => checkChain(shared, job)),
  jobHandler(
    MAKE_PACKAGE,
    MakePackage,
    (job) =>
      makePackage(
        {
          ...shared,
          blobs: shared.blobStore,
          blobRoot: shared.blobs.root,
          logFolder: shared.config.folders.log,
        },
        job,
      ),
    (job, error) => givePackageUp(shared, job, error),
  ),
  jobHandler(
    DRY_RUN,
    SettingsJob,
    (job) => dryRunSettings(shared, job),
    (job) => giveDryRunUp(shared, job),
  ),
  jobHandler(
    ADOPT_SETTINGS,
    SettingsJob,
    (job) => adoptSettings(shared, job),
    (job) => giveAdoptionUp(shared, job),
  ),
  jobHandler(
    MAKE_DERIVATIVE,
    DerivativeJob,
    (job) => makeDerivative(shared, job),
    (job) => giveDerivativeUp(shared, job),
  ),
  jobHandler(CARRY_OUT_DISPOSAL, DisposalJob, (job) => carryOutDisposalJob(shared, job)),
  scheduledJob('beat', `*/${HEARTBEAT_MINUTES} * * * *`, async () => {
    await beat(shared.store)
  }),
  scheduledJob('sm3-root', '37 1 * * *', async () => {
    if (shared.config.sm2Line) await stateSm3Root(shared.store, shared.config.folders.log)
  }),
  scheduledJob('stamp-log', '7 * * * *', () => stampCheckpoint({ ...shared, pool: shared.store.pool })),
  scheduledJob('finish-disposals', '*/10 * * * *', () => finishDisposals(shared)),
  scheduledJob('tidy-uploads', '*/5 * * * *', () => tidyUploads(shared)),
  scheduledJob('remind-of-field', '11 * * * *', () => remindOfField(shared)),
  scheduledJob('copy-blobs', '* * * * *', () => copyForAWhile(shared)),
  scheduledJob('move-store', '* * * * *', () => moveForAWhile(shared)),
  scheduledJob('take-inventory', '7 * * * *', () => takeInventoryOnceADay(shared)),
  scheduledJob('try-locks', '27 * * * *', () => tryLocksOnceADay(shared)),
  scheduledJob('scrub-stores', '17 * * * *', () => scrubOnceADay(shared)),
  scheduledJob('recover-blobs', '*/15 * * * *', () =>
    recoverBlobs(shared.blobs, new Date(Date.now() - QUARTER_HOUR_MS)),
  ),
]
