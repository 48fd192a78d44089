import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRefusal } from '@liuhen/domain/refusal'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { putBlob } from '../../apps/server/src/blobs/put-blob.ts'
import { copyBlobs } from '../../apps/server/src/stores/copy-blobs.ts'
import { proposeMove } from '../../apps/server/src/stores/move-commands.ts'
import { moveStore } from '../../apps/server/src/stores/move-store.ts'
import { type KeptStore, storeAt } from '../../apps/server/src/stores/store-place.ts'
import { registerTestPerson } from '../test-agency.ts'
import { makeBucket, NEEDS_S3, testAccount, WITHOUT_S3 } from '../test-bucket.ts'
import { AGENCY, createStoresInstallation, type StoresInstallation } from '../test-stores.ts'
import { IS_FULL, tell } from './fault-table.ts'
import { spread, startVictim } from './stores-victim.ts'
import { CAN_TRACE, countCalls, type Fault, injectAt, type Point } from './system-calls.ts'

const KINDS: readonly (readonly [string, boolean, () => Promise<string>])[] = [
  ['a folder', !CAN_TRACE, async () => mkdtemp(join(tmpdir(), 'liuhen-next-'))],
  [
    `a bucket${NEEDS_S3}`,
    !CAN_TRACE || WITHOUT_S3,
    async () => (await makeBucket('versioned')).settings.where,
  ],
]
const WRITES = new Set(['write', 'pwrite64', 'fsync', 'link', 'mkdir', 'openat'])

describe.each(KINDS)('a move to %s', (name, isSkipped, newPlace) => {
  describe.skipIf(isSkipped)('that is cut off', () => {
    let x: StoresInstallation
    let next: KeptStore
    let points: readonly Point[]

    const start = () =>
      startVictim({
        databaseUrl: x.house.urls.app,
        first: x.first,
        second: x.second,
        next: next.place.where,
      })
    const put = async (): Promise<string> => {
      const blobs = { pool: x.house.pool, store: x.deps.first.bytes, root: x.first }
      const { sha256 } = await putBlob(blobs, randomBytes(300_000), 'application/octet-stream')
      await copyBlobs(x.deps)
      return sha256
    }
    const inOldStore = async () =>
      (await readdir(x.second, { recursive: true, withFileTypes: true }))
        .filter((f) => f.isFile())
        .map((f) => f.name)
    /** A killed worker's connection, and with it its lock, is gone a moment later. */
    const moveAgain = () =>
      vi.waitFor(
        async () =>
          expect(await moveStore({ ...x.deps, next }, { compareNow: true })).toMatchObject({
            checked: { verdict: 'pass' },
          }),
        { timeout: 30_000 },
      )
    /** No row says of the new store what is not so. */
    const lies = async (sha256: string): Promise<string[]> => {
      const { rows } = await x.house.pool.query('SELECT FROM app.move_copy WHERE sha256 = $1', [sha256])
      return rows.length > 0 && (await next.bytes.verify(sha256)) !== 'intact'
        ? ['a row of bytes that are not there']
        : []
    }

    beforeAll(async () => {
      x = await createStoresInstallation(new Date().toISOString())
      await copyBlobs(x.deps)
      next = storeAt('second', await newPlace(), testAccount())
      const actor = await registerTestPerson(x.house.store, AGENCY, {
        name: '吴管理',
        roles: ['system-admin'],
      })
      const deps = {
        store: x.house.store,
        nextPlace: next.place.where,
        accountGivenTo: () => Promise.resolve([]),
      }
      const command = { commandId: randomUUID(), actor, what: 'test' }
      expect(isRefusal(await proposeMove(deps, command, { reason: '旧盘要报废' }))).toBe(false)
      const victim = await start()
      await put()
      await victim.ask('move')
      await put()
      points = await countCalls(victim.pid, () => victim.ask('move'), ['main', 'files'])
      await victim.end()
    })
    afterAll(async () => {
      await x?.close()
      await rm(next?.place.where ?? '', { recursive: true, force: true })
    })

    test('is seen to lie when a row comes before the bytes', async () => {
      const sha256 = await put()
      const row = `INSERT INTO app.move_copy (move_id, sha256, verified_at) SELECT id, $1, now() FROM app.store_move`
      await x.house.pool.query(row, [sha256])
      expect(await lies(sha256)).toHaveLength(1)
      await x.house.pool.query('DELETE FROM app.move_copy WHERE sha256 = $1', [sha256])
    })

    const faultedAt = async (point: Point, fault: Fault) => {
      const victim = await start()
      await put()
      await victim.ask('move')
      const sha256 = await put()
      const old = await inOldStore()
      const injection = await injectAt(victim.pid, point, fault)
      await victim.ask('move')
      const came = await injection.stop()
      await victim.end()
      const wrong = [...(await lies(sha256))]
      await moveAgain()
      if ((await next.bytes.verify(sha256)) !== 'intact') wrong.push('not moved in the end')
      const left = new Set(await inOldStore())
      wrong.push(
        ...old.filter((file) => !left.has(file)).map((file) => `taken out of the old store: ${file}`),
      )
      return { wrong, came }
    }

    test.each([
      ['kill -9', 'signal=KILL', () => true, 8],
      ['EIO', 'error=EIO', (p: Point) => p.thread === 'files' && WRITES.has(p.call), 3],
    ] as const)(
      '%s at each system call loses nothing, tells nothing that is not so, and is gone on with',
      { timeout: 3_600_000 },
      async (fault, how, concerns, wanted) => {
        const chosen = spread(points.filter(concerns), IS_FULL ? 150 : wanted)
        const bad: string[] = []
        let runs = 0
        for (const point of chosen) {
          const { wrong, came } = await faultedAt(point, how)
          bad.push(...wrong.map((w) => `${point.call} ${point.n}: ${w}`))
          runs += came ? 1 : 0
        }
        tell({ fault: `stores: moving to ${name}, ${fault}`, runs, lost: bad.length, mixed: 0, doubled: 0 })
        expect(bad).toEqual([])
        // A bucket is written through sockets: there the files thread has no writes to fail.
        if (chosen.length > 0) expect(runs).toBeGreaterThan(0)
      },
    )
  })
})
