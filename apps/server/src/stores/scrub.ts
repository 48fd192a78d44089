import type { StoreReading, StoresEventData, StoreVerdict } from '@liuhen/domain/stores/events'
import type { z } from 'zod'
import { listAgencies } from './affected.ts'
import { noteRead } from './copy-rows.ts'
import { endMending, type MendDeps, mendCopy, openFaults } from './mend-copy.ts'
import { inOnePass, isOfStore, mustStillBeHere, reachStore } from './reach-store.ts'
import { type Pace, readCopy } from './read-copy.ts'
import { listDue, standingOf } from './scrub-rows.ts'
import type { KeptStore } from './store-place.ts'
import { tellAgency } from './tell.ts'

export type ScrubOptions = Readonly<{
  /** Everything is read within so many days, when a run is made each day. */
  days: number
  pace: Pace
  /** Asked between two files. */
  until?: () => boolean
}>
export type ScrubReport = z.infer<typeof StoresEventData.StoresScrubbed>['internal']

type Run = { files: number; bytes: number; faults: number }
type Told = { why: string[]; cutShort: boolean; unread: boolean }

const TITLE = { first: '主存储', second: '第二存储' } as const

type Pass = Readonly<{ kept: KeptStore; o: ScrubOptions; run: Run; open: ReadonlySet<string> }>

/** True when the copy is good in the end. */
const scrubOne = async (deps: MendDeps, { kept, o, run, open }: Pass, sha256: string): Promise<boolean> => {
  const { verdict, bytes } = await readCopy(kept.bytes, sha256, o.pace)
  await mustStillBeHere(kept)
  if (verdict !== 'missing') run.files += 1
  run.bytes += bytes
  if (verdict === 'intact') {
    await noteRead(deps.pool, { sha256, store: kept.name }, verdict, await deps.now())
    if (open.has(sha256)) await endMending(deps, sha256, kept)
    return true
  }
  run.faults += 1
  return (await mendCopy(deps, { sha256, kept, found: verdict }, o.pace)) === 'repaired'
}

/** A fault that is open is looked at in every run, whether or not its copy is due. */
const digestsOf = async (deps: MendDeps, { kept, o, open }: Pass): Promise<ReadonlySet<string>> => {
  const due = await listDue(deps.pool, kept.name, { days: o.days, now: await deps.now() })
  return new Set([...open, ...due.map((d) => d.sha256)])
}

const scrubDue = async (
  deps: MendDeps,
  kept: KeptStore,
  o: ScrubOptions,
  run: Run,
  told: Told,
): Promise<void> => {
  let left = 0
  const pass: Pass = { kept, o, run, open: await openFaults(deps, kept) }
  for (const sha256 of await digestsOf(deps, pass)) {
    if (o.until?.() === true) {
      told.cutShort = true
      told.why.push(`${TITLE[kept.name]}：中途停止，今天应读的没有读完。`)
      return
    }
    if (!(await scrubOne(deps, pass, sha256))) left += 1
  }
  if (left > 0)
    told.why.push(`${TITLE[kept.name]}：${left} 个文件没有另一份完好的可供修复，请立即从备份恢复。`)
}

const tellUnread = (kept: KeptStore, run: Run, files: number, told: Told): void => {
  if (run.files > 0) return
  told.unread = true
  told.why.push(
    files === 0 ? `${TITLE[kept.name]}：还没有文件可读。` : `${TITLE[kept.name]}：一个文件也没有读到。`,
  )
}

const scrubStore = async (
  deps: MendDeps,
  kept: KeptStore,
  o: ScrubOptions,
  told: Told,
): Promise<StoreReading> => {
  const run: Run = { files: 0, bytes: 0, faults: 0 }
  const reached = await reachStore(deps.pool, kept)
  try {
    if (reached.here) await scrubDue(deps, kept, o, run, told)
    else told.why.push(`${TITLE[kept.name]}：${reached.why}`)
  } catch (e) {
    if (!isOfStore(e)) throw e
    told.unread = true
    told.why.push(`${TITLE[kept.name]}：${e.message}`)
  }
  if (!reached.here) told.unread = true
  const { files, neverRead, oldestReadAt } = await standingOf(deps.pool, kept.name)
  tellUnread(kept, run, files, told)
  return { store: kept.name, ...run, neverRead, ...(oldestReadAt === undefined ? {} : { oldestReadAt }) }
}

const verdictOf = (readings: readonly StoreReading[], told: Told): StoreVerdict => {
  if (readings.some((r) => r.faults > 0)) return 'fail'
  return told.unread || told.cutShort ? 'not-checked' : 'pass'
}

const scrubBoth = async (deps: MendDeps, o: ScrubOptions): Promise<ScrubReport> => {
  const told: Told = { why: [], cutShort: false, unread: false }
  const readings = [await scrubStore(deps, deps.first, o, told)]
  if (deps.second !== undefined) readings.push(await scrubStore(deps, deps.second, o, told))
  else {
    told.unread = true
    told.why.push('没有配置第二存储：主存储的文件坏了就没有可供修复的另一份。')
  }
  const { why, cutShort } = told
  return { verdict: verdictOf(readings, told), why, withinDays: o.days, readings, cutShort }
}

/**
 * Reads back this run's share of both stores, mends what is wrong, and tells each agency. Absent when another run is at
 * work. A run that read nothing, or did not come to its end, checked nothing.
 */
export const scrubStores = async (deps: MendDeps, o: ScrubOptions): Promise<ScrubReport | undefined> =>
  inOnePass(deps.pool, 'scrub', async () => {
    const report = await scrubBoth(deps, o)
    for (const agencyId of await listAgencies(deps.pool))
      await tellAgency(deps.store, agencyId, { type: 'StoresScrubbed', data: { internal: report } })
    return report
  })
