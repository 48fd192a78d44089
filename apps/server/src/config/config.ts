import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { TokenSettings } from '../ledger/token-keys.ts'
import { isS3Address, readS3Address, S3_LIMITS, type S3Account } from '../s3/s3-settings.ts'

const Port = z.coerce.number().int().min(0).max(65_535)
const Level = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])

/** Every variable of the environment that this system reads. Nothing else reads the environment. */
const Environment = z.object({
  LIUHEN_DATA: z.string().min(1).default('./data'),
  /** A PostgreSQL server ≥ 15; without it the embedded one is started. The user creates roles and owns the database. */
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  /** Same on every machine that shares a database: the roles' passwords are derived from it. */
  LIUHEN_DATABASE_SECRET: z.string().min(32).optional(),
  LIUHEN_HOST: z.string().default('127.0.0.1'),
  LIUHEN_PORT: Port.default(8080),
  LIUHEN_PORTAL_PORT: Port.default(8081),
  /** The address that people type, for the same-origin check and cookies: https://liuhen.example.gov.cn */
  LIUHEN_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Name of the log: schema-less URL prefix without a slash at its end. */
  LIUHEN_ORIGIN: z
    .string()
    .regex(/^[^\s+]+$/)
    .default('liuhen.invalid/log/1'),
  /** A bucket (s3+https://host/bucket/folder) that takes originals in; unset, the data directory does. */
  LIUHEN_FIRST_STORE: z.string().min(1).optional(),
  /**
   * A folder on another device, best in another building, or a bucket as s3+https://host/bucket/folder: every original is
   * copied there. It must exist.
   */
  LIUHEN_SECOND_STORE: z.string().min(1).optional(),
  /** Where a store is being moved to, with a second person's approval. */
  LIUHEN_NEXT_STORE: z.string().min(1).optional(),
  /** Keys of object stores: a file {"accessKey","secretKey"}, or one such entry for each host; or the two here. */
  LIUHEN_S3_CREDENTIALS: z.string().min(1).optional(),
  LIUHEN_S3_ACCESS_KEY: z.string().min(1).optional(),
  LIUHEN_S3_SECRET_KEY: z.string().min(1).optional(),
  LIUHEN_S3_REGION: z.string().min(1).default('us-east-1'),
  LIUHEN_S3_ADDRESSING: z.enum(['path', 'host']).default('path'),
  /** Certificates (PEM) of the store's own authority. */
  LIUHEN_S3_CA: z.string().min(1).optional(),
  /** Each object is locked so many days from when it is put: nobody can delete it, not even lawfully. */
  LIUHEN_S3_LOCK: z.enum(['none', 'governance', 'compliance']).default('none'),
  LIUHEN_S3_LOCK_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
  /** Within so many days every copy in every store is read back once. */
  LIUHEN_SCRUB_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  /** How fast the reading back may be. */
  LIUHEN_SCRUB_MIB_PER_SECOND: z.coerce.number().positive().default(20),
  /** The storage page is red when nobody has restored from the second store for so many days. */
  LIUHEN_REHEARSAL_DAYS: z.coerce.number().int().min(1).max(730).default(90),
  /** The newest backup, for the daily comparison of record, stores and backup. */
  LIUHEN_BACKUP: z.string().min(1).optional(),
  /** The log's key in a token: module of its maker, label of the token, id (hex) of the first key, PIN or a file (0600) with it. */
  LIUHEN_PKCS11_MODULE: z.string().min(1).optional(),
  LIUHEN_PKCS11_TOKEN: z.string().min(1).optional(),
  LIUHEN_PKCS11_KEY: z
    .string()
    .regex(/^(?:[0-9a-f]{2}){1,32}$/)
    .default('01'),
  LIUHEN_PKCS11_PIN: z.string().min(1).optional(),
  LIUHEN_PKCS11_PIN_FILE: z.string().min(1).optional(),
  /** An SM2 line under each checkpoint, beside the Ed25519 one, for readers who want it. */
  LIUHEN_SM2_LINE: z.enum(['on', 'off']).default('off'),
  /** So many days after a change of the log's key the old one signs beside the new. */
  LIUHEN_KEY_OVERLAP_DAYS: z.coerce.number().min(0).max(3_660).default(30),
  /** Who watches the log from outside: `witness <name> <vkey> <url>` lines and a quorum (C2SP tlog-policy). */
  LIUHEN_WITNESSES: z.string().min(1).optional(),
  /** Time stamping authority (RFC 3161) that stamps checkpoints, hourly and for each package. */
  LIUHEN_TSA: z.url({ protocol: /^https?$/ }).optional(),
  /** A map of one's own under the places of recordings: GeoJSON (WGS-84), with the right to show it. */
  LIUHEN_BASE_MAP: z.string().min(1).optional(),
  LIUHEN_LOG: Level.default('info'),
  /** Folder of licensed fonts to add to the pinned ones. */
  LIUHEN_FONTS: z.string().optional(),
  /** Address of the public portal as printed on documents. */
  LIUHEN_PORTAL_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where ffmpeg and ffprobe are looked for. */
  PATH: z.string().default('/usr/bin:/bin'),
})

export type Config = Readonly<{
  dataDir: string
  databaseUrl?: string
  databaseSecret?: string
  host: string
  port: number
  portalPort: number
  publicUrl?: string
  origin: string
  logLevel: z.infer<typeof Level>
  fontDir?: string
  baseMap?: string
  /** File with the witnesses of the log. */
  witnesses?: string
  tsa?: string
  keyOverlapDays: number
  sm2Line: boolean
  /** Where the log's key is when it is in no file; told to the signer's process alone. */
  token?: TokenSettings
  portalUrl?: string
  toolPath: string
  storage: Readonly<{
    firstStore?: string
    secondStore?: string
    nextStore?: string
    s3: S3Account
    scrubDays: number
    scrubMibPerSecond: number
    rehearsalDays: number
    backup?: string
  }>
  /** Folders under the data directory, each with one owner. */
  folders: Readonly<{
    postgres: string
    keys: string
    log: string
    blobs: string
    signer: string
    seals: string
  }>
}>

const keysIn = (e: z.infer<typeof Environment>): Pick<S3Account, 'keys'> => {
  const { LIUHEN_S3_CREDENTIALS: file, LIUHEN_S3_ACCESS_KEY: accessKey, LIUHEN_S3_SECRET_KEY: secretKey } = e
  if (file !== undefined) return { keys: { file: resolve(file) } }
  return accessKey === undefined || secretKey === undefined ? {} : { keys: { accessKey, secretKey } }
}

const s3Of = (e: z.infer<typeof Environment>): S3Account => {
  const { LIUHEN_S3_LOCK: mode, LIUHEN_S3_LOCK_DAYS: days, LIUHEN_S3_CA: caFile } = e
  if (mode !== 'none' && days === undefined)
    throw new Error('设置了 LIUHEN_S3_LOCK，还要用 LIUHEN_S3_LOCK_DAYS 说明锁定多少天。')
  return Object.freeze({
    ...keysIn(e),
    region: e.LIUHEN_S3_REGION,
    addressing: e.LIUHEN_S3_ADDRESSING,
    ...(caFile === undefined ? {} : { caFile: resolve(caFile) }),
    ...(mode === 'none' || days === undefined ? {} : { lock: { mode, days } }),
    limits: S3_LIMITS,
  })
}

/** A folder by its whole path, a bucket by its address; an address that cannot be one is refused at the start. */
const placeOf = (place: string, account: S3Account): string =>
  isS3Address(place) ? readS3Address(place, account).where : resolve(place)

const bucketOf = (place: string, account: S3Account): string => {
  if (!isS3Address(place))
    throw new Error(
      'LIUHEN_FIRST_STORE 只能是对象存储（s3+https://主机/桶/文件夹）；放在磁盘上的，请用 LIUHEN_DATA。',
    )
  return placeOf(place, account)
}

const storageOf = (e: z.infer<typeof Environment>, s3: S3Account): Config['storage'] =>
  Object.freeze({
    s3,
    ...(e.LIUHEN_FIRST_STORE === undefined ? {} : { firstStore: bucketOf(e.LIUHEN_FIRST_STORE, s3) }),
    ...(e.LIUHEN_SECOND_STORE === undefined ? {} : { secondStore: placeOf(e.LIUHEN_SECOND_STORE, s3) }),
    ...(e.LIUHEN_NEXT_STORE === undefined ? {} : { nextStore: placeOf(e.LIUHEN_NEXT_STORE, s3) }),
    scrubDays: e.LIUHEN_SCRUB_DAYS,
    scrubMibPerSecond: e.LIUHEN_SCRUB_MIB_PER_SECOND,
    rehearsalDays: e.LIUHEN_REHEARSAL_DAYS,
    ...(e.LIUHEN_BACKUP === undefined ? {} : { backup: resolve(e.LIUHEN_BACKUP) }),
  })

const tokenIn = (e: z.infer<typeof Environment>): Pick<Config, 'token'> => {
  const { LIUHEN_PKCS11_MODULE: module, LIUHEN_PKCS11_TOKEN: token, LIUHEN_PKCS11_KEY: key } = e
  if (module === undefined) return {}
  const { LIUHEN_PKCS11_PIN: word, LIUHEN_PKCS11_PIN_FILE: file } = e
  const pin = file === undefined ? word && { word } : { file: resolve(file) }
  if (token === undefined || !pin)
    throw new Error(
      '设置了 LIUHEN_PKCS11_MODULE，还要写明 LIUHEN_PKCS11_TOKEN，以及 LIUHEN_PKCS11_PIN_FILE（或者 LIUHEN_PKCS11_PIN）。',
    )
  return { token: { module: resolve(module), token, key, pin } }
}

/** Reads and freezes the configuration. Throws with every wrong variable named. */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    throw new Error(`环境变量不正确，请改正后重新启动：\n${z.prettifyError(parsed.error)}`)
  }
  const e = parsed.data
  const dataDir = resolve(e.LIUHEN_DATA)
  return Object.freeze({
    dataDir,
    ...(e.DATABASE_URL === undefined ? {} : { databaseUrl: e.DATABASE_URL }),
    ...(e.LIUHEN_DATABASE_SECRET === undefined ? {} : { databaseSecret: e.LIUHEN_DATABASE_SECRET }),
    host: e.LIUHEN_HOST,
    port: e.LIUHEN_PORT,
    portalPort: e.LIUHEN_PORTAL_PORT,
    ...(e.LIUHEN_PUBLIC_URL === undefined ? {} : { publicUrl: e.LIUHEN_PUBLIC_URL }),
    origin: e.LIUHEN_ORIGIN,
    logLevel: e.LIUHEN_LOG,
    ...(e.LIUHEN_FONTS === undefined ? {} : { fontDir: resolve(e.LIUHEN_FONTS) }),
    ...(e.LIUHEN_WITNESSES === undefined ? {} : { witnesses: resolve(e.LIUHEN_WITNESSES) }),
    ...(e.LIUHEN_TSA === undefined ? {} : { tsa: e.LIUHEN_TSA }),
    ...(e.LIUHEN_BASE_MAP === undefined ? {} : { baseMap: resolve(e.LIUHEN_BASE_MAP) }),
    ...(e.LIUHEN_PORTAL_URL === undefined ? {} : { portalUrl: e.LIUHEN_PORTAL_URL }),
    ...tokenIn(e),
    sm2Line: e.LIUHEN_SM2_LINE === 'on',
    keyOverlapDays: e.LIUHEN_KEY_OVERLAP_DAYS,
    toolPath: e.PATH,
    storage: storageOf(e, s3Of(e)),
    folders: foldersOf(dataDir),
  })
}

export const foldersOf = (dataDir: string): Config['folders'] =>
  Object.freeze({
    postgres: join(dataDir, 'postgres'),
    keys: join(dataDir, 'keys'),
    log: join(dataDir, 'log'),
    blobs: join(dataDir, 'blobs'),
    signer: join(dataDir, 'signer'),
    seals: join(dataDir, 'seals'),
  })
