import type { InventoryFinding, StoresEventData, StoreVerdict } from '@liuhen/domain/stores/events'
import type { z } from 'zod'
import { affectedBy, type AffectedByAgency, listAgencies } from './affected.ts'
import { type BackupList, readBackupList } from './backup-list.ts'
import { compareSides, type Found } from './compare-sides.ts'
import { noteRead } from './copy-rows.ts'
import { type Sides, readSides } from './inventory-sides.ts'
import type { MendDeps } from './mend-copy.ts'
import { tellAgency } from './tell.ts'

export type InventoryOptions = Readonly<{
  /** Folder of the newest backup. */
  backup?: string
  /** A blob without a copy for longer is a finding. */
  copyWithinHours?: number
}>

type Told = z.infer<typeof StoresEventData.InventoryTaken>['internal']
export type InventoryReport = Omit<Told, 'findings'> &
  Readonly<{ findings: readonly (InventoryFinding & Readonly<{ agencies: AffectedByAgency }>)[] }>

const COPY_WITHIN_HOURS = 24
/** An event stays readable; the command prints all. */
const FIRST = 200

const HEX = /^[0-9a-f]{64}$/

const backupOf = async (
  folder: string | undefined,
): Promise<Readonly<{ list?: BackupList; why: readonly string[] }>> => {
  if (folder === undefined) return { why: [] }
  try {
    return { list: await readBackupList(folder), why: [] }
  } catch (e) {
    return { why: [`备份 ${folder} 没有可用的清单：${e instanceof Error ? e.message : '未知错误'}`] }
  }
}

const whyNot = (sides: Sides): string[] => [
  ...(sides.first.here ? [] : [`主存储：${sides.first.why}`]),
  ...(sides.second === undefined ? ['没有配置第二存储。'] : []),
  ...(sides.second?.here === false ? [`第二存储：${sides.second.why}`] : []),
  ...(sides.rows.size === 0 ? ['还没有文件可以核对。'] : []),
]

const verdictOf = (found: number, why: readonly string[]): StoreVerdict => {
  if (found > 0) return 'fail'
  return why.length > 0 ? 'not-checked' : 'pass'
}

const heldOf = (sides: Sides): Told['held'] => [
  ...(sides.first.here ? [{ store: 'first' as const, files: sides.first.holding.size }] : []),
  ...(sides.second?.here === true ? [{ store: 'second' as const, files: sides.second.holding.size }] : []),
  ...(sides.backup === undefined ? [] : [{ store: 'backup' as const, files: sides.backup.digests.size }]),
]

/** A copy that is gone or cut short is no copy: nothing is cleared because of it, and the next scrub mends it. */
const noteFound = async (deps: MendDeps, findings: readonly InventoryFinding[]): Promise<void> => {
  for (const { kind, what: sha256, store } of findings) {
    if ((kind !== 'missing' && kind !== 'wrong-size') || store === undefined || store === 'backup') continue
    await noteRead(deps.pool, { sha256, store }, kind === 'missing' ? 'missing' : 'altered', await deps.now())
  }
}

/**
 * Files were listed before their rows were read: one that was stored or copied meanwhile is asked for once more before it
 * is called missing.
 */
const stillFound = async (
  deps: MendDeps,
  sides: Sides,
  found: readonly Found[],
): Promise<readonly Found[]> => {
  const kept: Found[] = []
  for (const one of found) {
    const asked = one.kind === 'missing' || one.kind === 'wrong-size'
    const store = asked && one.store !== 'backup' ? deps[one.store ?? 'first'] : undefined
    // A store that went away meanwhile answers nothing: what was found stands.
    const size = await store?.bytes.sizeOf(one.what).catch(() => undefined)
    if (store === undefined || size !== sides.rows.get(one.what)?.sizeBytes) kept.push(one)
  }
  return kept
}

const reportOf = async (
  deps: MendDeps,
  sides: Sides,
  whyBackup: readonly string[],
): Promise<InventoryReport> => {
  const found = await stillFound(deps, sides, compareSides(sides))
  const affected = await affectedBy(
    deps.pool,
    found.map((f) => f.what).filter((what) => HEX.test(what)),
  )
  const why = [...whyNot(sides), ...whyBackup]
  const verified = [...sides.rows.values()].filter((row) => row.verified)
  const waiting = verified.filter((row) => !row.copied && !row.copyDue).length
  return {
    verdict: verdictOf(found.length, why),
    why,
    named: sides.named.size,
    registered: verified.length,
    held: heldOf(sides),
    waiting: sides.second === undefined ? 0 : waiting,
    found: found.length,
    findings: found.map((f) => ({ ...f, agencies: affected.get(f.what) ?? new Map() })),
  }
}

/** To each agency what is its own, and what is nobody's. */
const findingsFor = (report: InventoryReport, agencyId: string): InventoryFinding[] =>
  report.findings
    .filter(({ agencies }) => agencies.size === 0 || agencies.has(agencyId))
    .slice(0, FIRST)
    .map(({ agencies, ...finding }) => {
      const affected = agencies.get(agencyId)
      return { ...finding, ...(affected === undefined ? {} : { affected }) }
    })

/**
 * The record against the stores against the backup, in both directions, by names and sizes. Changes no file; what it finds
 * is told to the agencies whose cases it hits.
 */
export const takeInventory = async (deps: MendDeps, o: InventoryOptions = {}): Promise<InventoryReport> => {
  const { list, why } = await backupOf(o.backup)
  const sides = await readSides({
    ...deps,
    ...(list === undefined ? {} : { backup: list }),
    copyWithinHours: o.copyWithinHours ?? COPY_WITHIN_HOURS,
  })
  const report = await reportOf(deps, sides, why)
  await noteFound(deps, report.findings)
  for (const agencyId of await listAgencies(deps.pool)) {
    const internal = { ...report, why: [...report.why], findings: findingsFor(report, agencyId) }
    await tellAgency(deps.store, agencyId, { type: 'InventoryTaken', data: { internal } })
  }
  return report
}
