import type { Bucket } from '../s3/s3-bucket.ts'
import { tryLock } from '../s3/s3-lock.ts'
import { standingOf, type Listed } from '../s3/s3-versions.ts'
import type { StorePlace } from './store-place.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

const recordedOf = async (bucket: Bucket, key: string) => {
  const listed: Listed[] = []
  for await (const one of bucket.versions(key)) listed.push(one)
  return standingOf(key, listed).recorded
}

/** A folder of a bucket. Its mark is an object; the oldest version of it counts, as of every other. */
export const bucketPlace = (bucket: Bucket, mark: string): StorePlace => {
  const { where, host } = bucket.settings
  return {
    where,
    readMark: async () => {
      const recorded = await recordedOf(bucket, mark)
      if (recorded === undefined) return undefined
      const parts = await (await bucket.read(mark, recorded.id)).toArray()
      return Buffer.concat(parts).toString('utf8')
    },
    writeMark: async (text) => {
      await bucket.put(mark, Buffer.from(text))
    },
    hasNote: async (name) => (await recordedOf(bucket, name)) !== undefined,
    writeNote: async (name, text) => {
      await bucket.put(name, Buffer.from(text))
    },
    isEmpty: async () => {
      for await (const _ of bucket.versions('')) return false
      return true
    },
    // Whether a service on this machine keeps its bytes elsewhere nobody can tell.
    device: () => Promise.resolve(LOOPBACK.has(host) ? undefined : host),
    tryLock: () => tryLock(bucket),
    unfit: async () =>
      (await bucket.isVersioned())
        ? undefined
        : '桶没有开启版本控制，写入的文件可能被覆盖。请开启版本控制；要防删除锁的，请在建桶时启用对象锁。',
  }
}
