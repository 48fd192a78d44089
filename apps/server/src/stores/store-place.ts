import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { LockReading } from '@liuhen/domain/stores/lock'
import type { BlobStore } from '../blobs/blob-store.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { isMissing } from '../blobs/durable.ts'
import { writeDurably } from '../ledger/log-folder.ts'
import { openBucket } from '../s3/s3-bucket.ts'
import { s3BlobStore } from '../s3/s3-blob-store.ts'
import { isS3Address, readS3Address, type S3Account, type S3Settings } from '../s3/s3-settings.ts'
import { bucketPlace } from './bucket-place.ts'

/** Which of the two stores: the first takes what comes in, the second has a copy of everything. */
export type StoreName = 'first' | 'second'

/**
 * Where a store is, apart from its blobs. Its mark lies in the store itself, so that a mount point without its disk is
 * not taken for an empty store. A remote store keeps the mark as an object and has no device.
 */
export type StorePlace = Readonly<{
  where: string
  /** Throws when the place cannot be read; absent when it can be and has no mark. */
  readMark: () => Promise<string | undefined>
  writeMark: (text: string) => Promise<void>
  /** A further note beside the mark. */
  hasNote: (name: string) => Promise<boolean>
  writeNote: (name: string, text: string) => Promise<void>
  isEmpty: () => Promise<boolean>
  /** Two stores on one device, or behind one host, are lost together; absent when it cannot be told. */
  device: () => Promise<number | string | undefined>
  /** Why the place must not be used although it can be reached. */
  unfit?: () => Promise<string | undefined>
  /** Tries whether what is put can be removed. Absent: a folder, which has no lock to try. */
  tryLock?: () => Promise<LockReading>
}>

export type KeptStore = Readonly<{ name: StoreName; bytes: BlobStore; place: StorePlace }>

export const MARK = 'liuhen-store.json'
/** Beside the mark of a store that was let go. */
export const RETIRED = 'liuhen-store-retired.json'

const diskPlace = (root: string): StorePlace => ({
  where: root,
  readMark: async () => {
    await readdir(root)
    return readFile(join(root, MARK), 'utf8').catch((e: unknown) =>
      isMissing(e) ? undefined : Promise.reject(e),
    )
  },
  writeMark: (text) => writeDurably(join(root, MARK), text, 0o444),
  hasNote: (name) =>
    stat(join(root, name)).then(
      () => true,
      (e: unknown) => (isMissing(e) ? false : Promise.reject(e)),
    ),
  writeNote: async (name, text) => {
    // Where the disk is not mounted there is nothing to note it in.
    await stat(join(root, MARK))
    await writeDurably(join(root, name), text, 0o444)
  },
  isEmpty: async () => (await readdir(root)).every((name) => name === 'lost+found'),
  device: async () => (await stat(root)).dev,
})

const inBucket = (name: StoreName, settings: S3Settings): KeptStore => {
  const bucket = openBucket(settings)
  return { name, bytes: s3BlobStore(bucket), place: bucketPlace(bucket, MARK) }
}

/** The store on the data directory's disk; its folder is made when it is first used. */
export const firstOnDisk = (root: string): KeptStore => {
  const place = diskPlace(root)
  const readMark = () => mkdir(root, { recursive: true }).then(place.readMark)
  return { name: 'first', bytes: diskBlobStore(root), place: { ...place, readMark } }
}

/** Where originals come in: the data directory's disk unless a bucket is named. Uploads wait on the disk in both cases. */
export const firstStoreOf = ({
  folders,
  storage,
}: Readonly<{
  folders: Readonly<{ blobs: string }>
  storage: Readonly<{ firstStore?: string; s3: S3Account }>
}>): KeptStore =>
  storage.firstStore === undefined
    ? firstOnDisk(folders.blobs)
    : inBucket('first', readS3Address(storage.firstStore, storage.s3))

/** A folder of its own in the data directory's place, or a bucket: a second store, or one that is being moved to. */
export const storeAt = (name: StoreName, place: string, account: S3Account): KeptStore =>
  isS3Address(place)
    ? inBucket(name, readS3Address(place, account))
    : { name, bytes: diskBlobStore(place), place: diskPlace(place) }

/** Its folder is never made here: where it is missing, a disk is missing. */
export const secondOnDisk = (root: string): KeptStore => ({
  name: 'second',
  bytes: diskBlobStore(root),
  place: diskPlace(root),
})
