import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { flipBit } from '../../../../test/test-stores.ts'
import { blobStoreContract, destroyContract } from '../blobs/blob-store.ts'
import { receivingPath } from '../blobs/blob-places.ts'
import { blobPath, diskBlobStore } from '../blobs/disk-blob-store.ts'
import { putBlob } from '../blobs/put-blob.ts'
import { copiesOf } from './copy-rows.ts'
import { copyBlobs } from './copy-blobs.ts'
import { onOneDevice, reachStore, type Stores } from './reach-store.ts'
import { firstOnDisk, secondOnDisk } from './store-place.ts'

const NOW = '2026-03-10T02:00:00.000Z'
let house: TestInstallation
let stores: Stores
let first: string
let second: string
let n = 0

beforeAll(async () => {
  house = await createTestInstallation()
})
afterAll(() => house.close())

beforeEach(async () => {
  n += 1
  first = join(house.dataDir, `first-${n}`)
  second = join(house.dataDir, `second-${n}`)
  await mkdir(second)
  await house.pool.query('DELETE FROM app.blob_copy')
  await house.pool.query('DELETE FROM app.blob_store')
  await house.pool.query('DELETE FROM app.blob')
  stores = {
    pool: house.pool,
    first: firstOnDisk(first),
    second: secondOnDisk(second),
    now: () => Promise.resolve(NOW),
  }
})

const put = async (text: string): Promise<string> => {
  const blobs = { pool: house.pool, store: diskBlobStore(first), root: first }
  return (await putBlob(blobs, Buffer.from(text), 'text/plain')).sha256
}

describe.each(['first', 'second'] as const)('the %s store', (name) => {
  test.each([...blobStoreContract, destroyContract])('$name', async ({ run }) => {
    const root = name === 'first' ? first : second
    const { bytes: store } = name === 'first' ? firstOnDisk(root) : secondOnDisk(root)
    const stage = async (bytes: Uint8Array) => {
      const path = receivingPath(root, randomUUID())
      await mkdir(join(root, 'receiving'), { recursive: true })
      await writeFile(path, bytes)
      return path
    }
    await run({ store, stage, damage: (sha256) => flipBit(root, sha256) })
  })
})

describe('an original that cannot be read', () => {
  test('holds up no other, is known as unreadable, and is no copy', async () => {
    const older = await put('older')
    const bad = await put('bad')
    const { bytes } = stores.first
    const open: typeof bytes.open = async (sha256, range) => {
      if (sha256 !== bad) return bytes.open(sha256, range)
      throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' })
    }
    const failing = { ...stores, first: { ...stores.first, bytes: { ...bytes, open } } }
    expect(await copyBlobs(failing)).toMatchObject({ copied: 1, faults: 1 })
    expect([...(await copiesOf(house.pool, [older, bad])).keys()]).toEqual([older])
    expect(await copyBlobs(stores)).toMatchObject({ copied: 1, faults: 0 })
  })
})

describe('copying into the second store', () => {
  test('reads both copies in full before it says that there are two', async () => {
    const digests = [await put('one'), await put('two'), await put('three')]
    expect(await copyBlobs(stores)).toEqual({ copied: 3, bytes: 11, faults: 0 })
    const copies = await copiesOf(house.pool, [...digests, '0'.repeat(64)])
    expect([...copies.keys()].toSorted()).toEqual(digests.toSorted())
    for (const sha256 of digests) {
      expect(copies.get(sha256)).toEqual([
        { store: 'first', verifiedAt: NOW },
        { store: 'second', verifiedAt: NOW },
      ])
      expect(await readFile(blobPath(second, sha256))).toEqual(await readFile(blobPath(first, sha256)))
    }
    expect(await copyBlobs(stores)).toEqual({ copied: 0, bytes: 0, faults: 0 })
    expect(await readdir(join(second, 'receiving'))).toEqual([])
  })
  test('begins with the newest, stops where it is told to, and goes on there', async () => {
    const [old, recent] = [await put('old'), await put('recent')]
    let asked = 0
    const run = await copyBlobs(stores, { until: () => (asked += 1) > 1 })
    expect(run).toEqual({ copied: 1, bytes: 6, faults: 0, stopped: 'time' })
    expect([...(await copiesOf(house.pool, [old, recent])).keys()]).toEqual([recent])
    expect(await copyBlobs(stores)).toMatchObject({ copied: 1 })
  })
  test('writes what a crash left half, and only reads back what it left whole', async () => {
    const [half, whole] = [await put('half of it'), await put('whole of it')]
    await reachStore(house.pool, secondOnDisk(second))
    await mkdir(join(second, 'receiving'))
    await writeFile(receivingPath(second, half), 'half')
    await diskBlobStore(second).take(whole, await diskBlobStore(first).open(whole))
    expect(await copyBlobs(stores)).toMatchObject({ copied: 2, faults: 0 })
    expect(await readFile(blobPath(second, half), 'utf8')).toBe('half of it')
    expect(await readdir(join(second, 'receiving'))).toEqual([])
  })
  test('copies no original that is not what it was, and does not say that there are two', async () => {
    const sha256 = await put('an original')
    await chmod(blobPath(first, sha256), 0o644)
    await writeFile(blobPath(first, sha256), 'an Original')
    expect(await copyBlobs(stores)).toEqual({ copied: 0, bytes: 0, faults: 1 })
    expect((await copiesOf(house.pool, [sha256])).size).toBe(0)
    await expect(readFile(blobPath(second, sha256))).rejects.toThrow('ENOENT')
  })
  test('takes no altered copy for a second one', async () => {
    const sha256 = await put('a copy')
    await reachStore(house.pool, secondOnDisk(second))
    await diskBlobStore(second).take(sha256, await diskBlobStore(first).open(sha256))
    await chmod(blobPath(second, sha256), 0o644)
    await writeFile(blobPath(second, sha256), 'A copy')
    expect(await copyBlobs(stores)).toMatchObject({ copied: 0, faults: 1 })
    expect((await copiesOf(house.pool, [sha256])).get(sha256)).toMatchObject([{ store: 'first' }])
  })
})

describe('a second store', () => {
  test('that is not configured is said so', async () => {
    const { second: _, ...alone } = stores
    expect(await copyBlobs(alone)).toMatchObject({ copied: 0, stopped: 'no-second-store' })
  })
  test('that is not there keeps the first from nothing: it is in use after the first round', async () => {
    const { second: _, ...alone } = stores
    expect(await reachStore(house.pool, stores.first, { begin: false })).toMatchObject({ here: false })
    await copyBlobs(alone)
    expect(await reachStore(house.pool, stores.first, { begin: false })).toEqual({ here: true })
  })
  test('whose folder is empty where its disk should be is away, and nothing is written there', async () => {
    const sha256 = await put('while it was here')
    await copyBlobs(stores)
    const later = await put('while it was away')
    await rename(second, `${second}-unmounted`)
    expect(await copyBlobs(stores)).toMatchObject({ copied: 0, stopped: 'away' })
    await mkdir(second)
    expect(await copyBlobs(stores)).toMatchObject({ copied: 0, stopped: 'away' })
    expect(await readdir(second)).toEqual([])
    await rm(second, { recursive: true })
    await rename(`${second}-unmounted`, second)
    expect(await copyBlobs(stores)).toMatchObject({ copied: 1 })
    expect((await copiesOf(house.pool, [sha256, later])).size).toBe(2)
  })
  test('that is new starts with no copies, whatever was known of the one before it', async () => {
    const sha256 = await put('moved')
    await copyBlobs(stores)
    const other = `${second}-other`
    await mkdir(other)
    const changed = { ...stores, second: secondOnDisk(other) }
    expect(await reachStore(house.pool, changed.second)).toEqual({ here: true })
    expect((await copiesOf(house.pool, [sha256])).get(sha256)).toMatchObject([{ store: 'first' }])
    expect(await copyBlobs(changed)).toMatchObject({ copied: 1 })
  })
  test('is not a folder with other things in it, nor the first store, nor somebody else’s', async () => {
    await writeFile(join(second, 'holiday.jpg'), '')
    expect(await copyBlobs(stores)).toMatchObject({ stopped: 'away' })
    await reachStore(house.pool, firstOnDisk(first))
    expect(await reachStore(house.pool, secondOnDisk(first))).toMatchObject({ here: false })
    await rm(join(second, 'holiday.jpg'))
    const mark = { installation: 'another', store: 'second', id: crypto.randomUUID() }
    await writeFile(join(second, 'liuhen-store.json'), JSON.stringify(mark))
    expect(await copyBlobs(stores)).toMatchObject({ stopped: 'away' })
  })
  test('on the same device is told apart from one on another', async () => {
    await reachStore(house.pool, stores.first)
    expect(await onOneDevice(stores)).toBe(true)
    const place = { ...secondOnDisk(second).place, device: () => Promise.resolve(-1) }
    expect(await onOneDevice({ ...stores, second: { ...secondOnDisk(second), place } })).toBe(false)
    const { second: _, ...alone } = stores
    expect(await onOneDevice(alone)).toBeUndefined()
  })
})
