import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { putBlob } from '../../apps/server/src/blobs/put-blob.ts'
import { reconcileBlobs } from '../../apps/server/src/blobs/reconcile.ts'
import { copiesOf } from '../../apps/server/src/stores/copy-rows.ts'
import { copyBlobs } from '../../apps/server/src/stores/copy-blobs.ts'
import { unpaced } from '../../apps/server/src/stores/read-copy.ts'
import { scrubStores } from '../../apps/server/src/stores/scrub.ts'
import { createStoresInstallation, flipBit, type StoresInstallation } from '../test-stores.ts'
import { IS_FULL, tell } from './fault-table.ts'
import { CAN_TRACE, countCalls, injectAt, type Fault, type Point } from './system-calls.ts'

const SCRIPT = join(import.meta.dirname, '..', 'stores-worker.ts')
let x: StoresInstallation

beforeAll(async () => {
  x = await createStoresInstallation(new Date().toISOString())
  await copyBlobs(x.deps)
})
afterAll(() => x?.close())

type Victim = Readonly<{
  pid: number
  ask: (what: string) => Promise<string | undefined>
  end: () => Promise<void>
}>

/** One thread for files, so that each call comes in one order. Answers nothing when it was killed. */
const startVictim = async (): Promise<Victim> => {
  const options = { databaseUrl: x.house.urls.app, first: x.first, second: x.second }
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const answer = () =>
    Promise.race([once(lines, 'line').then(([line]) => String(line)), exited.then(() => undefined)])
  const ready = answer()
  if ((await ready) === undefined) throw new Error('the worker ended before it began')
  return {
    pid: child.pid ?? 0,
    ask: (what) => {
      const answered = answer()
      child.stdin.write(`${what}\n`)
      return answered
    },
    end: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

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
  const victim = await startVictim()
  await s.begin()
  await victim.ask(s.what)
  await s.begin()
  const points = await countCalls(victim.pid, () => victim.ask(s.what), ['main', 'files'])
  await victim.end()
  return points
}

type Faulted = Readonly<{ wrong: readonly string[]; came: boolean }>

const faultedAt = async (s: Scenario, point: Point, fault: Fault): Promise<Faulted> => {
  const victim = await startVictim()
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

/** A scrub reads everything that there is: not each of its thousands of calls is a case of its own. */
const spread = (all: readonly Point[], wanted: number): readonly Point[] => {
  const step = Math.max(1, all.length / wanted)
  return Array.from({ length: Math.min(all.length, wanted) }, (_, i) => all[Math.floor(i * step)]).filter(
    (p) => p !== undefined,
  )
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
