import { z } from 'zod'

/**
 * A backup is a folder: backup.json, tables/<schema>.<table>.copy (COPY text), the originals under blobs/ as the store lays them out, log/… and
 * manifest-sha256.txt over all of them, written last. Without the manifest it is not a backup.
 */
export const BACKUP_INFO = 'backup.json'
export const BACKUP_MANIFEST = 'manifest-sha256.txt'
export const TABLES = 'tables'
export const BLOBS = 'blobs'
export const LOG = 'log'
export const MARKER = 'DEMONSTRATION'

export const QueuedJob = z.object({
  name: z.string(),
  payload: z.record(z.string(), z.unknown()),
  key: z.string().nullable(),
  queue: z.string().nullable(),
})

export const BackupInfo = z.strictObject({
  v: z.literal(1),
  at: z.string(),
  installation: z.object({ id: z.string(), kind: z.enum(['real', 'demonstration']), origin: z.string() }),
  /** The last signed checkpoint of the snapshot; the tree in log/ was rebuilt from the record and has this root. */
  log: z.object({ size: z.int(), root: z.string(), checkpoint: z.string(), vkey: z.string() }).optional(),
  migrations: z.array(z.object({ number: z.int(), checksum: z.string() })),
  /** In an order in which they may be filled. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.int() })),
  jobs: z.array(QueuedJob),
  blobs: z.object({ count: z.int(), bytes: z.int() }),
  /** What is not in it, said so that nobody relies on it. */
  leftOut: z.array(z.string()),
})
export type BackupInfo = z.infer<typeof BackupInfo>

/**
 * Sessions and failed sign-ins are not carried over: after a restore everybody signs in again. What was known of copies
 * in stores is not either: the stores of the restored installation are read anew.
 */
export const NOT_COPIED: ReadonlySet<string> = new Set([
  'app.session',
  'app.sign_in_failure',
  'app.blob_store',
  'app.blob_copy',
  'app.blob_fault',
  'migration.applied',
])

export const LEFT_OUT = [
  '日志签名私钥：恢复后另造密钥、另起日志名',
  '电子印章和签名的私钥：请另行离线保存，恢复后用 liuhen seal import 重新登记',
  '数据库各角色的口令：恢复时重新生成',
  '登录会话：恢复后须重新登录',
  '尚未传完的音像上传：恢复后须重新上传',
] as const
