import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BlobMissingError,
  type BlobStore,
  type Destroyed,
  type DestructionOrder,
  isDigest,
  type ListedBlob,
  mustName,
  tombstoneOf,
} from '../blobs/blob-store.ts'
import type { Bucket, ObjectLock } from './s3-bucket.ts'
import { lockIfNever } from './s3-retention.ts'
import { giveUploadUp, listOpenUploads, PART_BYTES, sendBytes } from './s3-upload.ts'
import { asideKey, type Listed, notesOf, objectOf, standingOf, type Version } from './s3-versions.ts'

const TOP = 'sha256/'

export const blobKey = (sha256: string): string => {
  if (!isDigest(sha256)) throw new TypeError('A blob is named by its SHA-256 in lower-case hex')
  return `${TOP}${sha256}`
}

type S3Store = Readonly<{ bucket: Bucket; now: () => number; partBytes: number }>

/** By the clock of the machine, not of the record: the store compares it with its own. */
export const lockFrom = ({ bucket, now }: Pick<S3Store, 'bucket' | 'now'>): ObjectLock | undefined => {
  const { lock } = bucket.settings.account
  return lock && { mode: lock.mode, until: new Date(now() + lock.days * 86_400_000) }
}

const listedOf = async ({ bucket }: S3Store, key: string): Promise<readonly Listed[]> => {
  const listed: Listed[] = []
  for await (const one of bucket.versions(key)) listed.push(one)
  return listed
}

const recordedOf = async (s: S3Store, sha256: string): Promise<Version | undefined> => {
  const key = blobKey(sha256)
  return standingOf(key, await listedOf(s, key)).recorded
}

const putAside = async (s: S3Store, version: Version, id: string): Promise<void> => {
  const note = Buffer.from(
    `${JSON.stringify({ version: version.id, at: new Date(s.now()).toISOString() })}\n`,
  )
  await s.bucket.put(asideKey(version.key, id, version.id), note, lockFrom(s))
}

const take = async (s: S3Store, sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<void> => {
  const key = blobKey(sha256)
  const there = await recordedOf(s, sha256)
  if (there !== undefined) {
    if (await s.bucket.has(key, there.id))
      return lockIfNever(s.bucket, { key, version: there.id }, lockFrom(s))
    // A listing shows it and nothing gives it out: it would stand before the bytes that are taken now.
    await putAside(s, there, 'gone')
  }
  const lock = lockFrom(s)
  await sendBytes(s.bucket, bytes, {
    key,
    sha256,
    partBytes: s.partBytes,
    ...(lock === undefined ? {} : { lock }),
  })
}

/** The version stays where it is, and locked; from now on it is not the original. */
const setAside = async (s: S3Store, sha256: string, id: string): Promise<void> => {
  const key = blobKey(sha256)
  const listed = await listedOf(s, key)
  if (notesOf(key, listed).some((note) => note.id === id)) return
  const { recorded } = standingOf(key, listed)
  if (recorded !== undefined) await putAside(s, recorded, id)
}

/** Until when the store keeps a version from everybody; a hold without an end counts as for ever. */
const lockedUntil = async ({ bucket, now }: S3Store, { key, id }: Version): Promise<string | undefined> => {
  const { settings } = bucket
  const head = await bucket.ask(({ sdk, client }) =>
    client.send(
      new sdk.HeadObjectCommand({
        Bucket: settings.bucket,
        Key: `${settings.prefix}${key}`,
        VersionId: id,
      }),
    ),
  )
  if (head.ObjectLockLegalHoldStatus === 'ON') return '9999-12-31T00:00:00.000Z'
  const until = head.ObjectLockRetainUntilDate
  return until !== undefined && until.getTime() > now() ? until.toISOString() : undefined
}

const removeVersion = async ({ bucket }: S3Store, { key, id }: Version): Promise<void> => {
  const { settings } = bucket
  await bucket.ask(({ sdk, client }) =>
    client.send(
      new sdk.DeleteObjectCommand({
        Bucket: settings.bucket,
        Key: `${settings.prefix}${key}`,
        VersionId: id,
      }),
    ),
  )
}

/** Every version under the name, those set aside too, or none while one of them is locked. Notes hold no content and stay. */
const destroy = async (s: S3Store, sha256: string, order: DestructionOrder): Promise<Destroyed> => {
  mustName(order, sha256)
  const key = blobKey(sha256)
  const versions = (await listedOf(s, key)).filter((l): l is Version => l.key === key && 'id' in l)
  const locks = await Promise.all(versions.map((v) => lockedUntil(s, v)))
  const until = locks
    .filter((l) => l !== undefined)
    .toSorted()
    .at(-1)
  if (until !== undefined) return { outcome: 'locked', until }
  const tombstone = `destroyed/${sha256}.${order.batchId}.json`
  const isTold = (await listedOf(s, tombstone)).length > 0
  if (versions.length === 0) return { outcome: isTold ? 'destroyed' : 'absent' }
  if (!isTold) await s.bucket.put(tombstone, Buffer.from(tombstoneOf(order)))
  for (const version of versions) await removeVersion(s, version)
  return { outcome: 'destroyed' }
}

const open: (s: S3Store) => BlobStore['open'] = (s) => async (sha256, range) => {
  const recorded = await recordedOf(s, sha256)
  if (recorded === undefined) throw new BlobMissingError(sha256)
  return s.bucket.read(recorded.key, recorded.id, range)
}

const verify = async (s: S3Store, sha256: string) => {
  const hash = createHash('sha256')
  try {
    for await (const part of await open(s)(sha256)) hash.update(part as Uint8Array)
  } catch (e) {
    if (e instanceof BlobMissingError) return 'missing'
    throw e
  }
  return hash.digest('hex') === sha256 ? 'intact' : 'altered'
}

const listedBlob = (key: string, group: readonly Listed[]): ListedBlob[] => {
  const sha256 = key.slice(TOP.length)
  const { recorded, covered } = standingOf(key, group)
  if (recorded === undefined || !isDigest(sha256)) return []
  return [{ sha256, sizeBytes: recorded.sizeBytes, ...(covered ? { covered } : {}) }]
}

/** An object and the notes on it come one after the other: no other name begins like a digest. */
async function* listBlobs({ bucket }: S3Store): AsyncGenerator<ListedBlob> {
  let key = ''
  let group: Listed[] = []
  for await (const one of bucket.versions(TOP)) {
    const own = objectOf(one.key)
    if (own !== key) {
      yield* listedBlob(key, group)
      key = own
      group = []
    }
    group.push(one)
  }
  yield* listedBlob(key, group)
}

const withFile: (s: S3Store) => BlobStore['withFile'] = (s) => async (sha256, use) => {
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-blob-'))
  try {
    const path = join(folder, sha256)
    await writeFile(path, await open(s)(sha256))
    return await use(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function* bytesIn(path: string): AsyncGenerator<Uint8Array> {
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) yield part as Uint8Array
}

/**
 * Bytes in a bucket that keeps every version. A name is put once and deleted by lawful disposal alone; what is written under it later by
 * others is told (`covered`) and not believed. The digest is our own, computed over what was read.
 */
export const s3BlobStore = (
  bucket: Bucket,
  o: Readonly<{ now?: () => number; partBytes?: number }> = {},
): BlobStore => {
  const s: S3Store = { bucket, now: o.now ?? Date.now, partBytes: o.partBytes ?? PART_BYTES }
  return {
    adopt: (stagedPath, sha256) => take(s, sha256, bytesIn(stagedPath)),
    take: (sha256, bytes) => take(s, sha256, bytes),
    tidy: async (sha256) => {
      const key = blobKey(sha256)
      for (const id of await listOpenUploads(bucket, key)) await giveUploadUp(bucket, key, id)
    },
    setAside: (sha256, id) => setAside(s, sha256, id),
    destroy: (sha256, order) => destroy(s, sha256, order),
    open: open(s),
    withFile: withFile(s),
    sizeOf: async (sha256) => (await recordedOf(s, sha256))?.sizeBytes,
    verify: (sha256) => verify(s, sha256),
    list: () => listBlobs(s),
  }
}
