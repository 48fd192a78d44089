import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { tusRequests } from '../tus-requests.ts'
import type { UploadServerOptions } from '../upload-installation.ts'
import { injectAt, type Point } from './system-calls.ts'
import { actor, judge, twoChunks, type Begun, type FaultHouse, type Outcome } from './upload-faults.ts'

export const firstOf = (begun: Begun) => {
  const [first] = begun.acknowledged
  if (first === undefined) throw new Error('nothing was acknowledged')
  return first
}

const isStopped = (pid: number): boolean =>
  /^State:\s+[Tt]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))

export const untilStopped = async (pid: number): Promise<void> => {
  while (!isStopped(pid)) await pause(10)
}

/** As PostgreSQL itself does after two minutes, or when it fails over. */
const breakLocks = async (f: FaultHouse): Promise<void> => {
  const admin = await f.house.connectAs('admin')
  const { rowCount } = await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  )
  if (rowCount === 0) throw new Error('nobody held a lock')
}

export type Stopped = Readonly<{ outcome: Outcome; meanwhile: number; late: number }>
type Then = 'goes on' | 'is killed' | 'goes on after its lock was broken'

export const stoppedAt = async (
  f: FaultHouse,
  point: Point,
  then: Then,
  without: UploadServerOptions['without'] = [],
): Promise<Stopped> => {
  const { server, pid, end } = await f.victim({ without })
  const warm = await twoChunks(f, server.baseUrl)
  await warm.last(server.baseUrl)
  const begun = await twoChunks(f, server.baseUrl)
  const injection = await injectAt(pid, point, 'signal=STOP')
  const isBroken = then === 'goes on after its lock was broken'
  // Where its lock is broken it writes something else, so that whatever it still does would be seen.
  const first = isBroken ? begun.rival(server.baseUrl) : begun.last(server.baseUrl)
  const answered = first.then((status) => {
    throw new Error(`${point.call} was not made: ${status} was answered`)
  })
  await Promise.race([untilStopped(pid), answered])
  await injection.stop()
  const { url, length } = firstOf(begun)
  const { offset } = await tusRequests(f.well.baseUrl, actor).head(url)
  if (offset !== length) throw new Error(`the record moved to ${offset}`)
  if (isBroken) await breakLocks(f)
  if (then === 'is killed') await end()
  const meanwhile = await begun.last(f.well.baseUrl)
  if (then !== 'is killed') process.kill(pid, 'SIGCONT')
  const late = await first
  if (then !== 'is killed') await end()
  return { outcome: await judge(f, begun, Math.max(meanwhile, late) > 0 ? 204 : 0), meanwhile, late }
}
