import { randomBytes, randomUUID } from 'node:crypto'
import { appendFile, rename, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { getDocking, listDockings, resolveAside } from '@liuhen/api/routes/dockings'
import { getRecording } from '@liuhen/api/routes/recordings'
import { registerTestPerson } from '../../../../test/test-agency.ts'
import {
  after,
  type DockHouse,
  openCard,
  openDockHouse,
  stationOf,
  type TestCard,
} from '../../../../test/test-dock.ts'
import { command, done } from '../../../../test/test-filing.ts'
import { noteFact } from '../../../server/src/case/change-case.ts'
import { getCase } from '../../../server/src/case/get-case.ts'
import { rebuild } from '../../../server/src/event-store/rebuild.ts'
import { openRegister } from '../../../server/src/register/open-register.ts'
import type { Session } from '../api-session.ts'
import { dockCard, type Station } from './dock-card.ts'
import { watchCards } from './dock.ts'
import { atMost, type Limit } from './limit.ts'
import { loadProfiles } from './profile.ts'
import { readCard } from './read-card.ts'

const OFFICER = '42011200001'
const NOW = '2026-03-10T18:00:00+08:00'
let house: DockHouse
let card: string
let put: TestCard['put']
let custodian: Session
let officerId: string

beforeAll(async () => {
  house = await openDockHouse(NOW)
  officerId = (await house.give('王建国', 'officer', OFFICER)).actor.personId ?? ''
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

describe('a card at the dock', () => {
  test('is taken in whole: films become recordings, everything else is set aside with its reason and kept', async () => {
    await put(film('BWC-01', 1), randomBytes(5_000_000))
    await put(`DCIM/99999_BWC-01_20260310093002.mp4`, randomBytes(2000))
    await put(film('BWC-01', 3).replace('.mp4', '.gps'), randomBytes(50))
    await put('DCIM/会议.mp4', randomBytes(3000))
    await put(film('BWC-01', 5), Buffer.alloc(0))
    await put(film('BWC-09', 6), randomBytes(100))
    await put(
      'DCIM/42011200001_BWC-01_20270310093007.mp4',
      randomBytes(70),
      new Date('2027-03-10T10:00:00+08:00'),
    )
    const done = await dockCard(await station(), card, { display: '20260310180130' })
    expect(done).toMatchObject({
      status: 'completed',
      deviceId: 'BWC-01',
      files: 7,
      recordings: 1,
      failed: [],
    })
    expect(done.clock).toMatchObject({ offsetMs: 91_500, by: 'display' })
    expect(Object.fromEntries(done.aside.map((a) => [a.path.replace('DCIM/', ''), a.reason]))).toEqual({
      '99999_BWC-01_20260310093002.mp4': 'no-officer',
      '42011200001_BWC-01_20260310093003.gps': 'sidecar',
      '会议.mp4': 'unknown-name',
      '42011200001_BWC-01_20260310093005.mp4': 'empty',
      '42011200001_BWC-09_20260310093006.mp4': 'other-device',
      '42011200001_BWC-01_20270310093007.mp4': 'bad-time',
    })
    const view = await viewOf(done.dockingId)
    expect(view.files.every((f) => f.kept)).toBe(true)
    const id = view.files.find((f) => f.recordingId !== undefined)?.recordingId ?? ''
    const recording = await custodian.call(getRecording, { params: { id } })
    expect(recording).toMatchObject({
      status: 'stored',
      manifest: {
        officer: { personId: officerId, name: '王建国' },
        madeFrom: '2026-03-10T09:30:01+08:00',
        device: { id: 'BWC-01', clockOffsetMs: 91_500, clockUncertaintyMs: 1500 },
        docking: { id: done.dockingId, path: film('BWC-01', 1) },
      },
      stored: { checksum: 'per-chunk' },
    })
  })

  test('that was pulled out goes on where it was, with the same docking and no byte sent twice that had arrived', async () => {
    await put(film('BWC-02', 1), randomBytes(9_000_000))
    await put(film('BWC-02', 2), randomBytes(1000))
    let chunks = 0
    const pulled: Limit = () => {
      chunks += 1
      return chunks === 2 ? Promise.reject(new Error('the cable')) : Promise.resolve()
    }
    const first = await dockCard(await station({ limit: pulled, lane: atMost(1) }), card, {})
    expect(first).toMatchObject({ status: 'open', failed: [expect.stringContaining('BWC-02')] })
    let sent = 0
    const counted: Limit = (bytes) => {
      sent += bytes
      return Promise.resolve()
    }
    const again = await dockCard(await station({ limit: counted }), card, {})
    expect(again).toMatchObject({ dockingId: first.dockingId, status: 'completed', failed: [] })
    expect(sent).toBeLessThan(9_000_000)
    const { items } = await custodian.call(listDockings, { query: { deviceId: 'BWC-02' } })
    expect(items).toMatchObject([{ files: 2, keptFiles: 2, keptBytes: 9_001_000, unresolved: 0 }])
  })

  test('that comes again with more brings the old bytes to the recordings that they are', async () => {
    const old = randomBytes(2000)
    await put(film('BWC-03', 1), old)
    const first = await dockCard(await station(), card, {})
    await put(film('BWC-03', 2), randomBytes(2000))
    const second = await dockCard(await station(), card, {})
    expect(second.dockingId).not.toBe(first.dockingId)
    const [a, b] = [await viewOf(first.dockingId), await viewOf(second.dockingId)]
    expect(b.files[0]?.recordingId).toBe(a.files[0]?.recordingId)
    expect(new Set(b.files.map((f) => f.recordingId)).size).toBe(2)
  })

  test('of which one file changes while it is read is told so, and the others are taken in', async () => {
    await put(film('BWC-04', 1), randomBytes(2000))
    await put(film('BWC-04', 2), randomBytes(2000))
    const growing = await station({
      session: after(custodian, 'beginDocking', () => appendFile(join(card, film('BWC-04', 1)), 'more')),
    })
    const done = await dockCard(growing, card, {})
    expect(done).toMatchObject({ status: 'open', failed: [expect.stringContaining('在读取时变了')] })
    expect((await viewOf(done.dockingId)).files.map((f) => [f.as, f.kept])).toEqual([
      ['listed', false],
      ['recording', true],
    ])
  })

  test('is listed by paths inside it, wherever the station stands', async () => {
    await put('DCIM/a.mp4', randomBytes(10))
    await put('b.mp4', randomBytes(10))
    const { files } = await readCard(relative(process.cwd(), card))
    expect(files.map((f) => f.path)).toEqual(['DCIM/a.mp4', 'b.mp4'])
  })

  test('whose clock is read later has it in the record from then on', async () => {
    await put(film('BWC-21', 1), randomBytes(10))
    const first = await dockCard(await station(), card, {})
    expect(first.clock).toBeUndefined()
    await put(film('BWC-21', 2), randomBytes(10))
    const second = await dockCard(
      await station({
        session: after(custodian, 'beginDocking', () => Promise.reject(new Error('the cable'))),
      }),
      card,
      {},
    ).catch(() => undefined)
    expect(second).toBeUndefined()
    const third = await dockCard(await station(), card, { display: '20260310180130' })
    expect(third.dockingId).not.toBe(first.dockingId)
    expect(third.clock).toMatchObject({ by: 'display', offsetMs: 91_500 })
  })

  test('whose officer took no device out and whose name tells none is set aside, not lost', async () => {
    const camera = (await loadProfiles()).get('camera')
    if (camera === undefined) throw new Error('the profile is shipped')
    await put('DCIM/100MEDIA/IMG_0001.JPG', randomBytes(500))
    const done = await dockCard(await station({ profile: camera }), card, { deviceId: 'CAM-1' })
    expect(done).toMatchObject({ status: 'completed', aside: [{ reason: 'no-officer' }] })
  })

  test('whose officer took the device out by its register is that officer’s', async () => {
    const camera = (await loadProfiles()).get('camera')
    if (camera === undefined) throw new Error('the profile is shipped')
    const keeper = await registerTestPerson(house.x.deps.store, house.agencyId, {
      name: '冯涛',
      roles: ['av-custodian'],
    })
    const { id = '' } = done(
      await openRegister(
        house.x.deps,
        { commandId: randomUUID(), actor: keeper },
        { procedure: 'device', title: '设备' },
      ),
    )
    const note = (name: string, at: string, data: Record<string, string>, about?: string) =>
      noteFact(house.x.deps, command(keeper, id), { name, at, data, ...(about !== undefined && { about }) })
    const device = { number: 'CAM-2', kind: 'portable', deviceType: '照相机', unit: '执法队', keeper: '冯涛' }
    done(await note('device-registered', '2026-03-09T09:00:00+08:00', device))
    const file = await getCase(house.x.deps, keeper, id)
    const ref = 'noted' in file ? file.noted.find((n) => n.name === 'device-registered')?.ref : undefined
    done(await note('device-issued', '2026-03-10T08:00:00+08:00', { unit: '执法队', takenBy: '王建国' }, ref))
    await put('DCIM/100MEDIA/IMG_0002.JPG', randomBytes(500))
    await put('DCIM/100MEDIA/IMG_0001.JPG', randomBytes(400), new Date('2026-03-10T07:00:00+08:00'))
    const docked = await dockCard(await station({ profile: camera }), card, { deviceId: 'CAM-2' })
    expect(docked).toMatchObject({ recordings: 1, aside: [{ path: 'DCIM/100MEDIA/IMG_0001.JPG' }] })
    const view = await viewOf(docked.dockingId)
    expect(view.device).toEqual({ known: true, takenBy: '王建国' })
    const recordingId = view.files.find((f) => f.recordingId !== undefined)?.recordingId ?? ''
    const recording = await custodian.call(getRecording, { params: { id: recordingId } })
    expect(recording.manifest.officer.personId).toBe(officerId)
  })

  test('an officer docks what is his own; what others made waits for the custodian', async () => {
    const own = await house.give('李卫东', 'officer', '42011200002')
    await put(film('BWC-05', 1), randomBytes(600))
    await put('DCIM/42011200002_BWC-05_20260310093002.mp4', randomBytes(600))
    const done = await dockCard(await station({ session: own.session }), card, {})
    expect(done).toMatchObject({ status: 'completed', recordings: 1, aside: [{ reason: 'not-permitted' }] })
    const as = {
      officerId,
      mime: 'video/mp4',
      medium: 'video' as const,
      madeFrom: '2026-03-10T09:30:00+08:00',
      madeTo: '2026-03-10T09:31:00+08:00',
    }
    const body = { path: film('BWC-05', 1), as }
    await custodian.call(resolveAside, { params: { id: done.dockingId }, body })
    const file = (await viewOf(done.dockingId)).files.find((f) => f.path === body.path)
    const recording = await custodian.call(getRecording, { params: { id: file?.recordingId ?? '' } })
    expect(recording).toMatchObject({ status: 'stored', manifest: { officer: { name: '王建国' } } })
    await expect(custodian.call(resolveAside, { params: { id: done.dockingId }, body })).rejects.toThrow(
      '已经认领',
    )
  })
})

test('a station that waits docks each card that appears, reads its clock, and takes in many at once', async () => {
  const stop = new AbortController()
  const done: string[] = []
  let tick = Date.parse('2026-03-10T18:00:00+08:00')
  const s = await station({ now: () => new Date((tick += 100)) })
  const all = Array.from({ length: 25 }, (_, i) => `BWC-1${i}`)
  const clocks: unknown[] = []
  const watching = watchCards(s, card, {
    pollMs: 5,
    signal: stop.signal,
    done: (c) => {
      done.push(c.deviceId)
      clocks.push(c.clock)
      if (done.length === all.length) stop.abort()
    },
  })
  for (const device of all) {
    const at = new Date('2026-03-10T18:00:00+08:00')
    await put(`../next/${film(device, 1)}`, randomBytes(300))
    await put('../next/TIME.TXT', Buffer.from('20260310180000'), at)
    // A card appears with all that is on it.
    await rename(join(card, '../next'), join(card, `mounted-${device}`))
  }
  await watching
  expect(done.toSorted()).toEqual(all.toSorted())
  expect(clocks.filter((c) => c !== undefined).length).toBeGreaterThan(0)
})

test('what screens list of dockings is what their streams say', async () => {
  const owner = await house.x.test.connectAs('owner')
  const before = (await owner.query('SELECT * FROM app.docking_row ORDER BY docking_id')).rows
  await rebuild(owner, house.projections)
  expect((await owner.query('SELECT * FROM app.docking_row ORDER BY docking_id')).rows).toEqual(before)
  await rm(card, { recursive: true })
})
