import { StoreUnreachableError } from '../blobs/blob-store.ts'

const WHY: Readonly<Record<string, string>> = {
  AccessDenied: '密钥没有所需的权限',
  InvalidAccessKeyId: '密钥不被接受',
  SignatureDoesNotMatch: '密钥不被接受',
  RequestTimeTooSkewed: '本机时钟与对象存储的时钟相差太大',
  InvalidRequest: '拒绝了请求，要求锁定的，请确认建桶时启用了对象锁',
  NoSuchBucket: '没有这个桶',
  TimeoutError: '没有按时答复',
  AbortError: '没有按时答复',
  ECONNREFUSED: '连接被拒绝',
  ENOTFOUND: '找不到主机',
  ECONNRESET: '连接中断',
  EPIPE: '连接中断',
}

type Told = Readonly<{ name: string; code: string; status: number | undefined }>

const readError = (e: unknown): Told => {
  const it = e instanceof Error ? e : new Error(String(e))
  const code = 'code' in it && typeof it.code === 'string' ? it.code : ''
  const meta = '$metadata' in it ? (it.$metadata as { httpStatusCode?: number } | undefined) : undefined
  return { name: it.name, code, status: meta?.httpStatusCode }
}

const MISSING = new Set(['NoSuchKey', 'NotFound', 'NoSuchVersion'])
const NO_ROOM = new Set(['QuotaExceeded', 'InsufficientStorage', 'InsufficientCapacity'])

/** The object or version is not there, as the store says; a bucket that is not there is a store that is away. */
export const isObjectMissing = (e: unknown): boolean => MISSING.has(readError(e).name)

/** The store understood and said no. */
export const isDenied = (e: unknown): boolean => {
  const { name, status } = readError(e)
  return status === 403 || name === 'AccessDenied' || name === 'InvalidRequest' || status === 400
}

export const s3Code = (e: unknown): string => {
  const { name, code } = readError(e)
  return code === '' ? name : code
}

/** An error of the store in our own words. The answer of the store, which may repeat a request, goes no further. */
export const toldAs = (e: unknown, where: string): Error => {
  const { name, code, status } = readError(e)
  if (NO_ROOM.has(name) || status === 507)
    return Object.assign(new Error(`对象存储 ${where} 的空间用完了`), { code: 'EDQUOT' })
  const why = WHY[code] ?? WHY[name] ?? `答复 ${[name, code, status].filter(Boolean).join(' ')}`
  return new StoreUnreachableError(`对象存储 ${where}：${why}`)
}
