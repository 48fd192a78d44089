import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { registerTestPerson } from '../../../../test/test-agency.ts'
import { makeBucket, NEEDS_S3, testAccount, WITHOUT_S3 } from '../../../../test/test-bucket.ts'
import {
  AGENCY,
  createStoresInstallation,
  flipBit,
  type StoresInstallation,
} from '../../../../test/test-stores.ts'
import { putBlob } from '../blobs/put-blob.ts'
import { copyBlobs } from './copy-blobs.ts'
import { copiesOf } from './copy-rows.ts'
import { approveMove, giveMoveUp, proposeMove } from './move-commands.ts'
import { type MoveDeps, moveStore, tellMoved } from './move-store.ts'
import { reachStore } from './reach-store.ts'
import { unpaced } from './read-copy.ts'
import { scrubStores } from './scrub.ts'
import { type KeptStore, storeAt } from './store-place.ts'

const FILES = 7
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Where the second store is moved to. */
const KINDS: readonly (readonly [string, boolean, () => Promise<string>])[] = [
  ['a folder', false, async () => mkdtemp(join(tmpdir(), 'liuhen-next-'))],
  [`a bucket${NEEDS_S3}`, WITHOUT_S3, async () => (await makeBucket('locked')).settings.where],
]

describe.each(KINDS)('moving the second store to %s', (_name, isSkipped, newPlace) => {
  describe.skipIf(isSkipped)('where there is one', () => {
    let x: StoresInstallation
    let next: KeptStore
    let deps: MoveDeps
    let admin: Actor
    let before: readonly string[]

    const oldFiles = async () =>
      (await readdir(x.second, { recursive: true, withFileTypes: true }))
        .filter((f) => f.isFile())
        .map((f) => f.name)
    const at = (place: string) => storeAt('second', place, testAccount())
    const commands = () => ({
      store: x.house.store,
      nextPlace: next.place.where,
      accountGivenTo: () => Promise.resolve([]),
    })
    const by = (actor: Actor) => ({ commandId: randomUUID(), actor, what: 'test' })
    const propose = () => proposeMove(commands(), by(admin), { reason: '旧盘要报废' })
    const approve = (actor: Actor = x.actor) => approveMove(commands(), by(actor), { opinion: '同意' })
    const inUse = (): MoveDeps => ({ ...x.deps, second: at(next.place.where) })

    beforeEach(async () => {
      x = await createStoresInstallation('2026-04-21T02:00:00.000Z')
      admin = await registerTestPerson(x.house.store, AGENCY, { name: '吴管理', roles: ['system-admin'] })
      await copyBlobs(x.deps)
      next = at(await newPlace())
      deps = { ...x.deps, next }
      before = await oldFiles()
    })
    afterEach(async () => {
      // Whatever was done: nothing was taken out of the old store.
      expect(await oldFiles()).toEqual(expect.arrayContaining([...before]))
      await x.close()
      await rm(next.place.where, { recursive: true, force: true })
    })

    test('copies, reads back, compares, waits for a second person, and detaches the old one', async () => {
      expect(await moveStore(deps)).toMatchObject({ stopped: 'no-move' })
      expect(isRefusal(await propose())).toBe(false)
      expect(isRefusal(await approve())).toBe(true)
      expect(await moveStore(deps)).toMatchObject({
        copied: FILES,
        faults: 0,
        checked: { verdict: 'pass', files: FILES },
      })
      expect(await reachStore(x.house.pool, at(next.place.where))).toMatchObject({
        here: false,
        why: expect.stringContaining('第二人批准'),
      })
      expect(await approve(admin)).toMatchObject({ code: 'not-permitted' })
      expect(isRefusal(await approve())).toBe(false)
      // Until the configuration changes the old one is in use, and what comes in goes to both.
      const late = (await putBlob(blobsOf(), Buffer.from('came in late'), 'text/plain')).sha256
      expect(await copyBlobs(x.deps)).toMatchObject({ copied: 1 })
      expect(await moveStore(deps)).toMatchObject({ copied: 1 })
      expect(await reachStore(x.house.pool, inUse().second as KeptStore)).toEqual({ here: true })
      expect((await copiesOf(x.house.pool, [late])).get(late)).toHaveLength(2)
      expect(await copyBlobs(inUse())).toMatchObject({ copied: 0, faults: 0 })
      expect(await scrubStores(inUse(), { days: 1, pace: unpaced })).toMatchObject({ verdict: 'pass' })
      await tellMoved(x.deps, at)
      await tellMoved(x.deps, at)
      expect(await x.told('StoreMoved')).toMatchObject([
        { from: x.second, to: next.place.where, marked: true },
      ])
      expect(await readFile(join(x.second, 'liuhen-store-retired.json'), 'utf8')).toContain(next.place.where)
      expect(await reachStore(x.house.pool, x.deps.second)).toMatchObject({
        here: false,
        why: expect.stringContaining('退役'),
      })
      // A database that was restored from before the move knows nothing of it: the store itself does.
      await x.house.pool.query('DELETE FROM app.move_copy')
      await x.house.pool.query(`UPDATE app.store_move SET from_id = gen_random_uuid()`)
      expect(await reachStore(x.house.pool, x.deps.second)).toMatchObject({
        here: false,
        why: expect.stringContaining('退役'),
      })
    })

    test('goes on where it was cut off, and sends nothing twice', async () => {
      await propose()
      let asked = 0
      expect(await moveStore(deps, { until: () => (asked += 1) > 3 })).toMatchObject({
        copied: 3,
        stopped: 'time',
      })
      expect(await x.told('StoreMoveChecked')).toEqual([])
      let sent = 0
      const bytes = {
        ...next.bytes,
        take: (...a: Parameters<typeof next.bytes.take>) => ((sent += 1), next.bytes.take(...a)),
      }
      expect(await moveStore({ ...deps, next: { ...next, bytes } })).toMatchObject({
        copied: FILES - 3,
        checked: { verdict: 'pass' },
      })
      expect(sent).toBe(FILES - 3)
    })

    test('takes a file that the old one has lost from the first, and none that neither has whole', async () => {
      const film = sha256(x.closed.media)
      await flipBit(x.second, film)
      await propose()
      expect(await moveStore(deps)).toMatchObject({ copied: FILES, faults: 0 })
      expect(await next.bytes.verify(film)).toBe('intact')
      const gone = (await putBlob(blobsOf(), Buffer.from('soon gone'), 'text/plain')).sha256
      await copyBlobs(x.deps)
      await flipBit(x.first, gone)
      await flipBit(x.second, gone)
      const run = await moveStore(deps, { compareNow: true })
      expect(run).toMatchObject({ copied: 0, faults: 1, checked: { verdict: 'fail' } })
      expect(await approve()).toMatchObject({ code: 'wrong-state' })
    })

    test('does not say that a new store is whole which lost a file after it was read', async () => {
      await propose()
      await moveStore(deps)
      const film = sha256(x.closed.media)
      const list: KeptStore['bytes']['list'] = async function* () {
        for await (const one of next.bytes.list()) if (one.sha256 !== film) yield one
      }
      const lossy = { ...deps, next: { ...next, bytes: { ...next.bytes, list } } }
      expect(await moveStore(lossy, { compareNow: true })).toMatchObject({ checked: { verdict: 'fail' } })
      expect(await moveStore(deps, { compareNow: true })).toMatchObject({
        copied: 1,
        checked: { verdict: 'pass' },
      })
    })

    test('is stopped by who thinks better of it; the new store may be taken up again', async () => {
      await propose()
      await moveStore(deps)
      expect(await propose()).toMatchObject({ code: 'wrong-state' })
      expect(isRefusal(await giveMoveUp(commands(), by(x.actor), { reason: '先不换' }))).toBe(false)
      expect(await moveStore(deps)).toMatchObject({ stopped: 'no-move' })
      expect(isRefusal(await propose())).toBe(false)
      expect(await moveStore(deps)).toMatchObject({ copied: FILES, checked: { verdict: 'pass' } })
    })

    test('is not made into a place that is another one, away, or has other things in it', async () => {
      await propose()
      const elsewhere = at(await newPlace())
      expect(await moveStore({ ...deps, next: elsewhere })).toMatchObject({ stopped: 'no-next-store' })
      const { next: _, ...without } = deps
      expect(await moveStore(without)).toMatchObject({ stopped: 'no-next-store' })
      const full = { ...next, place: { ...next.place, isEmpty: () => Promise.resolve(false) } }
      expect(await moveStore({ ...deps, next: full })).toMatchObject({ stopped: 'away' })
      const away = { ...next, place: { ...next.place, readMark: () => Promise.reject(new Error('断开')) } }
      expect(await moveStore({ ...deps, next: away })).toMatchObject({ stopped: 'away' })
    })

    const blobsOf = () => ({ pool: x.house.pool, store: x.deps.first.bytes, root: x.first })
  })
})
