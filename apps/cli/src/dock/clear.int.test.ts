import { randomBytes } from 'node:crypto'
import { appendFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clearDevice, getDocking, listDockings, sortDockedFiles } from '@liuhen/api/routes/dockings'
import {
  after,
  type DockHouse,
  openCard,
  openDockHouse,
  stationOf,
  type TestCard,
} from '../../../../test/test-dock.ts'
import { copyBlobs } from '../../../server/src/stores/copy-blobs.ts'
import type { Session } from '../api-session.ts'
import { dockCard, type DockedCard, type Station } from './dock-card.ts'
import { watchCards } from './dock.ts'

const OFFICER = '42011200001'
const NOW = '2026-03-10T18:00:00+08:00'
let house: DockHouse
let card: string
let put: TestCard['put']
let custodian: Session

beforeAll(async () => {
  house = await openDockHouse(NOW)
  await house.give('王建国', 'officer', OFFICER)
  custodian = (await house.give('钱保管', 'av-custodian')).session
})
afterAll(() => house.close())

beforeEach(async () => {
  ;({ folder: card, put } = await openCard())
  house.counted.stores = 2
})

const film = (device: string, n: number) => `DCIM/${OFFICER}_${device}_2026031009300${n}.mp4`
const station = (more: Partial<Station> = {}) => stationOf(custodian, NOW, more)
const viewOf = (id: string) => custodian.call(getDocking, { params: { id } })

describe('a device', () => {
  const filled = async (device: string) => {
    await put(film(device, 1), randomBytes(4000))
    await put('说明.txt', randomBytes(30))
  }

  test('is emptied only by a receipt, when every byte was read back in two stores', async () => {
    await filled('BWC-06')
    const clearing = await station({ clear: true })
    const early = await dockCard(clearing, card, {})
    expect(early).toMatchObject({ status: 'completed', notCleared: expect.stringContaining('两处存储') })
    expect(await readdir(card)).toHaveLength(2)
    await copyBlobs(house.stores)
    const done = await dockCard(clearing, card, {})
    expect(done).toMatchObject({ status: 'cleared', cleared: { deleted: 2, kept: [] } })
    const { receipt = [] } = await viewOf(done.dockingId)
    expect(receipt.map((l) => l.copies.map((c) => c.store))).toEqual([
      ['first', 'second'],
      ['first', 'second'],
    ])
    expect((await readdir(card, { recursive: true, withFileTypes: true })).filter((e) => e.isFile())).toEqual(
      [],
    )
  })

  test('keeps what was changed after it was listed, and what came later', async () => {
    await filled('BWC-07')
    const s = await station()
    const docked = await dockCard(s, card, {})
    await copyBlobs(house.stores)
    const session = after(custodian, 'clearDevice', () => appendFile(join(card, '说明.txt'), 'x'))
    const slow: Station = { ...s, clear: true, session }
    const done = await dockCard(slow, card, {})
    expect(done).toMatchObject({ dockingId: docked.dockingId, cleared: { deleted: 1, kept: ['说明.txt'] } })
  })

  test('that the custodian released in the browser is emptied by the officer’s station', async () => {
    const own = await house.give('赵同志', 'officer', '42011200005')
    await put('DCIM/42011200005_BWC-22_20260310093001.mp4', randomBytes(500))
    const s = await station({ session: own.session, clear: true })
    const docked = await dockCard(s, card, {})
    expect(docked.notCleared).toContain('音像管理员')
    await copyBlobs(house.stores)
    await custodian.call(clearDevice, { params: { id: docked.dockingId }, body: {} })
    const done = await dockCard(s, card, {})
    expect(done).toMatchObject({ dockingId: docked.dockingId, cleared: { deleted: 1, kept: [] } })
  })

  test('of a station that waits is emptied as soon as the second store has everything', async () => {
    await put(`mounted/${film('BWC-23', 1)}`, randomBytes(500))
    const stop = new AbortController()
    const told: DockedCard[] = []
    await watchCards(await station({ clear: true }), card, {
      pollMs: 5,
      retryMs: 5,
      signal: stop.signal,
      done: (c) => {
        told.push(c)
        if (c.notCleared !== undefined) void copyBlobs(house.stores)
        if (c.cleared !== undefined) stop.abort()
      },
    })
    expect(told.map((c) => [c.notCleared !== undefined, c.cleared?.deleted])).toEqual([
      [true, undefined],
      [false, 1],
    ])
  })

  test('is never emptied where there is one store', async () => {
    house.counted.stores = 1
    await filled('BWC-08')
    await dockCard(await station(), card, {})
    await copyBlobs(house.stores)
    const done = await dockCard(await station({ clear: true }), card, {})
    expect(done.notCleared).toContain('只有一处存储')
    expect(await readdir(card)).toHaveLength(2)
  })
})

describe('a film that nobody stored', () => {
  /** Somebody who may work on the docking says of the unread film that it is another that is here. */
  const lie = async (device: string, sizeBytes: number) => {
    await put(`${film(device, 9)}`, randomBytes(2000))
    const known = await dockCard(await station(), card, {})
    const sha256 = (await viewOf(known.dockingId)).files[0]?.sha256 ?? ''
    await rm(join(card, film(device, 9)))
    await put(film(device, 1), randomBytes(sizeBytes))
    const found = { mime: 'video/mp4', medium: 'video' as const, madeFrom: NOW, madeTo: NOW }
    const files = [{ path: film(device, 1), sha256, found }]
    const lying = after(custodian, 'beginDocking', async () => {
      const { items } = await custodian.call(listDockings, { query: { deviceId: device, status: 'open' } })
      await custodian.call(sortDockedFiles, { params: { id: items[0]?.id ?? '' }, body: { files } })
    })
    return dockCard(await station({ session: lying }), card, {})
  }

  test('is not deleted from the device, though the record was told that it is another', async () => {
    await lie('BWC-31', 2000)
    await copyBlobs(house.stores)
    const done = await dockCard(await station({ clear: true }), card, {})
    expect(done).toMatchObject({ status: 'cleared', cleared: { deleted: 0, kept: [film('BWC-31', 1)] } })
  })

  test('cannot be said to be one of another length', async () => {
    await expect(lie('BWC-32', 7000)).rejects.toThrow('大小不符')
  })

  test('is registered by nobody but whoever put the card in, and a custodian', async () => {
    const other = await house.give('吴旁观', 'officer', '42011200009')
    await put(film('BWC-33', 1), randomBytes(2000))
    const { dockingId: id } = await dockCard(await station(), card, {})
    await expect(other.session.call(getDocking, { params: { id } })).rejects.toThrow('没有找到')
    expect((await other.session.call(listDockings, {})).items).toEqual([])
    const found = { aside: 'unknown-name' as const, note: '' }
    const body = { files: [{ path: film('BWC-33', 1), sha256: '0'.repeat(64), found }] }
    await expect(other.session.call(sortDockedFiles, { params: { id }, body })).rejects.toThrow('由别人开始')
  })
})
