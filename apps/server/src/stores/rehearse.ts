import type { RestoreFault, StoresEventData, StoreVerdict } from '@liuhen/domain/stores/events'
import type { z } from 'zod'
import { BlobMismatchError, BlobMissingError } from '../blobs/blob-store.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { isMissing } from '../blobs/durable.ts'
import { listAgencies } from './affected.ts'
import type { MendDeps } from './mend-copy.ts'
import { isOfStore, mustStillBeHere, reachStore } from './reach-store.ts'
import { bytesOf, readCopy, unpaced } from './read-copy.ts'
import type { KeptStore } from './store-place.ts'
import { tellAgency } from './tell.ts'

export type RehearsalOptions = Readonly<{
  /** An empty folder; what is restored stays there. */
  scratch: string
  /** So many files, chosen by `seed`; without it every file. */
  sample?: number
  seed: string
  onFile?: (done: number, total: number) => void
}>
export type RehearsalReport = z.infer<typeof StoresEventData.RestoreRehearsed>['internal']

type Wanted = { sha256: string; size_bytes: number }
type Run = { files: number; bytes: number; faults: { sha256: string; found: RestoreFault }[]; why: string[] }

/** What the record says there is; the second store is not asked what it would like to restore. */
const listWanted = async ({ pool }: MendDeps, o: RehearsalOptions) => {
  const { rows } = await pool.query<Wanted & { total: number }>(
    `SELECT sha256, size_bytes, count(*) OVER () AS total FROM app.blob WHERE state = 'verified'
      ORDER BY md5(sha256 || $1), sha256 LIMIT $2`,
    [o.seed, o.sample ?? null],
  )
  return { wanted: rows, total: rows[0]?.total ?? 0 }
}

/** What is wrong with one file; absent when it came back as the record has it. */
const restoreOne = async (
  second: KeptStore,
  scratch: ReturnType<typeof diskBlobStore>,
  { sha256, size_bytes }: Wanted,
): Promise<RestoreFault | undefined> => {
  try {
    await scratch.take(sha256, bytesOf(second.bytes, sha256))
  } catch (e) {
    if (e instanceof BlobMismatchError) return 'altered'
    if (e instanceof BlobMissingError || isMissing(e)) return 'missing'
    throw e
  }
  const { verdict, bytes } = await readCopy(scratch, sha256, unpaced)
  if (verdict !== 'intact') return verdict
  return bytes === size_bytes ? undefined : 'wrong-size'
}

const restoreAll = async (
  second: KeptStore,
  wanted: readonly Wanted[],
  o: RehearsalOptions,
  run: Run,
): Promise<void> => {
  const scratch = diskBlobStore(o.scratch)
  for (const [i, one] of wanted.entries()) {
    const found = await restoreOne(second, scratch, one)
    await mustStillBeHere(second)
    if (found === undefined) {
      run.files += 1
      run.bytes += one.size_bytes
    } else run.faults.push({ sha256: one.sha256, found })
    o.onFile?.(i + 1, wanted.length)
  }
}

const verdictOf = (run: Run, wanted: number): StoreVerdict => {
  if (run.faults.length > 0) return 'fail'
  return run.files > 0 && run.files === wanted && run.why.length === 0 ? 'pass' : 'not-checked'
}

const rehearse = async (deps: MendDeps, o: RehearsalOptions): Promise<RehearsalReport> => {
  const { wanted, total } = await listWanted(deps, o)
  const run: Run = { files: 0, bytes: 0, faults: [], why: [] }
  const { second } = deps
  const reached = second === undefined ? undefined : await reachStore(deps.pool, second)
  if (second === undefined) run.why.push('没有配置第二存储，无从演练。')
  else if (reached?.here === false) run.why.push(`第二存储：${reached.why}`)
  else if (total === 0) run.why.push('还没有文件可以恢复。')
  else
    await restoreAll(second, wanted, o, run).catch((e: unknown) => {
      if (!isOfStore(e)) throw e
      run.why.push(`恢复中断：${e.message}`)
    })
  const { files, bytes, faults, why } = run
  const whole = wanted.length === total
  return { verdict: verdictOf(run, wanted.length), why, whole, files, bytes, ofFiles: total, faults }
}

/**
 * Restores files from the second store alone into a scratch folder, reads them back there and compares them with the
 * record. The first store is not touched: the day on which this is needed it is not there.
 */
export const rehearseRestore = async (deps: MendDeps, o: RehearsalOptions): Promise<RehearsalReport> => {
  const report = await rehearse(deps, o)
  const internal = { ...report, faults: report.faults.slice(0, 200) }
  for (const agencyId of await listAgencies(deps.pool))
    await tellAgency(deps.store, agencyId, { type: 'RestoreRehearsed', data: { internal } })
  return report
}
