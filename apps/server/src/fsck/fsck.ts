import type { Client } from 'pg'
import type { BlobDeps } from '../blobs/put-blob.ts'
import { reconcileBlobs } from '../blobs/reconcile.ts'
import type { Projection } from '../event-store/store.ts'
import { checkLog, type LogDeps } from './check-log.ts'
import { checkProjections } from './check-projections.ts'
import { checkOrphans, checkRecord, type RecordCheck } from './check-record.ts'
import { boundsOf } from '../disposal/limits.ts'
import type { LawLibrary } from '../law/library.ts'
import { bytesUnder, readReleases, type Release } from './lawful-releases.ts'
import { type Findings, type FsckFinding, type FsckKind, startFindings } from './findings.ts'

export type FsckDeps = Readonly<{
  /** A connection of the database's owner, which sees every agency. */
  owner: Client
  logFolder: string
  vkey: string
  highWater?: LogDeps['highWater']
  witnesses?: LogDeps['witnesses']
  blobs: BlobDeps
  projections: readonly Projection[]
  /** How long a disposal has to cool at least, and how much one may take. */
  library: LawLibrary
  onProgress?: (what: string, done: number) => void
}>

export type FsckOptions = Readonly<{
  /** Stop after so many seconds; the report says where the next run goes on. */
  budgetSeconds?: number
  /** Position after which the record is read: `next` of an earlier run. */
  from?: number
}>

export type FsckReport = Readonly<{
  ok: boolean
  /** False when the budget was over: what was not reached was not checked. */
  complete: boolean
  next?: number
  checked: Readonly<{
    events: number
    /** Parts of events that are gone by lawful disposal, each named by an event. */
    shredded: number
    leaves: number
    blobs: number
    bytes: number
    tables: number
  }>
  notChecked: readonly string[]
  findings: readonly FsckFinding[]
  seconds: number
}>

const BLOB_KINDS: Readonly<Record<'missing' | 'wrong-size' | 'altered' | 'unowned', FsckKind>> = {
  missing: 'blob-missing',
  'wrong-size': 'blob-wrong-size',
  altered: 'blob-altered',
  unowned: 'blob-unowned',
}

/**
 * A file that an event names must have its row, also when it was destroyed according to law: otherwise both could vanish
 * together. And of one that is told as destroyed somebody must have let go.
 */
const checkNamed = async (
  owner: Client,
  { blobs, films }: RecordCheck,
  releases: readonly Release[],
  findings: Findings,
): Promise<void> => {
  const { rows } = await owner.query<{ sha256: string; gone: boolean | null }>(
    `SELECT n.sha256, b.gone FROM unnest($1::text[]) AS n(sha256)
      LEFT JOIN (SELECT sha256, bool_and(state = 'destroyed') AS gone FROM app.blob
        WHERE state IN ('verified', 'destroyed') GROUP BY sha256) b USING (sha256)
      WHERE b.gone IS NOT FALSE`,
    [[...blobs.keys()]],
  )
  const lawful = await bytesUnder(owner, releases)
  for (const { sha256, gone } of rows) {
    const named = blobs.get(sha256) ?? ''
    if (gone === null) findings.add('blob-missing', sha256, `事件所指的文件没有登记：${named}`)
    else if (!(films.has(sha256) ? lawful.films : lawful.others).has(sha256))
      findings.add('blob-destroyed', sha256, `登记为已依法销毁，没有哪一批依法放行过它：${named}`)
  }
}

/**
 * Checks everything that can be recomputed: leaves from events, the tree from entries, files from bytes, tables from
 * the record. Changes nothing and never stops at the first fault. The record is read first; what the budget does not
 * reach is listed as not checked, and never counts as sound.
 */
export const fsck = async (deps: FsckDeps, options: FsckOptions = {}): Promise<FsckReport> => {
  const began = performance.now()
  const seconds = (): number => (performance.now() - began) / 1000
  const over = (): boolean => options.budgetSeconds !== undefined && seconds() >= options.budgetSeconds
  const findings = startFindings()
  const notChecked: string[] = []
  const tell = deps.onProgress ?? (() => undefined)
  const releases = await readReleases(deps.owner, boundsOf(deps.library), findings)
  const record = await checkRecord(deps.owner, findings, {
    releases,
    from: options.from ?? 0,
    until: over,
    onEvents: (n) => tell('事件', n),
  })
  const checked = {
    events: record.events,
    shredded: record.shredded,
    leaves: 0,
    blobs: 0,
    bytes: 0,
    tables: 0,
  }
  const stage = async (name: string, run: () => Promise<void>): Promise<void> => {
    if (over() || record.next !== undefined) notChecked.push(name)
    else await run()
  }
  await stage('日志与检查点', async () => {
    await checkOrphans(deps.owner, findings)
    checked.leaves = await checkLog({ ...deps, tx: deps.owner }, findings)
    tell('日志', checked.leaves)
  })
  await stage('文件', async () => {
    const found = await reconcileBlobs(deps.blobs, true)
    await checkNamed(deps.owner, record, releases, findings)
    for (const f of found.findings) findings.add(BLOB_KINDS[f.code], f.what, f.message)
    checked.blobs = found.rows
    checked.bytes = found.bytes
    tell('文件', found.rows)
  })
  await stage('查询表', async () => {
    checked.tables = await checkProjections(deps.owner, deps.projections, findings)
    tell('查询表', checked.tables)
  })
  const list = findings.list()
  return {
    ok: list.length === 0 && notChecked.length === 0,
    complete: notChecked.length === 0,
    ...(record.next === undefined ? {} : { next: record.next }),
    checked,
    notChecked,
    findings: list,
    seconds: seconds(),
  }
}
