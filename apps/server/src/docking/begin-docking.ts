import { randomUUID } from 'node:crypto'
import { canWorkOn } from '@liuhen/domain/docking/can'
import * as decide from '@liuhen/domain/docking/commands'
import type { DockingEvent } from '@liuhen/domain/docking/events'
import { initialDocking, type DockingState } from '@liuhen/domain/docking/state'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { execute } from '../event-store/execute.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { DockingCommand, DockingDeps, DockingDone } from './docking-deps.ts'
import { evolveDocked } from './load-docking.ts'
import { listDigest } from './project-docking.ts'

type Same = DockingDone & Readonly<{ begun_by: string }>

const SAME = `SELECT docking_id AS id, version, begun_by FROM app.docking_row
  WHERE agency_id = $1 AND device_id = $2 AND list_digest = $3 ORDER BY begun_at DESC LIMIT 1`

/** The docking of a card that was pulled out and comes back unchanged; also one that may be emptied and was not. */
const begunBefore = async (
  { store }: DockingDeps,
  { actor }: Pick<DockingCommand, 'actor'>,
  b: decide.BeginDocking,
): Promise<Same | undefined> => {
  const { rows } = await withAgency(store, actor.agencyId, (tx) =>
    tx.query<Same>(SAME, [actor.agencyId, b.deviceId, listDigest(b.files)]),
  )
  return rows.find((row) => canWorkOn(row.begun_by, actor) === true)
}

type Begin = Omit<DockingCommand, 'dockingId'>

const write = async (
  { store }: DockingDeps,
  c: DockingCommand,
  rule: (state: DockingState, now: string) => ReturnType<typeof decide.beginDocking>,
  result: DockingDone,
): Promise<DockingDone | Refusal> => {
  const { commandId, actor, dockingId, what } = c
  const done = await execute<DockingState, DockingEvent>(store, {
    commandId,
    agencyId: actor.agencyId,
    actor,
    streamType: 'docking',
    streamId: dockingId,
    initial: initialDocking,
    evolve: evolveDocked,
    decide: (state, { now }) => rule(state, now),
    result: () => result,
    what,
  })
  return isRefusal(done) ? done : (done.result as DockingDone)
}

/** The same device with the same list goes on with its docking; a clock that was read meanwhile is added to it. */
export const beginDocking = async (
  deps: DockingDeps,
  c: Begin,
  b: decide.BeginDocking,
): Promise<DockingDone | Refusal> => {
  const { actor } = c
  const before = await begunBefore(deps, c, b)
  if (before === undefined) {
    const dockingId = randomUUID()
    const rule = (s: DockingState, now: string) => decide.beginDocking(s, b, { now, actor })
    return write(deps, { ...c, dockingId }, rule, { version: 1, id: dockingId })
  }
  const { id, version } = before
  const { clock } = b
  if (clock === undefined) return { id, version }
  const rule = (s: DockingState, now: string) => decide.readClock(s, clock, { now, actor })
  return write(deps, { ...c, dockingId: id }, rule, { version: version + 1, id })
}
