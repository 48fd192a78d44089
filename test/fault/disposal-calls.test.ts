import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isRefusal } from '@liuhen/domain/refusal'
import { reconcileBlobs } from '../../apps/server/src/blobs/reconcile.ts'
import { carryOutDisposalJob } from '../../apps/server/src/disposal/carry-out.ts'
import {
  approveDisposal,
  orderDisposal,
  proposeDisposal,
  reviewDisposal,
} from '../../apps/server/src/disposal/change-disposal.ts'
import { getDisposal } from '../../apps/server/src/disposal/get-disposal.ts'
import { readStream } from '../../apps/server/src/event-store/read-stream.ts'
import { AGENCY, createDisposalHouse, type DisposalHouse } from '../test-disposal.ts'
import { IS_FULL, tell } from './fault-table.ts'
import { CAN_TRACE, countCalls, injectAt, type Fault, type Point } from './system-calls.ts'

const SCRIPT = join(import.meta.dirname, '..', 'disposal-worker.ts')
const PROPOSED = '2026-03-10T10:00:00+08:00'
const COOLED = '2026-04-10T10:00:00+08:00'
let x: DisposalHouse

beforeAll(async () => {
  x = await createDisposalHouse(PROPOSED)
})
afterAll(() => x?.house.close())

type Ordered = Readonly<{
  batchId: string
  caseId: string
  gone: readonly string[]
  kept: string
  ids: readonly string[]
}>

const must = (outcome: Awaited<ReturnType<typeof proposeDisposal>>): string => {
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome.reasons))
  return outcome.id
}

/** Two films that were ordered to be destroyed, beside one of the same case that was not. */
const ordered = async (): Promise<Ordered> => {
  x.clock.at = PROPOSED
  const caseId = await x.openCase()
  const films = [await x.film(caseId), await x.film(caseId), await x.film(caseId)]
  await x.archive(caseId)
  await x.copy()
  const [kept, ...others] = films
  const ids = others.map((f) => f.id)
  const batchId = must(
    await proposeDisposal(x.deps, x.by('keeper', ''), { recordingIds: ids, caseFiles: [] }),
  )
  const reviewed = { opinion: '同意', seen: ids, struck: [] }
  must(await reviewDisposal(x.deps, x.by('archivist', batchId), reviewed))
  must(await approveDisposal(x.deps, x.by('head', batchId), { opinion: '同意' }))
  x.clock.at = COOLED
  const witnessId = x.people.officer.personId ?? ''
  must(await orderDisposal(x.deps, x.by('keeper', batchId), { witnessId }))
  return { batchId, caseId, ids, gone: others.map((f) => f.sha256), kept: kept?.sha256 ?? '' }
}

/** One thread for files, so that each call comes in one order. Answers nothing when it was killed. */
const startVictim = async () => {
  const { first, second } = x
  const options = {
    databaseUrl: x.house.urls.app,
    first,
    second,
    derived: x.deps.derived.root,
    shredderUrl: x.deps.shredderUrl,
    at: COOLED,
  }
  const child: ChildProcess = spawn(process.execPath, [SCRIPT, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
  })
  if (child.stdout === null) throw new Error('a pipe was asked for')
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const answer = () =>
    Promise.race([once(lines, 'line').then(([line]) => String(line)), exited.then(() => undefined)])
  if ((await answer()) === undefined) throw new Error('the worker ended before it began')
  return {
    pid: child.pid ?? 0,
    ask: (batchId: string) => {
      const answered = answer()
      child.stdin?.write(`${batchId}\n`)
      return answered
    },
    end: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** A killed worker's connection, and with it its locks, is gone a moment later. */
const again = ({ batchId }: Ordered) =>
  vi.waitFor(() => carryOutDisposalJob(x.deps, { agencyId: AGENCY, batchId }), { timeout: 30_000 })

const tombstones = async (root: string, sha256: string): Promise<number> =>
  (await readdir(join(root, 'destroyed'))).filter((n) => n.startsWith(sha256)).length

/** What is wrong in the end. */
const judge = async (o: Ordered): Promise<readonly string[]> => {
  const view = await getDisposal(x.deps, x.people.head, o.batchId)
  if (isRefusal(view)) return ['no batch']
  const wrong = view.status === 'certified' ? [] : [`the batch is ${view.status}`]
  for (const sha256 of o.gone) {
    const { first, second } = await x.places(sha256)
    if (first !== undefined || second !== undefined) wrong.push(`${sha256} is still there`)
    for (const root of [x.first, x.second])
      if ((await tombstones(root, sha256)) !== 1) wrong.push(`${sha256} has no tombstone in ${root}`)
  }
  const copies = view.items.flatMap((i) => ('copies' in i ? i.copies.map((c) => c.outcome) : []))
  if (copies.join() !== Array(4).fill('destroyed').join()) wrong.push(`told ${copies.join()}`)
  for (const id of o.ids) {
    const destroyed = (await readStream(x.deps.store, AGENCY, id)).filter(
      (e) => e.type === 'RecordingDestroyed',
    )
    if (destroyed.length !== 1) wrong.push(`${id} was told ${destroyed.length} times`)
  }
  const facts = (await readStream(x.deps.store, AGENCY, o.caseId)).filter((e) => e.type === 'FactNoted')
  if (facts.length !== 6) wrong.push(`${facts.length} facts in the case`)
  for (const store of [x.deps.stores.first, x.deps.stores.second])
    if (store === undefined || (await store.bytes.verify(o.kept)) !== 'intact')
      wrong.push('another film is hurt')
  return [...wrong, ...(await reconcileBlobs(x.deps.blobs, true)).findings.map((f) => `${f.code} ${f.what}`)]
}

const points = async (): Promise<readonly Point[]> => {
  const victim = await startVictim()
  await victim.ask((await ordered()).batchId)
  const { batchId } = await ordered()
  const found = await countCalls(victim.pid, () => victim.ask(batchId), ['main', 'files'])
  await victim.end()
  return found
}

const faultedAt = async (point: Point, fault: Fault) => {
  const victim = await startVictim()
  await victim.ask((await ordered()).batchId)
  const o = await ordered()
  const injection = await injectAt(victim.pid, point, fault)
  await victim.ask(o.batchId)
  const came = await injection.stop()
  await victim.end()
  await again(o)
  return { wrong: await judge(o), came }
}

const spread = (all: readonly Point[], wanted: number): readonly Point[] => {
  const step = Math.max(1, all.length / wanted)
  return Array.from({ length: Math.min(all.length, wanted) }, (_, i) => all[Math.floor(i * step)]).filter(
    (p) => p !== undefined,
  )
}
const CHANGES = new Set(['unlink', 'unlinkat', 'fsync', 'rename', 'write', 'openat'])
const ofFiles = (p: Point) => p.thread === 'files' && CHANGES.has(p.call)

describe.skipIf(!CAN_TRACE)('in destroying', () => {
  let all: readonly Point[]
  beforeAll(async () => {
    all = await points()
  }, 600_000)

  test.each([
    ['kill -9', 'signal=KILL', () => true, 3],
    ['kill -9 at a change of a file', 'signal=KILL', ofFiles, 3],
    ['EIO', 'error=EIO', ofFiles, 3],
  ] as const)(
    '%s at system calls loses nothing else, tells each thing once, and all that was ordered is gone in the end',
    { timeout: 3_600_000 },
    async (fault, how, concerns, wanted) => {
      const chosen = spread(all.filter(concerns), IS_FULL ? 100 : wanted)
      expect(chosen.length).toBeGreaterThan(1)
      const bad: string[] = []
      let runs = 0
      for (const point of chosen) {
        const { wrong, came } = await faultedAt(point, how)
        bad.push(...wrong.map((w) => `${point.thread} ${point.call} ${point.n}: ${w}`))
        runs += came ? 1 : 0
      }
      tell({ fault: `disposal: ${fault}`, runs, lost: bad.length, mixed: 0, doubled: 0 })
      expect(bad).toEqual([])
      // If no fault came, nothing was shown.
      expect(runs).toBeGreaterThan(0)
    },
  )
})

test('the judge of this suite judges: what was ordered and not carried out is wrong', async () => {
  const o = await ordered()
  expect((await judge(o)).length).toBeGreaterThan(0)
  await again(o)
  expect(await judge(o)).toEqual([])
})
