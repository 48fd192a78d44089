import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** How long the store may be silent before it counts as away. */
export type S3Limits = Readonly<{ connectMs: number; idleMs: number; requestMs: number; attempts: number }>
export type S3Lock = Readonly<{ mode: 'compliance' | 'governance'; days: number }>
export type S3Keys = Readonly<{ accessKey: string; secretKey: string }>

/** What is common to every bucket of an installation. */
export type S3Account = Readonly<{
  /** A file is read when it is needed, so that keys can be changed without a restart. */
  keys?: S3Keys | Readonly<{ file: string }>
  region: string
  addressing: 'path' | 'host'
  caFile?: string
  /** Absent: objects are put as they are, and only what the bucket itself sets protects them. */
  lock?: S3Lock
  limits: S3Limits
}>

export type S3Settings = Readonly<{
  /** The address as it is written in the configuration; holds no key. */
  where: string
  endpoint: string
  host: string
  bucket: string
  /** Empty, or with a slash at its end. */
  prefix: string
  account: S3Account
}>

export const S3_LIMITS: S3Limits = { connectMs: 5_000, idleMs: 60_000, requestMs: 300_000, attempts: 3 }

const SCHEME = /^s3\+https?:\/\//

export const isS3Address = (place: string): boolean => SCHEME.test(place)

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const FOLDER = /^[A-Za-z0-9._-]+$/

/** `s3+https://host/bucket/folder`. Throws with what is wrong, in Chinese. */
export const readS3Address = (place: string, account: S3Account): S3Settings => {
  const url = new URL(place)
  if (url.username !== '' || url.password !== '')
    throw new Error('密钥不要写在对象存储的地址里，请用 LIUHEN_S3_CREDENTIALS。')
  const [bucket = '', ...folders] = url.pathname.split('/').filter((part) => part !== '')
  if (!BUCKET.test(bucket) || url.search !== '' || url.hash !== '' || !folders.every((f) => FOLDER.test(f)))
    throw new Error('对象存储的地址应写成 s3+https://主机/桶名/文件夹。')
  const prefix = folders.map((folder) => `${folder}/`).join('')
  const endpoint = `${url.protocol === 's3+https:' ? 'https' : 'http'}://${url.host}`
  return {
    where: `s3+${endpoint}/${bucket}${prefix === '' ? '' : `/${prefix.slice(0, -1)}`}`,
    endpoint,
    host: url.hostname,
    bucket,
    prefix,
    account,
  }
}

const Keys = z.object({ accessKey: z.string().min(1), secretKey: z.string().min(1) })
/** One pair of keys, or one for each host. */
const KeyFile = z.union([Keys, z.record(z.string(), Keys)])

export const keysOf = async ({ account, host }: S3Settings): Promise<S3Keys> => {
  const { keys } = account
  if (keys === undefined)
    throw new Error(
      '没有对象存储的密钥，请设置 LIUHEN_S3_CREDENTIALS，或者 LIUHEN_S3_ACCESS_KEY 和 LIUHEN_S3_SECRET_KEY。',
    )
  if (!('file' in keys)) return keys
  // What the file holds is never part of a message.
  const read = KeyFile.safeParse(
    await readFile(keys.file, 'utf8').then(
      (text) => JSON.parse(text) as unknown,
      () => undefined,
    ),
  )
  if (!read.success) throw new Error(`对象存储的密钥文件 ${keys.file} 读不出来。`)
  if (Keys.safeParse(read.data).success) return Keys.parse(read.data)
  const own = z.record(z.string(), Keys).parse(read.data)[host]
  if (own === undefined) throw new Error(`密钥文件 ${keys.file} 里没有 ${host} 的密钥。`)
  return own
}
