import { mkdtemp, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { storeHealth } from '@liuhen/api/routes/stores'
import { createStoresInstallation, flipBit, type StoresInstallation } from '../../../../test/test-stores.ts'
import { readConfig } from '../config/config.ts'
import { copyBlobs } from './copy-blobs.ts'
import { takeInventory } from './inventory.ts'
import { unpaced } from './read-copy.ts'
import { rehearseRestore } from './rehearse.ts'
import { scrubStores } from './scrub.ts'
import { readStoreHealth } from './store-health.ts'

let x: StoresInstallation

beforeAll(async () => {
  x = await createStoresInstallation('2026-04-21T02:00:00.000Z')
})
afterAll(() => x.close())

const asked = () => ({ store: x.house.store, accountGivenTo: () => Promise.resolve([]) })

/** What the page shows, on two devices whatever this machine has. */
const health = async (actor: Actor = x.actor) => {
  const place = { ...x.deps.second.place, device: () => Promise.resolve(-1) }
  const stores = { ...x.deps, second: { ...x.deps.second, place } }
  const config = readConfig({ LIUHEN_SECOND_STORE: x.second })
  return storeHealth.response.parse(
    await readStoreHealth({ ...asked(), stores, config, documentName: (type) => `《${type}》` }, actor),
  )
}
const red = async () => (await health()).checks.filter((c) => !c.ok).map((c) => c.id)
const scrub = () => scrubStores(x.deps, { days: 1, pace: unpaced })
const rehearse = async () =>
  rehearseRestore(x.deps, { seed: 's', scratch: await mkdtemp(join(tmpdir(), 'liuhen-scratch-')) })

test('looking at a store that was never begun does not begin it', async () => {
  expect((await health()).stores[1]).toMatchObject({ state: 'away' })
  expect(await readdir(x.second)).toEqual([])
})

test('the page is red until everything was copied, read, counted and restored', async () => {
  await copyBlobs(x.deps)
  expect(await red()).toEqual(['scrub', 'inventory', 'rehearsal'])
  await scrub()
  await takeInventory(x.deps)
  expect(await red()).toEqual(['rehearsal'])
  await rehearse()
  expect(await health()).toMatchObject({ sound: true, waiting: { files: 0 }, damages: [] })
})

test('it is red again when the rehearsal is old, when a store is away, and while a copy is bad', async () => {
  const at = x.clock.at
  x.clock.at = new Date(Date.parse(at) + 91 * 86_400_000).toISOString()
  expect(await red()).toEqual(['bytes', 'scrub', 'inventory', 'rehearsal'])
  x.clock.at = at
  await rename(x.second, `${x.second}-away`)
  expect(await red()).toContain('second')
  await rename(`${x.second}-away`, x.second)
  expect(await red()).toEqual([])
  const { rows } = await x.house.pool.query<{ sha256: string }>(`SELECT sha256 FROM app.blob LIMIT 1`)
  const digest = rows[0]?.sha256 ?? ''
  await flipBit(x.first, digest)
  await flipBit(x.second, digest)
  await scrub()
  expect(await red()).toEqual(['bytes', 'scrub'])
  expect((await health()).damages).toMatchObject([{ sha256: digest }, { sha256: digest }])
})

test('another agency sees the stores, and none of this agency’s cases', async () => {
  const other = await health({ ...x.actor, agencyId: '420112999' })
  expect(other.stores).toHaveLength(2)
  expect(other.damages).toEqual([])
})
