import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tusRequests } from '../tus-requests.ts'
import { as } from '../upload-installation.ts'
import { sampled, tell } from './fault-table.ts'
import { CAN_TRACE, injectAt, type Point } from './system-calls.ts'
import {
  actor,
  judge,
  openFaultHouse,
  twoChunks,
  type Begun,
  type FaultHouse,
  type Outcome,
} from './upload-faults.ts'

let f: FaultHouse
beforeAll(async () => {
  f = await openFaultHouse()
})
afterAll(() => f.close())

const firstOf = (begun: Begun) => {
  const [first] = begun.acknowledged
  if (first === undefined) throw new Error('nothing was acknowledged')
  return first
}

const isStopped = (pid: number): boolean =>
  /^State:\s+[Tt]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))

const untilStopped = async (pid: number): Promise<void> => {
  while (!isStopped(pid)) await pause(10)
}

/** As PostgreSQL itself does after two minutes, or when it fails over. */
const breakLocks = async (): Promise<void> => {
  const admin = await f.house.connectAs('admin')
  const { rowCount } = await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  )
  if (rowCount === 0) throw new Error('nobody held a lock')
}

test('a server that is stopped while a body arrives is passed by, and when it goes on it changes nothing', async () => {
  const { server, pid, end } = await f.victim()
  const begun = await twoChunks(f, server.baseUrl)
  const { url, length } = firstOf(begun)
  const rest = begun.clip.bytes.subarray(length)
  const slow = request(new URL(url, server.baseUrl), {
    method: 'PATCH',
    headers: {
      ...as(actor),
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'content-length': String(rest.length),
      'upload-offset': String(length),
    },
  })
  const answered = new Promise<number>((resolve) => {
    slow.on('response', (answer) => resolve(answer.statusCode ?? 0))
    slow.on('error', () => resolve(0))
  })
  await new Promise<void>((resolve) => slow.write(rest.subarray(0, 50_000), () => resolve()))
  process.kill(pid, 'SIGSTOP')
  await untilStopped(pid)
  const other = await begun.last(f.well.baseUrl)
  process.kill(pid, 'SIGCONT')
  slow.end(rest.subarray(50_000))
  const late = await answered
  await end()
  expect(other).toBe(204)
  expect([409, 410]).toContain(late)
  const outcome = await judge(f, begun, other)
  tell({
    fault: 'SIGSTOP while the body arrives',
    runs: 1,
    lost: Math.sign(outcome.lost),
    mixed: 0,
    doubled: 0,
  })
  expect(outcome).toEqual({ lost: 0, faults: [] })
})

/** The server stands still when this call of its critical section has returned. */
const SECTION: readonly (Point & Readonly<{ when: string }>)[] = [
  { thread: 'files', call: 'rename', n: 1, when: 'before it opens the file' },
  { thread: 'files', call: 'pwritev', n: 1, when: 'before it syncs' },
  { thread: 'files', call: 'fdatasync', n: 1, when: 'before it brings the file back' },
  { thread: 'files', call: 'rename', n: 2, when: 'before it commits' },
]

type Stopped = Readonly<{ outcome: Outcome; meanwhile: number; late: number }>
type Then = 'goes on' | 'is killed' | 'goes on after its lock was broken'

const stoppedAt = async (point: Point, then: Then): Promise<Stopped> => {
  const { server, pid, end } = await f.victim()
  const warm = await twoChunks(f, server.baseUrl)
  await warm.last(server.baseUrl)
  const begun = await twoChunks(f, server.baseUrl)
  const injection = await injectAt(pid, point, 'signal=STOP')
  const isBroken = then === 'goes on after its lock was broken'
  // Where its lock is broken it writes something else, so that whatever it still does would be seen.
  const first = isBroken ? begun.rival(server.baseUrl) : begun.last(server.baseUrl)
  await untilStopped(pid)
  await injection.stop()
  const { url } = firstOf(begun)
  expect((await tusRequests(f.well.baseUrl, actor).head(url)).offset).toBe(100_000)
  if (isBroken) await breakLocks()
  if (then === 'is killed') await end()
  const meanwhile = await begun.last(f.well.baseUrl)
  if (then !== 'is killed') process.kill(pid, 'SIGCONT')
  const late = await first
  if (then !== 'is killed') await end()
  return { outcome: await judge(f, begun, Math.max(meanwhile, late) > 0 ? 204 : 0), meanwhile, late }
}

describe.skipIf(!CAN_TRACE).each([
  ['goes on', { meanwhile: [423], late: [204] }],
  ['is killed', { meanwhile: [204], late: [0] }],
  ['goes on after its lock was broken', { meanwhile: [204], late: [0, 500] }],
] as const)('a server that is stopped with the lock in its hand and %s', (then, wanted) => {
  test('leaves one answer and whole bytes, whoever ends the upload', { timeout: 600_000 }, async () => {
    const points = sampled(SECTION, 1)
    const all: Stopped[] = []
    for (const point of points) all.push(await stoppedAt(point, then))
    const lost = all.filter((s) => s.outcome.lost > 0).length
    const doubled = all.filter((s) => s.meanwhile === 204 && s.late === 204).length
    tell({ fault: `SIGSTOP in the critical section, ${then}`, runs: points.length, lost, mixed: 0, doubled })
    for (const [i, { outcome, meanwhile, late }] of all.entries()) {
      expect(outcome, points[i]?.when).toEqual({ lost: 0, faults: [] })
      expect(wanted.meanwhile, points[i]?.when).toContain(meanwhile)
      expect(wanted.late, points[i]?.when).toContain(late)
    }
  })
})
