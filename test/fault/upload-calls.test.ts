import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampled, tell } from './fault-table.ts'
import { CAN_TRACE, countCalls, injectAt, type Fault, type Point } from './system-calls.ts'
import {
  judge,
  openFaultHouse,
  twoChunks,
  twoParts,
  type FaultHouse,
  type Outcome,
  type Scenario,
  type Victim,
} from './upload-faults.ts'

let f: FaultHouse
beforeAll(async () => {
  if (CAN_TRACE) f = await openFaultHouse()
})
afterAll(() => f?.close())

/** Everything that the last request does, counted in a run in which nothing goes wrong. */
const pointsOf = async (scenario: Scenario): Promise<readonly Point[]> => {
  const { server, pid, end } = await f.victim()
  const warm = await scenario(f, server.baseUrl)
  await warm.last(server.baseUrl)
  const begun = await scenario(f, server.baseUrl)
  const points = await countCalls(pid, () => begun.last(server.baseUrl))
  await end()
  return points
}

type Faulted = Outcome & Readonly<{ came: boolean }>

const faulted = async (scenario: Scenario, victim: Victim, point: Point, fault: Fault): Promise<Faulted> => {
  const { server, pid, end } = victim
  const warm = await scenario(f, server.baseUrl)
  await warm.last(server.baseUrl)
  const begun = await scenario(f, server.baseUrl)
  const injection = await injectAt(pid, point, fault)
  const answered = await begun.last(server.baseUrl)
  // Before the server is ended, whose death would look like the fault.
  const came = await injection.stop()
  await end()
  return { ...(await judge(f, begun, answered)), came }
}

const TRIES = 3

/** Not every call is made as often in each run: a point at which nothing came is tried again. */
const untilItComes = async (
  scenario: Scenario,
  first: Victim,
  point: Point,
  fault: Fault,
): Promise<Faulted> => {
  let outcome = await faulted(scenario, first, point, fault)
  for (let i = 1; i < TRIES && !outcome.came && outcome.faults.length === 0; i += 1)
    outcome = await faulted(scenario, await f.victim(), point, fault)
  return outcome
}

type Named = Faulted & Readonly<{ at: string }>

/** The next server starts while the last one is judged. */
const faultedAtEach = async (scenario: Scenario, points: readonly Point[], fault: Fault) => {
  const bad: Named[] = []
  let came = 0
  let next = f.victim()
  for (const [i, point] of points.entries()) {
    const victim = await next
    next = i + 1 < points.length ? f.victim() : Promise.resolve(victim)
    const outcome = await untilItComes(scenario, victim, point, fault)
    came += outcome.came ? 1 : 0
    if (outcome.lost > 0 || outcome.faults.length > 0)
      bad.push({ at: `${point.thread} ${point.call} ${point.n}`, ...outcome })
  }
  return { bad, came }
}

const WRITES = new Set(['pwritev', 'pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'link', 'rename', 'mkdir'])
const isWrite = (p: Point): boolean => p.thread === 'files' && WRITES.has(p.call)

describe.skipIf(!CAN_TRACE).each([
  ['the last chunk of a file and its finishing', twoChunks],
  ['the joining of parts and its finishing', twoParts],
] as const)('in %s', (what, scenario) => {
  let points: readonly Point[]
  beforeAll(async () => {
    points = await pointsOf(scenario)
  })

  test.each([
    ['kill -9 and loss of power', 'signal=KILL', () => true, 4],
    ['EIO', 'error=EIO', isWrite, 2],
    ['ENOSPC', 'error=ENOSPC', isWrite, 2],
  ] as const)(
    '%s at each system call loses nothing that was acknowledged',
    { timeout: 3_600_000 },
    async (name, fault, concerns, wanted) => {
      const chosen = sampled(points.filter(concerns), wanted)
      const { bad, came } = await faultedAtEach(scenario, chosen, fault)
      const lost = bad.filter((b) => b.lost > 0).length
      tell({ fault: `${name}, ${what}`, runs: came, lost, mixed: 0, doubled: 0 })
      expect(bad).toEqual([])
      // If no fault came, nothing was shown.
      expect(came).toBeGreaterThan(0)
    },
  )
})
