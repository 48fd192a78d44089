import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { as } from '../upload-installation.ts'
import { sampled, tell } from './fault-table.ts'
import { CAN_TRACE, type Point } from './system-calls.ts'
import { actor, judge, openFaultHouse, twoChunks, type FaultHouse } from './upload-faults.ts'
import { firstOf, stoppedAt, untilStopped, type Stopped } from './upload-stop.ts'

let f: FaultHouse
beforeAll(async () => {
  f = await openFaultHouse()
})
afterAll(() => f.close())

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
  { thread: 'files', call: 'statx', n: 1, when: 'before it writes' },
  { thread: 'files', call: 'pwrite64', n: 1, when: 'before it syncs' },
  { thread: 'files', call: 'fdatasync', n: 1, when: 'before it brings the file back' },
  { thread: 'files', call: 'rename', n: 2, when: 'before it commits' },
]

describe.skipIf(!CAN_TRACE).each([
  ['goes on', { meanwhile: [423], late: [204] }],
  ['is killed', { meanwhile: [204], late: [0] }],
  ['goes on after its lock was broken', { meanwhile: [204], late: [0, 500] }],
] as const)('a server that is stopped with the lock in its hand and %s', (then, wanted) => {
  test('leaves one answer and whole bytes, whoever ends the upload', { timeout: 600_000 }, async () => {
    const points = sampled(SECTION, 1)
    const all: Stopped[] = []
    for (const point of points) all.push(await stoppedAt(f, point, then))
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
