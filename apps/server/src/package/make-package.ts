import { z } from 'zod'
import { buildPackage } from '@liuhen/ledger/package/build-package'
import type { BlobStore } from '../blobs/blob-store.ts'
import { putBlob } from '../blobs/put-blob.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Store } from '../event-store/store.ts'
import { stampCheckpoint, stampsFor } from '../ledger/anchor.ts'
import { beginningsOf } from '../ledger/beginnings.ts'
import { inclusionFor, type Inclusions, waitForInclusion, waitForWitnesses } from '../ledger/inclusion.ts'
import { keysForPackage, sm2Under } from '../ledger/published-keys.ts'
import type { WitnessPolicy } from '../ledger/witness-policy.ts'
import { withAgency } from '../postgres/transaction.ts'
import { readVerifyPage } from '../package-contents/verify-page.ts'
import { collectFiles } from './collect-files.ts'
import { composePackage } from './compose-package.ts'
import { type Gathered, gatherStreams, printedNotes } from './gather-events.ts'
import { describeObjects, type DescribingDeps } from './describe-objects.ts'
import { tarOf } from './package-bytes.ts'
import {
  checkpointsHanded,
  claimBytes,
  failPackage,
  findPackage,
  type PackageRow,
  settlePackage,
} from './package-rows.ts'
import { sm3Of } from './recording-checks.ts'
import { verifyStored } from './verify-stored.ts'

export type PackageDeps = Readonly<{
  store: Pick<Store, 'pool' | 'clock'>
  blobs: BlobStore
  blobRoot: string
  logFolder: string
  /** The log's key under which this checkpoint stands, as the signer knows its keys. */
  vkey: (checkpoint: string) => Promise<string>
  /** The log's SM2 key, when it has one. */
  sm2Vkey?: () => Promise<string | undefined>
  /** Who watches the log from outside. */
  witnesses: WitnessPolicy
  /** Address of the time stamping authority. */
  tsa?: string
}> &
  Pick<DescribingDeps, 'schemes' | 'seals'>

export const MakePackage = z.object({ agencyId: z.string(), caseId: z.string(), packageId: z.string() })
export type MakePackage = z.infer<typeof MakePackage>

/** All events under one checkpoint: one that enough witnesses cosigned, if they come within a few seconds. */
const placeInLog = async (
  deps: PackageDeps,
  agencyId: string,
  ids: readonly string[],
): Promise<Inclusions> => {
  const reader = { pool: deps.store.pool, logFolder: deps.logFolder }
  const newest = await waitForInclusion(reader, agencyId, ids)
  if (deps.witnesses.peers.length === 0) return newest
  const from = 1 + Math.max(...newest.included.map((i) => i.index))
  const size = await waitForWitnesses(reader.pool, from, deps.witnesses)
  return size === undefined ? newest : inclusionFor(reader, agencyId, ids, size)
}

/** The stamp over this package's checkpoint, if the authority answers now, and the earlier ones that bound its events. */
const stampsOf = async (deps: PackageDeps, { size, included }: Inclusions) => {
  const { pool } = deps.store
  // An authority that is away keeps nobody from their package; the hourly job says so in its own log.
  await stampCheckpoint({ ...deps, pool }, size).catch(() => undefined)
  const indexes = included.map((i) => i.index)
  return stampsFor({ pool, logFolder: deps.logFolder }, indexes, size)
}

/** What somebody was given of this log before: checkpoints on papers of this package, and in earlier packages of the case. */
const issuedBefore = async (
  deps: PackageDeps,
  row: PackageRow,
  gathered: Gathered,
  { checkpoint = '' }: Inclusions,
) => {
  const agencyId = row.plan.summary.agency.id
  const handed = await withAgency(deps.store, agencyId, (tx) => checkpointsHanded(tx, row))
  return beginningsOf(deps.logFolder, checkpoint, [...printedNotes(gathered, row.plan), ...handed])
}

/**
 * Makes the bytes of an export that is already in the record: waits until its event is under a checkpoint, reads every
 * file, writes the tar into the blob store, and verifies what lies there as a stranger would. May run again at any point.
 */
export const makePackage = async (deps: PackageDeps, job: MakePackage): Promise<void> => {
  const { agencyId, packageId } = job
  const row = await withAgency(deps.store, agencyId, (tx) => findPackage(tx, packageId))
  if (row === undefined || row.state !== 'making') return
  const { plan } = row
  const gathered = await withAgency(deps.store, agencyId, (tx) => gatherStreams(tx, plan, packageId))
  const ids = gathered.streams.flatMap((s) => s.events.map((e) => e.event.id))
  const inclusions = await placeInLog(deps, agencyId, ids)
  const collected = await collectFiles(deps, agencyId, plan, sm3Of(gathered))
  const vkey = await deps.vkey(inclusions.checkpoint ?? '')
  const keys = await keysForPackage(deps.logFolder, inclusions.size)
  const sm2Vkey = sm2Under(inclusions.checkpoint ?? '', await deps.sm2Vkey?.())
  const now = await deps.store.clock.now()
  const verifyPage = await readVerifyPage()
  const chains = plan.sidecars.filter((s) => s.text === undefined)
  const sizes = await Promise.all(chains.map((s) => deps.blobs.sizeOf(s.sha256)))
  const lost = sizes.filter((size) => size === undefined).length
  const missing = plan.documents.length + plan.recordings.length - collected.files.length + lost
  if (missing > 0) {
    await withAgency(deps.store, agencyId, (tx) =>
      failPackage(tx, packageId, `有 ${missing} 个原件不在存储中，请先运行 fsck`),
    )
    return
  }
  const stamps = await stampsOf(deps, inclusions)
  const issued = await issuedBefore(deps, row, gathered, inclusions)
  const described = await describeObjects(deps, plan, gathered, now)
  const files = buildPackage(
    nodeHashes.sha256,
    composePackage({
      plan,
      gathered,
      inclusions,
      collected,
      stamps,
      issued,
      ...(described && { described }),
      witnesses: deps.witnesses,
      vkey,
      ...(keys && { keys }),
      ...(sm2Vkey !== undefined && { sm2Vkey }),
      now,
      ...(verifyPage && { verifyPage }),
    }),
  )
  const blob = await putBlob(
    { pool: deps.store.pool, store: deps.blobs, root: deps.blobRoot },
    tarOf(deps.blobs, files, described?.wrapped),
    'application/x-tar',
    (tx, sha256) => claimBytes(tx, job, sha256),
  )
  const stampers = [...new Set(stamps.map((s) => `tsa ${s.certificate}`))]
  const sm2 = sm2Vkey === undefined ? [] : [`sm2 ${sm2Vkey}`]
  const policy = [`log ${vkey}`, ...sm2, ...deps.witnesses.lines, ...stampers, 'quorum none', ''].join('\n')
  const verdict = await verifyStored(deps.blobs, blob, policy)
  await withAgency(deps.store, agencyId, (tx) =>
    settlePackage(tx, packageId, {
      sha256: blob.sha256,
      sizeBytes: blob.sizeBytes,
      verdict: { ...verdict, treeSize: inclusions.size },
    }),
  )
}

const CHINESE = /\p{Script=Han}/u

/** The last attempt failed: whoever waits reads why, and may ask again. What was thrown in Chinese was meant for people. */
export const givePackageUp = async (
  deps: Pick<PackageDeps, 'store'>,
  { agencyId, packageId }: MakePackage,
  error: unknown,
): Promise<void> => {
  const cause = error instanceof Error && CHINESE.test(error.message) ? error.message : '原因见系统运行日志。'
  await withAgency(deps.store, agencyId, (tx) => failPackage(tx, packageId, `多次制作没有成功：${cause}`))
}
