import { copyFile, link, mkdir, open, readdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Client } from 'pg'
import { equalBytes, toBase64 } from '@liuhen/ledger/bytes'
import { appendEntries, edgeFiles, edgeRoot, emptyEdge, type Edge } from '@liuhen/ledger/edge'
import { TILE_WIDTH } from '@liuhen/ledger/tiles'
import type { BlobStore } from '../blobs/blob-store.ts'
import { blobPath } from '../blobs/disk-blob-store.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import { writeDurably, writeLogFiles } from '../ledger/log-folder.ts'
import { publishKeys, publishSm3Roots } from '../ledger/published-keys.ts'
import { connect } from '../postgres/pool.ts'
import { BACKUP_INFO, type BackupInfo, BLOBS, LEFT_OUT, LOG, MARKER, TABLES } from './format.ts'
import { writeManifest } from './manifest.ts'
import { columnsOf, copyOut, listTables } from './tables.ts'

export type BackupDeps = Readonly<{
  urls: Readonly<{ owner: string; jobs: string }>
  dataDir: string
  blobs: BlobStore
  /** The log's verification key, for the reader of the backup. */
  vkey: string
  now: string
  onProgress?: (what: string, done: number, total: number) => void
}>

export type BackupResult = Readonly<{
  files: number
  events: number
  blobs: number
  bytes: number
  treeSize: number
}>

const CHUNK = 2_048

/** Refuses a target that holds anything, so that no two backups are ever mixed. */
const openTarget = async (target: string): Promise<void> => {
  await mkdir(target, { recursive: true, mode: 0o700 })
  if ((await readdir(target)).length > 0) throw new Error(`备份目录 ${target} 不是空的，请另选一个空目录。`)
}

/** A consistent view of the database that does not hold up anybody who writes. */
const openSnapshot = async (url: string, name: string, snapshot?: string): Promise<Client> => {
  const client = await connect(url, name)
  // Reading a large installation takes longer than a forgotten transaction may.
  await client.query('SET idle_in_transaction_session_timeout = 0')
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  if (snapshot !== undefined) await client.query(`SET TRANSACTION SNAPSHOT '${snapshot.replaceAll("'", '')}'`)
  return client
}

const copyTables = async (owner: Client, target: string, deps: BackupDeps): Promise<BackupInfo['tables']> => {
  await mkdir(join(target, TABLES), { mode: 0o700 })
  const names = await listTables(owner)
  const tables = []
  for (const [i, name] of names.entries()) {
    const columns = await columnsOf(owner, name)
    const rows = await copyOut(owner, name, columns, join(target, TABLES, `${name}.copy`))
    tables.push({ name, columns, rows })
    deps.onProgress?.('表', i + 1, names.length)
  }
  return tables
}

type Signed = { size: number; root: Buffer; note: string }

/** The tree again from the record, in the snapshot: a backup whose record does not give the signed root is not made. */
const copyLog = async (owner: Client, target: string, vkey: string): Promise<BackupInfo['log']> => {
  const { rows } = await owner.query<Signed>(
    'SELECT size, root, note FROM log.published ORDER BY size DESC LIMIT 1',
  )
  const signed = rows[0]
  if (signed === undefined) return undefined
  const folder = join(target, LOG)
  let edge: Edge = emptyEdge
  while (edge.size < signed.size) {
    const end = Math.min(edge.size + CHUNK, signed.size)
    const read = await owner.query<{ entry: Buffer }>(
      `SELECT e.entry FROM log.leaf l JOIN record.event e USING (position)
        WHERE l.leaf_index >= $1 AND l.leaf_index < $2 ORDER BY l.leaf_index`,
      [edge.size, end],
    )
    if (read.rows.length !== end - edge.size)
      throw new Error(`日志 ${edge.size}–${end} 之间缺少条目，请先运行 fsck。`)
    const grown = appendEntries(
      nodeHashes.sha256,
      edge,
      read.rows.map((r) => r.entry),
    )
    await writeLogFiles(
      folder,
      grown.files.filter((f) => f.tile.width === TILE_WIDTH),
    )
    edge = grown.edge
  }
  await writeLogFiles(folder, edgeFiles(edge))
  if (!equalBytes(edgeRoot(nodeHashes.sha256, edge), signed.root))
    throw new Error('由记录重建的根与签过名的不一致，记录被改动过，请先运行 fsck。')
  await writeDurably(join(folder, 'checkpoint'), signed.note)
  await writeDurably(join(folder, 'vkey'), `${vkey}\n`)
  await publishKeys(owner, folder, signed.size)
  await publishSm3Roots(owner, folder, signed.size)
  return { size: signed.size, root: toBase64(signed.root), checkpoint: signed.note, vkey }
}

/** Originals are written once and never again, so a hard link is as good as a copy; across file systems it is copied. */
const takeFile = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const linked = await link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EXDEV' || error.code === 'EPERM' || error.code === 'EMLINK') return false
      throw error
    },
  )
  if (!linked) await copyFile(from, to)
  const file = await open(to, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

const copyBlobs = async (owner: Client, target: string, deps: BackupDeps): Promise<BackupInfo['blobs']> => {
  const { rows } = await owner.query<{ sha256: string; size_bytes: number }>(
    `SELECT sha256, size_bytes FROM app.blob WHERE state = 'verified' ORDER BY sha256`,
  )
  let bytes = 0
  for (const [i, row] of rows.entries()) {
    const to = blobPath(join(target, BLOBS), row.sha256)
    await deps.blobs.withFile(row.sha256, (from) => takeFile(from, to))
    bytes += row.size_bytes
    deps.onProgress?.('文件', i + 1, rows.length)
  }
  return { count: rows.length, bytes }
}

type QueueRow = { name: string; payload: Record<string, unknown>; key: string | null; queue: string | null }

/** Work that was promised and not yet done, as of the same instant. */
const queuedJobs = async (url: string, snapshot: string): Promise<BackupInfo['jobs']> => {
  const jobs = await openSnapshot(url, 'liuhen backup jobs', snapshot)
  try {
    const { rows } = await jobs.query<QueueRow>(
      `SELECT t.identifier AS name, j.payload, j.key, q.queue_name AS queue
         FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
         LEFT JOIN graphile_worker._private_job_queues q ON q.id = j.job_queue_id
        WHERE j.payload IS NOT NULL AND j.payload ->> '_cron' IS NULL ORDER BY j.id`,
    )
    return rows
  } finally {
    await jobs.end()
  }
}

const describe = async (owner: Client) => {
  const installation = await owner.query<BackupInfo['installation']>(
    'SELECT id, kind, origin FROM app.installation',
  )
  const migrations = await owner.query<BackupInfo['migrations'][number]>(
    'SELECT number, checksum FROM migration.applied ORDER BY number',
  )
  const [row] = installation.rows
  if (row === undefined) throw new Error('数据库里还没有安装，没有可以备份的内容。')
  return { installation: row, migrations: migrations.rows }
}

/**
 * A logical backup while everybody goes on writing: all tables in one snapshot, the tree rebuilt from it and compared
 * with the signed root, every original, and a manifest at the end. What was acknowledged before the call is in it.
 */
export const backup = async (deps: BackupDeps, target: string): Promise<BackupResult> => {
  await openTarget(target)
  const owner = await openSnapshot(deps.urls.owner, 'liuhen backup')
  try {
    const { rows } = await owner.query<{ id: string }>('SELECT pg_export_snapshot() AS id')
    const jobs = await queuedJobs(deps.urls.jobs, rows[0]?.id ?? '')
    const described = await describe(owner)
    const tables = await copyTables(owner, target, deps)
    const log = await copyLog(owner, target, deps.vkey)
    const blobs = await copyBlobs(owner, target, deps)
    if (existsSync(join(deps.dataDir, MARKER)))
      await copyFile(join(deps.dataDir, MARKER), join(target, MARKER))
    const info: BackupInfo = {
      v: 1,
      at: deps.now,
      ...described,
      ...(log === undefined ? {} : { log }),
      tables,
      jobs,
      blobs,
      leftOut: [...LEFT_OUT],
    }
    await writeDurably(join(target, BACKUP_INFO), `${JSON.stringify(info, null, 1)}\n`, 0o600)
    const files = await writeManifest(target)
    const events = tables.find((t) => t.name === 'record.event')?.rows ?? 0
    return { files, events, blobs: blobs.count, bytes: blobs.bytes, treeSize: log?.size ?? 0 }
  } finally {
    await owner.end()
  }
}
