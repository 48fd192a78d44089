import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { BlobMissingError } from '../blobs/blob-store.ts'
import { clientOf, type Client } from './s3-client.ts'
import { isObjectMissing, toldAs } from './s3-errors.ts'
import type { S3Settings } from './s3-settings.ts'
import { unlessSilent } from './s3-silence.ts'
import type { Listed } from './s3-versions.ts'

export type ObjectLock = Readonly<{ mode: 'compliance' | 'governance'; until: Date }>
export type Range = Readonly<{ start: number; end: number }>

export const lockFields = (lock: ObjectLock | undefined) =>
  lock === undefined
    ? {}
    : {
        ObjectLockMode: lock.mode === 'compliance' ? ('COMPLIANCE' as const) : ('GOVERNANCE' as const),
        ObjectLockRetainUntilDate: lock.until,
      }

/** What of a bucket the store uses. Keys are without the prefix. */
export type Bucket = Readonly<{
  settings: S3Settings
  /** Versions, markers and notes whose key begins so, by key and the newest first. */
  versions: (keysFrom: string) => AsyncIterable<Listed>
  /** Answers with the id of the new version. */
  put: (key: string, bytes: Uint8Array, lock?: ObjectLock) => Promise<string>
  /** Throws BlobMissingError. */
  read: (key: string, version: string, range?: Range) => Promise<Readable>
  has: (key: string, version: string) => Promise<boolean>
  isVersioned: () => Promise<boolean>
  /** Any other question; errors come in our words. */
  ask: <T>(ask: (c: Client) => Promise<T>) => Promise<T>
}>

export const md5 = (bytes: Uint8Array, as: 'hex' | 'base64'): string =>
  createHash('md5').update(bytes).digest(as)

/** Keys that begin with the same bytes come in the order of UTF-8, as the store has them. */
async function* pagesOf(
  { settings, ask }: Pick<Bucket, 'settings' | 'ask'>,
  keysFrom: string,
): AsyncGenerator<Listed> {
  const { prefix, bucket } = settings
  let from: { KeyMarker?: string; VersionIdMarker?: string } = {}
  for (;;) {
    const page = await ask(({ sdk, client }) =>
      client.send(
        new sdk.ListObjectVersionsCommand({ Bucket: bucket, Prefix: `${prefix}${keysFrom}`, ...from }),
      ),
    )
    yield* inOrder(page, prefix)
    if (page.IsTruncated !== true) return
    from = {
      ...(page.NextKeyMarker === undefined ? {} : { KeyMarker: page.NextKeyMarker }),
      ...(page.NextVersionIdMarker === undefined ? {} : { VersionIdMarker: page.NextVersionIdMarker }),
    }
    if (from.KeyMarker === undefined) return
  }
}

type Page = Readonly<{
  Versions?:
    | { Key?: string; VersionId?: string; Size?: number; ETag?: string; IsLatest?: boolean }[]
    | undefined
  DeleteMarkers?: { Key?: string; IsLatest?: boolean; LastModified?: Date }[] | undefined
}>

/**
 * Versions and markers come in two lists. A marker is put before the versions of its name: that a name was deleted at
 * all is what matters, not when.
 */
const inOrder = (page: Page, prefix: string): Listed[] => {
  const own = (key = '') => key.slice(prefix.length)
  const markers: Listed[] = (page.DeleteMarkers ?? []).map((m) => ({ key: own(m.Key), marker: true }))
  const versions: Listed[] = (page.Versions ?? []).map((v) => ({
    key: own(v.Key),
    id: v.VersionId ?? 'null',
    sizeBytes: v.Size ?? 0,
    etag: (v.ETag ?? '').replaceAll('"', ''),
  }))
  // A stable sort: the versions of one name keep their order.
  return [...markers, ...versions].toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

export const versionIdOf = (id: string | undefined, { where }: S3Settings): string => {
  if (id === undefined || id === 'null')
    throw new Error(`对象存储 ${where} 没有开启版本控制，写入的文件可能被覆盖。请开启后再用。`)
  return id
}

const putInto =
  ({ settings, ask }: Pick<Bucket, 'settings' | 'ask'>): Bucket['put'] =>
  async (key, bytes, lock) => {
    const answer = await ask(({ sdk, client }) =>
      client.send(
        new sdk.PutObjectCommand({
          Bucket: settings.bucket,
          Key: `${settings.prefix}${key}`,
          Body: bytes,
          ContentLength: bytes.length,
          ContentMD5: md5(bytes, 'base64'),
          ContentType: 'application/octet-stream',
          ...lockFields(lock),
        }),
      ),
    )
    return versionIdOf(answer.VersionId, settings)
  }

const readFrom =
  ({ settings, ask }: Pick<Bucket, 'settings' | 'ask'>): Bucket['read'] =>
  async (key, version, range) => {
    const body = await ask(async ({ sdk, client }) => {
      const answer = await client.send(
        new sdk.GetObjectCommand({
          Bucket: settings.bucket,
          Key: `${settings.prefix}${key}`,
          VersionId: version,
          ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` }),
        }),
      )
      if (!(answer.Body instanceof Readable)) throw new TypeError('a body is a stream')
      return answer.Body
    })
    return unlessSilent(body, settings.account.limits.idleMs, settings.where)
  }

export const openBucket = (settings: S3Settings): Bucket => {
  const asked = clientOf(settings)
  const ask: Bucket['ask'] = (question) =>
    asked(question).catch((e: unknown) => {
      throw isObjectMissing(e)
        ? new BlobMissingError(settings.where)
        : e instanceof TypeError
          ? e
          : toldAs(e, settings.where)
    })
  const bucket = settings.bucket
  const base = { settings, ask }
  return {
    ...base,
    versions: (keysFrom) => pagesOf(base, keysFrom),
    put: putInto(base),
    read: readFrom(base),
    has: (key, version) =>
      ask(({ sdk, client }) =>
        client.send(
          new sdk.HeadObjectCommand({ Bucket: bucket, Key: `${settings.prefix}${key}`, VersionId: version }),
        ),
      ).then(
        () => true,
        (e: unknown) => (e instanceof BlobMissingError ? false : Promise.reject(e)),
      ),
    isVersioned: async () =>
      (await ask(({ sdk, client }) => client.send(new sdk.GetBucketVersioningCommand({ Bucket: bucket }))))
        .Status === 'Enabled',
  }
}
