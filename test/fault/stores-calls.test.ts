import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { putBlob } from '../../apps/server/src/blobs/put-blob.ts'
import { reconcileBlobs } from '../../apps/server/src/blobs/reconcile.ts'
import { copiesOf } from '../../apps/server/src/stores/copy-rows.ts'
import { copyBlobs } from '../../apps/server/src/stores/copy-blobs.ts'
import { unpaced } from '../../apps/server/src/stores/read-copy.ts'
import { scrubStores } from '../../apps/server/src/stores/scrub.ts'
import { createStoresInstallation, flipBit, type StoresInstallation } from '../test-stores.ts'
import { IS_FULL, tell } from './fault-table.ts'
import { spread, startVictim } from './stores-victim.ts'
import { CAN_TRACE, countCalls, injectAt, type Fault, type Point } from './system-calls.ts'

let x: StoresInstallation

beforeAll(async () => {
  x = await createStoresInstallation(new Date().toISOString())
  await copyBlobs(x.deps)
})
afterAll(() => x?.close())

const startOne = () => startVictim({ databaseUrl: x.house.urls.app, first: x.first, second: x.second })

const put = async (): Promise<string> => {
  const blobs = { pool: x.house.pool, store: x.deps.first.bytes, root: x.first }
  return (await putBlob(blobs, randomBytes(300_000), 'application/octet-stream')).sha256
}

/** No row says of a copy what is not so. */
const lies = async (sha256: string): Promise<string[]> => {
  const copies = (await copiesOf(x.house.pool, [sha256])).get(sha256) ?? []
  const wrong: string[] = []
  for (const { store } of copies) {
    const verdict = await x.deps[store].bytes.verify(sha256)
    if (verdict !== 'intact') wrong.push(`${store} ${verdict}`)
  }
  return wrong
}

/** A killed worker's connection, and with it its lock, is gone a moment later. */
const copyAgain = () =>
  vi.waitFor(async () => expect((await copyBlobs(x.deps)).stopped).toBeUndefined(), { timeout: 30_000 })
const scrubAgain = () =>
  vi.waitFor(async () => expect(await scrubStores(x.deps, { days: 1, pace: unpaced })).toBeDefined(), {
    timeout: 30_000,
  })

type Scenario = Readonly<{
  what: 'copy' | 'scrub'
  begin: () => Promise<string>
  again: () => Promise<unknown>
  /** What is wrong in the end. */
  judge: (sha256: string) => Promise<readonly string[]>
}>

const twoCopies = async (sha256: string): Promise<string[]> => {
  const copies = (await copiesOf(x.house.pool, [sha256])).get(sha256) ?? []
  const working = await Promise.all([x.first, x.second].map((root) => readdir(join(root, 'receiving'))))
  return [
    ...(copies.length === 2 ? [] : [`${copies.length} copies`]),
    ...(await lies(sha256)),
    ...working.flat().map((name) => `receiving ${name}`),
  ]
}

/** What could not be read once is a copy that the next scrub looks at. */
const copying: Scenario = {
  what: 'copy',
  begin: put,
  again: async () => {
    await copyAgain()
    await scrubAgain()
  },
  judge: twoCopies,
}

const mending: Scenario = {
  what: 'scrub',
  begin: async () => {
    const sha256 = await put()
    await copyBlobs(x.deps)
    await flipBit(x.first, sha256)
    return sha256
  },
  again: scrubAgain,
  judge: async (sha256) => {
    const of = (told: readonly { sha256: string }[]) => told.filter((d) => d.sha256 === sha256)
    const damaged = of(await x.told('CopyDamaged'))
    const repaired = of(await x.told('CopyRepaired'))
    const blobs = { pool: x.house.pool, store: x.deps.first.bytes, root: x.first }
    return [
      ...(await twoCopies(sha256)),
      ...(damaged.length === 1 ? [] : [`${damaged.length} damages told`]),
      ...(repaired.length === 1 ? [] : [`${repaired.length} repairs told`]),
      ...(await reconcileBlobs(blobs, true)).findings.map((f) => `${f.code} ${f.what}`),
    ]
  },
}

const pointsOf = async (s: Scenario): Promise<readonly Point[]> => {
  const victim = await startOne()
  await s.begin()
  await victim.ask(s.what)
  await s.begin()
  const points = await countCalls(victim.pid, () => victim.ask(s.what), ['main', 'files'])
  await victim.end()
  return points
}

type Faulted = Readonly<{ wrong: readonly string[]; came: boolean }>

const faultedAt = async (s: Scenario, point: Point, fault: Fault): Promise<Faulted> => {
  const victim = await startOne()
  await s.begin()
  await victim.ask(s.what)
  const sha256 = await s.begin()
  const injection = await injectAt(victim.pid, point, fault)
  await victim.ask(s.what)
  // Before the worker is ended, whose death would look like the fault.
  const came = await injection.stop()
  await victim.end()
  // What the disk did to a copy after it was read is not a lie of its row.
  const before = s.what === 'copy' ? await lies(sha256) : []
  await s.again()
  const after = await s.judge(sha256)
  return { wrong: [...before.map((l) => `a lie: ${l}`), ...after], came }
}

const WRITES = new Set(['write', 'pwrite64', 'fsync', 'link', 'mkdir', 'openat'])
const ofFiles = (p: Point) => p.thread === 'files' && WRITES.has(p.call)

describe.skipIf(!CAN_TRACE).each([
  ['copying', copying],
  ['mending', mending],
] as const)('in %s', (name, scenario) => {
  let points: readonly Point[]
  beforeAll(async () => {
    points = await pointsOf(scenario)
  })

  test.each([
    ['kill -9', 'signal=KILL', () => true, 6],
    ['EIO', 'error=EIO', ofFiles, 3],
    ['ENOSPC', 'error=ENOSPC', ofFiles, 2],
  ] as const)(
    '%s at each system call leaves no row that says what is not so, and all is done in the end',
    { timeout: 3_600_000 },
    async (fault, how, concerns, wanted) => {
      const chosen = spread(points.filter(concerns), IS_FULL ? 150 : wanted)
      expect(chosen.length).toBeGreaterThan(1)
      const bad: string[] = []
      let runs = 0
      for (const point of chosen) {
        const { wrong, came } = await faultedAt(scenario, point, how)
        bad.push(...wrong.map((w) => `${point.call} ${point.n}: ${w}`))
        runs += came ? 1 : 0
      }
      tell({
        fault: `stores: ${name}, ${fault}`,
        runs,
        lost: bad.length,
        mixed: 0,
        doubled: 0,
      })
      expect(bad).toEqual([])
      // If no fault came, nothing was shown.
      expect(runs).toBeGreaterThan(0)
    },
  )
})

test('the bytes that this suite compares are compared: a row of altered bytes is a lie', async () => {
  const sha256 = await put()
  await copyBlobs(x.deps)
  expect(await lies(sha256)).toEqual([])
  await flipBit(x.second, sha256)
  expect(await lies(sha256)).toEqual(['second altered'])
  await scrubAgain()
  expect(await lies(sha256)).toEqual([])
})
