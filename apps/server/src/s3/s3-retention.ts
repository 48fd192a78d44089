import type { LockMode } from '@liuhen/domain/stores/lock'
import { type Bucket, lockFields, type ObjectLock } from './s3-bucket.ts'
import type { Client } from './s3-client.ts'

/** A version as the store itself says that it is locked. */
export type Locked = Readonly<{ mode?: LockMode; until?: Date }>
type VersionOf = Readonly<{ key: string; version: string }>

export const lockModeOf = (mode: string | undefined): LockMode | undefined =>
  mode === 'COMPLIANCE' ? 'compliance' : mode === 'GOVERNANCE' ? 'governance' : undefined

export const fieldsOf = (bucket: Bucket, { key, version }: VersionOf) => ({
  Bucket: bucket.settings.bucket,
  Key: `${bucket.settings.prefix}${key}`,
  VersionId: version,
})

export const lockOf = async (bucket: Bucket, of: VersionOf): Promise<Locked> => {
  const head = await bucket.ask(({ sdk, client }) =>
    client.send(new sdk.HeadObjectCommand(fieldsOf(bucket, of))),
  )
  const mode = lockModeOf(head.ObjectLockMode)
  const until = head.ObjectLockRetainUntilDate
  return { ...(mode && { mode }), ...(until && { until }) }
}

export const relock = (bucket: Bucket, of: VersionOf, to: ObjectLock, { sdk, client }: Client) => {
  const { ObjectLockMode: Mode, ObjectLockRetainUntilDate: RetainUntilDate } = lockFields(to)
  const Retention = { ...(Mode && { Mode }), ...(RetainUntilDate && { RetainUntilDate }) }
  return client.send(new sdk.PutObjectRetentionCommand({ ...fieldsOf(bucket, of), Retention }))
}

const DAY_MS = 86_400_000

/** Whether a lock is the weaker kind, or ends more than a day before. */
export const isShortOf = (has: Locked, asked: ObjectLock): boolean =>
  has.mode === undefined ||
  has.until === undefined ||
  (has.mode === 'governance' && asked.mode === 'compliance') ||
  has.until.getTime() < asked.until.getTime() - DAY_MS

/** What a store was told when an upload began it may have forgotten when it ends. */
export const lockAsAsked = async (
  bucket: Bucket,
  of: VersionOf,
  asked: ObjectLock | undefined,
): Promise<void> => {
  if (asked !== undefined && isShortOf(await lockOf(bucket, of), asked))
    await bucket.ask((c) => relock(bucket, of, asked, c))
}

/** A crash between the end of an upload and its lock leaves a version that nobody locked. A lock that has run out is one. */
export const lockIfNever = async (
  bucket: Bucket,
  of: VersionOf,
  asked: ObjectLock | undefined,
): Promise<void> => {
  if (asked !== undefined && (await lockOf(bucket, of)).mode === undefined)
    await bucket.ask((c) => relock(bucket, of, asked, c))
}
