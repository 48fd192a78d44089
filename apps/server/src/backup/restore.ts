import { copyFile, cp, mkdir, readdir, readFile } from 'node:fs/promises'
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import type { BlobStore } from '../blobs/blob-store.ts'
import { blobPath } from '../blobs/disk-blob-store.ts'
import type { Config } from '../config/config.ts'
import { publishKeys, publishSm3Roots } from '../ledger/published-keys.ts'
import { connect, createPool } from '../postgres/pool.ts'
import { readMigrations } from '../postgres/migrate.ts'
import { tokenOf } from '../processes/log-keys.ts'
import { openDatabaseServer } from '../processes/database-server.ts'
import { shredContent } from '../disposal/shred-files.ts'
import { reachStore } from '../stores/reach-store.ts'
import { firstStoreOf, type KeptStore } from '../stores/store-place.ts'
import { continueLog, nextOrigin } from './continue-log.ts'
import { BACKUP_INFO, BackupInfo, BLOBS, LOG, MARKER, TABLES } from './format.ts'
import { checkManifest } from './manifest.ts'
import { advanceSequences, copyIn, qualified } from './tables.ts'

export type RestoreResult = Readonly<{
  origin: string
  previousOrigin: string
  vkey: string
  treeSize: number
  events: number
  blobs: number
  /** Parts of events that the record had let go of while the backup still held them: they were shredded once more. */
  shredded: number
}>

type Progress = (what: string, done: number, total: number) => void

const readInfo = async (source: string): Promise<BackupInfo> => {
  const faults = await checkManifest(source)
  if (faults.length > 0)
    throw new Error(`备份不完整或者被改动过，没有恢复任何内容：\n${faults.slice(0, 20).join('\n')}`)
  return BackupInfo.parse(JSON.parse(await readFile(join(source, BACKUP_INFO), 'utf8')))
}

/** The program must know exactly the tables that the backup has; an older backup is restored by its own program first. */
const checkMigrations = async (info: BackupInfo): Promise<void> => {
  const own = await readMigrations()
  const same =
    own.length === info.migrations.length &&
    own.every(
      (m, i) => m.number === info.migrations[i]?.number && m.checksum === info.migrations[i]?.checksum,
    )
  if (!same) throw new Error('备份来自另一个版本的程序。请用制作备份的那个版本恢复，启动一次，再升级。')
}

/** A token that cannot sign is told before anything is filled in. */
const reachToken = async (config: Config, info: BackupInfo): Promise<void> => {
  const { token } = tokenOf(config, nextOrigin(info.installation.origin))
  await token?.open(token.first)
}

const openDataDirectory = async (dataDir: string): Promise<void> => {
  await mkdir(dataDir, { recursive: true })
  if ((await readdir(dataDir)).length > 0) throw new Error(`数据目录 ${dataDir} 不是空的，只能恢复到空目录。`)
}

const checkEmpty = async (owner: Client): Promise<void> => {
  const { rows } = await owner.query<{ used: boolean }>(
    'SELECT EXISTS (SELECT FROM app.installation) OR EXISTS (SELECT FROM record.event) AS used',
  )
  if (rows[0]?.used === true) throw new Error('目标数据库里已经有数据，只能恢复到空的数据库。')
}

/** Whatever a migration has put into a table gives way to what the backup has. */
const fill = async (owner: Client, source: string, info: BackupInfo, progress: Progress): Promise<void> => {
  await owner.query('BEGIN')
  await owner.query('CREATE SCHEMA restore_from')
  await owner.query(`DELETE FROM ${qualified('log.state')}`)
  for (const [i, table] of info.tables.entries()) {
    const rows = await copyIn(owner, table.name, table.columns, join(source, TABLES, `${table.name}.copy`))
    if (rows !== table.rows) throw new Error(`${table.name} 应有 ${table.rows} 行，恢复了 ${rows} 行。`)
    progress('表', i + 1, info.tables.length)
  }
  await owner.query('DROP SCHEMA restore_from')
  await advanceSequences(owner)
  // Bytes that were still on their way are not in the backup; their senders have them.
  await owner.query(
    `UPDATE app.upload SET state = 'expired', note = '恢复备份时上传尚未完成' WHERE state IN ('receiving', 'received')`,
  )
  await owner.query(
    `UPDATE app.blob SET state = 'discarded', note = '恢复备份时尚未完成' WHERE state IN ('receiving', 'sealed', 'quarantined')`,
  )
  await owner.query('COMMIT')
}

/** Copied, never linked: the backup stays whole whatever happens to the installation. Each is read and must have its digest. */
const copyBlobs = async (
  owner: Client,
  source: string,
  store: BlobStore,
  progress: Progress,
): Promise<number> => {
  const { rows } = await owner.query<{ sha256: string }>(
    `SELECT sha256 FROM app.blob WHERE state = 'verified'`,
  )
  for (const [i, { sha256 }] of rows.entries()) {
    await store.take(sha256, createReadStream(blobPath(join(source, BLOBS), sha256)))
    progress('文件', i + 1, rows.length)
  }
  return rows.length
}

/** Before a byte is put: a bucket that is away, another installation's or another store's is no place to restore to. */
const takeFirstStore = async (appUrl: string, first: KeptStore): Promise<void> => {
  const pool = createPool(appUrl, { max: 1, name: 'liuhen restore store' })
  try {
    const reached = await reachStore(pool, first)
    if (!reached.here) throw new Error(`主存储 ${first.place.where} 不能用：${reached.why}`)
  } finally {
    await pool.end()
  }
}

const requeue = async (appUrl: string, info: BackupInfo): Promise<void> => {
  if (info.jobs.length === 0) return
  const app = await connect(appUrl, 'liuhen restore jobs')
  try {
    const jobs = info.jobs.map(({ key, queue, ...job }) => ({
      ...job,
      ...(key === null ? {} : { key }),
      ...(queue === null ? {} : { queue }),
    }))
    await app.query('SELECT queue.add($1)', [JSON.stringify(jobs)])
  } finally {
    await app.end()
  }
}

/**
 * Restores into an empty data directory and an empty database. Nothing is touched before the manifest holds. The log goes
 * on under the next origin: LIUHEN_ORIGIN has to be set to it before the installation is started.
 */
export const restore = async (
  config: Config,
  source: string,
  progress: Progress = () => undefined,
): Promise<RestoreResult> => {
  const info = await readInfo(source)
  await checkMigrations(info)
  await reachToken(config, info)
  await openDataDirectory(config.dataDir)
  const database = await openDatabaseServer(config)
  const owner = await connect(database.urls.owner, 'liuhen restore')
  try {
    await checkEmpty(owner)
    await fill(owner, source, info, progress)
    const first = firstStoreOf(config)
    await takeFirstStore(database.urls.app, first)
    const blobs = await copyBlobs(owner, source, first.bytes, progress)
    if (existsSync(join(source, LOG))) await cp(join(source, LOG), config.folders.log, { recursive: true })
    if (existsSync(join(source, MARKER))) await copyFile(join(source, MARKER), join(config.dataDir, MARKER))
    const continued = await continueLog({
      urls: database.urls,
      config,
      info,
    })
    const shredded = await shredContent(database.urls.shredder)
    await publishKeys(owner, config.folders.log)
    await publishSm3Roots(owner, config.folders.log, continued.size)
    await owner.query('UPDATE app.installation SET origin = $1', [continued.origin])
    await requeue(database.urls.app, info)
    return {
      origin: continued.origin,
      previousOrigin: info.installation.origin,
      vkey: continued.vkey,
      treeSize: continued.size,
      events: info.tables.find((t) => t.name === 'record.event')?.rows ?? 0,
      blobs,
      shredded,
    }
  } finally {
    await owner.end()
    await database.stop()
  }
}
