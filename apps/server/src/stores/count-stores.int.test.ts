import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { copyBlobs } from './copy-blobs.ts'
import { countStores } from './count-stores.ts'
import type { Stores } from './reach-store.ts'
import { firstOnDisk, type KeptStore, secondOnDisk } from './store-place.ts'

let house: TestInstallation
let second: string
beforeAll(async () => {
  house = await createTestInstallation()
  second = join(house.dataDir, 'second')
  await mkdir(second)
})
afterAll(() => house.close())

const onDevice = (store: KeptStore, device: number): KeptStore => ({
  ...store,
  place: { ...store.place, device: () => Promise.resolve(device) },
})
const stores = (second?: KeptStore): Stores => ({
  pool: house.pool,
  first: onDevice(firstOnDisk(join(house.dataDir, 'first')), 1),
  ...(second && { second }),
  now: () => Promise.resolve('2026-03-10T02:00:00.000Z'),
})

test('two stores count as two when both are here, on different devices; everything else is one', async () => {
  const apart = stores(onDevice(secondOnDisk(second), 2))
  expect(await countStores(stores())).toBe(1)
  expect(await countStores(apart)).toBe(1)
  await copyBlobs(apart)
  expect(await countStores(apart)).toBe(2)
  expect(await countStores(stores(onDevice(secondOnDisk(second), 1)))).toBe(1)
  await rm(second, { recursive: true })
  expect(await countStores(apart)).toBe(1)
})
