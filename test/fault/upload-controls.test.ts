import { afterAll, beforeAll, expect, test } from 'vitest'
import { startUploadServer } from '../upload-installation.ts'
import { tell } from './fault-table.ts'
import { judge, openFaultHouse, twoChunks, type FaultHouse } from './upload-faults.ts'
import { CAN_TRACE } from './system-calls.ts'
import { race } from './upload-race.ts'
import { stoppedAt } from './upload-stop.ts'

/**
 * The guards, taken out one at a time in the test's own server: what watches them must see it. Without these, a suite
 * that cannot fail would look the same as one that has nothing to find.
 */
let f: FaultHouse
beforeAll(async () => {
  f = await openFaultHouse()
})
afterAll(() => f.close())

test('with every guard in its place, a loss of power after the answer loses nothing', async () => {
  const { server, end } = await f.victim()
  const begun = await twoChunks(f, server.baseUrl)
  const answered = await begun.last(server.baseUrl)
  await end()
  expect(answered).toBe(204)
  expect(await judge(f, begun, answered)).toEqual({ lost: 0, faults: [] })
})

test('without fdatasync before the answer, an acknowledged chunk is seen to be lost', async () => {
  const { server, end } = await f.victim({ without: ['fdatasync'] })
  const begun = await twoChunks(f, server.baseUrl)
  await end()
  const { lost } = await judge(f, begun, 0)
  tell({
    fault: 'control: no fdatasync',
    runs: 1,
    lost: Math.sign(lost),
    mixed: 0,
    doubled: 0,
    isControl: true,
  })
  expect(lost).toBeGreaterThan(0)
})

test('without fsync of directories, a file that was said to be stored is seen to be lost', async () => {
  const { server, end } = await f.victim({ without: ['directory-fsync'] })
  const begun = await twoChunks(f, server.baseUrl)
  const answered = await begun.last(server.baseUrl)
  await end()
  const { lost } = await judge(f, begun, answered)
  tell({
    fault: 'control: no fsync of directories',
    runs: 1,
    lost: Math.sign(lost),
    mixed: 0,
    doubled: 0,
    isControl: true,
  })
  expect(answered).toBe(204)
  expect(lost).toBeGreaterThan(0)
})

const MOST_ROUNDS = 300

test('without the row lock, two senders are told that their bytes are kept', async () => {
  const start = () => startUploadServer(f.house.urls.app, f.root, { without: ['lock'] })
  const servers = await Promise.all([start(), start()])
  const urls = servers.map((s) => s.baseUrl)
  const seen = { runs: 0, mixed: 0, doubled: 0 }
  while (seen.runs < MOST_ROUNDS && (seen.mixed === 0 || seen.doubled === 0)) {
    const { winners, isMixed } = await race(f, urls, seen.runs)
    seen.runs += 1
    seen.doubled += winners > 1 ? 1 : 0
    seen.mixed += isMixed ? 1 : 0
  }
  await Promise.all(servers.map((s) => s.stop()))
  tell({ fault: 'control: no row lock', lost: 0, ...seen, isControl: true })
  expect(seen.doubled).toBeGreaterThan(0)
})

test.skipIf(!CAN_TRACE)(
  'without a file of its own for the writer, one that wakes up late is seen to change what others finished',
  async () => {
    // It stands still when it has opened the file and has not written yet.
    const point = { thread: 'files', call: 'statx', n: 1 } as const
    const { outcome } = await stoppedAt(f, point, 'goes on after its lock was broken', ['own-file'])
    const mixed = outcome.faults.filter((fault) => fault.startsWith('altered')).length
    tell({ fault: 'control: no file of its own', runs: 1, lost: 0, mixed, doubled: 0, isControl: true })
    expect(mixed).toBeGreaterThan(0)
  },
)
