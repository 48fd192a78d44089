import { randomBytes, randomUUID } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { getDocking, listDockings, resolveAside } from '@liuhen/api/routes/dockings'
import { getRecording } from '@liuhen/api/routes/recordings'
import { signIn } from '@liuhen/api/routes/session'
import { createCaseInstallation, foundTestAgency, registerTestPerson } from '../../../../test/test-agency.ts'
import { ownAgency } from '../../../server/src/agency/agency-reads.ts'
import { sessionBindings } from '../../../server/src/auth/bindings.ts'
import { hashPassword } from '../../../server/src/auth/password.ts'
import { startDigester } from '../../../server/src/blobs/digest-file.ts'
import { diskBlobStore } from '../../../server/src/blobs/disk-blob-store.ts'
import { withAsideUploads } from '../../../server/src/docking/aside-uploads.ts'
import { dockingBindings } from '../../../server/src/docking/bindings.ts'
import { dockingProjection } from '../../../server/src/docking/project-docking.ts'
import { rebuild } from '../../../server/src/event-store/rebuild.ts'
import { buildApp } from '../../../server/src/http/build-app.ts'
import { recordingBindings, uploadDeps, uploadPlugin } from '../../../server/src/recording/bindings.ts'
import { recordingProjection } from '../../../server/src/recording/recording-projection.ts'
import { copyBlobs } from '../../../server/src/stores/copy-blobs.ts'
import { copiesOf } from '../../../server/src/stores/copy-rows.ts'
import type { Stores } from '../../../server/src/stores/reach-store.ts'
import { firstOnDisk, secondOnDisk } from '../../../server/src/stores/store-place.ts'
import { openSession, type Session } from '../api-session.ts'
import { dockCard, type Station } from './dock-card.ts'
import { watchCards } from './dock.ts'
import { atMost, limitTo, type Limit } from './limit.ts'
import { loadProfiles } from './profile.ts'

const AGENCY = '114201120001'
const PASSWORD = 'Lang-genug-2026'
const OFFICER = '42011200001'
const NOW = '2026-03-10T18:00:00+08:00'
let x: Awaited<ReturnType<typeof createCaseInstallation>>
let app: FastifyInstance
let close: () => Promise<void>
let baseUrl: string
let stores: Stores
let storeCount = 2
let card: string
let custodian: Session
let officerId: string

const account = async (name: string, role: 'officer' | 'av-custodian', certNo?: string) => {
  const actor = await registerTestPerson(x.deps.store, AGENCY, {
    name,
    roles: [role],
    ...(certNo !== undefined && { certNo }),
  })
  const login = `u${randomUUID().slice(0, 8)}`
  const owner = await x.test.connectAs('owner')
  await owner.query(
    `INSERT INTO app.account (user_id, agency_id, person_id, login, name, password_hash, roles, must_change)
     VALUES ($1, $2, $3, $4, $5, $6, $7, false)`,
    [actor.userId, AGENCY, actor.personId, login, name, await hashPassword(PASSWORD), [role]],
  )
  return { actor, login }
}
const sessionOf = async (login: string): Promise<Session> => {
  const session = openSession(baseUrl)
  await session.call(signIn, { body: { login, password: PASSWORD } })
  return session
}

beforeAll(async () => {
  x = await createCaseInstallation(NOW)
  await foundTestAgency(x.deps.store, AGENCY)
  const root = join(x.test.dataDir, 'blobs')
  const second = join(x.test.dataDir, 'second')
  await mkdir(second)
  const projections = [...x.deps.store.projections, recordingProjection, dockingProjection]
  const store = { ...x.deps.store, projections }
  stores = {
    pool: x.test.pool,
    first: firstOnDisk(root),
    second: secondOnDisk(second),
    now: () => store.clock.now(),
  }
  const deps = {
    ...x.deps,
    store,
    blobs: { pool: x.test.pool, store: diskBlobStore(root), root },
    digester: startDigester(1),
    copiesOf,
    countStores: () => Promise.resolve(storeCount),
  }
  app = await buildApp({
    store,
    dataDir: x.test.dataDir,
    logFolder: join(x.test.dataDir, 'log'),
    bindings: [
      ...sessionBindings({ store, describeAgency: (id) => ownAgency(deps, id) }),
      ...recordingBindings(deps),
      ...dockingBindings(deps),
    ],
    plugins: [uploadPlugin(uploadDeps(deps, { target: (r) => withAsideUploads(store, r) }))],
  })
  close = async () => {
    await app.close()
    await deps.digester.close()
    await x.test.close()
  }
  baseUrl = await app.listen({ port: 0, host: '127.0.0.1' })
  officerId = (await account('王建国', 'officer', OFFICER)).actor.personId ?? ''
  custodian = await sessionOf((await account('钱保管', 'av-custodian')).login)
})
afterAll(() => close())

beforeEach(async () => {
  card = join(await mkdtemp(join(tmpdir(), 'liuhen-card-')), 'card')
  await mkdir(card)
  storeCount = 2
})

const CHANGED = new Date('2026-03-10T09:45:00+08:00')
const put = async (path: string, bytes: Buffer, changed = CHANGED): Promise<void> => {
  await mkdir(dirname(join(card, path)), { recursive: true })
  await writeFile(join(card, path), bytes)
  await utimes(join(card, path), changed, changed)
}
const film = (device: string, n: number) => `DCIM/${OFFICER}_${device}_2026031009300${n}.mp4`

const station = async (more: Partial<Station> = {}): Promise<Station> => {
  const profile = (await loadProfiles()).get('officer-serial-time')
  if (profile === undefined) throw new Error('the profile is shipped')
  return {
    name: '一楼采集站',
    session: custodian,
    profile,
    limit: limitTo(undefined),
    lane: atMost(2),
    clear: false,
    now: () => new Date(NOW),
    tell: () => undefined,
    progress: () => undefined,
    ...more,
  }
}
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

  test('whose file changes while it is read is told so', async () => {
    await put(film('BWC-04', 1), randomBytes(2000))
    const growing = await station({
      tell: () => undefined,
      progress: () => undefined,
      session: {
        ...custodian,
        call: async (route, input) => {
          const answer = await custodian.call(route, input)
          if (route.id === 'beginDocking') await appendFile(join(card, film('BWC-04', 1)), 'more')
          return answer
        },
      },
    })
    await expect(dockCard(growing, card, {})).rejects.toThrow('在读取时变了')
  })

  test('whose officer took no device out and whose name tells none is set aside, not lost', async () => {
    const camera = (await loadProfiles()).get('camera')
    if (camera === undefined) throw new Error('the profile is shipped')
    await put('DCIM/100MEDIA/IMG_0001.JPG', randomBytes(500))
    const done = await dockCard(await station({ profile: camera }), card, { deviceId: 'CAM-1' })
    expect(done).toMatchObject({ status: 'completed', aside: [{ reason: 'no-officer' }] })
  })

  test('an officer docks what is his own; what others made waits for the custodian', async () => {
    const own = await account('李卫东', 'officer', '42011200002')
    await put(film('BWC-05', 1), randomBytes(600))
    await put('DCIM/42011200002_BWC-05_20260310093002.mp4', randomBytes(600))
    const done = await dockCard(await station({ session: await sessionOf(own.login) }), card, {})
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
    await copyBlobs(stores)
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
    await copyBlobs(stores)
    const slow: Station = {
      ...s,
      clear: true,
      session: {
        ...custodian,
        call: async (route, input) => {
          const answer = await custodian.call(route, input)
          if (route.id === 'clearDevice') await appendFile(join(card, '说明.txt'), 'x')
          return answer
        },
      },
    }
    const done = await dockCard(slow, card, {})
    expect(done).toMatchObject({ dockingId: docked.dockingId, cleared: { deleted: 1, kept: ['说明.txt'] } })
  })

  test('is never emptied where there is one store', async () => {
    storeCount = 1
    await filled('BWC-08')
    await dockCard(await station(), card, {})
    await copyBlobs(stores)
    const done = await dockCard(await station({ clear: true }), card, {})
    expect(done.notCleared).toContain('只有一处存储')
    expect(await readdir(card)).toHaveLength(2)
  })
})

test('a station that waits docks each card that appears, measures its clock, and many at once', async () => {
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
  const owner = await x.test.connectAs('owner')
  const before = (await owner.query('SELECT * FROM app.docking_row ORDER BY docking_id')).rows
  await rebuild(owner, [...x.deps.store.projections, recordingProjection, dockingProjection])
  expect((await owner.query('SELECT * FROM app.docking_row ORDER BY docking_id')).rows).toEqual(before)
  await rm(card, { recursive: true })
})
