import { randomUUID } from 'node:crypto'
import * as decide from '@liuhen/domain/docking/commands'
import type { DockingEvent } from '@liuhen/domain/docking/events'
import { initialDocking, type DockingState } from '@liuhen/domain/docking/state'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { execute } from '../event-store/execute.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import type { DockingCommand, DockingDeps, DockingDone } from './docking-deps.ts'
import { evolveDocked } from './load-docking.ts'
import { listDigest } from './project-docking.ts'

const SAME = `SELECT docking_id AS id, version FROM app.docking_row
  WHERE status <> 'cleared' AND device_id = $1 AND list_digest = $2 ORDER BY begun_at DESC LIMIT 1`

/** A card that was pulled out and comes back unchanged. */
const begunBefore = async (tx: Tx, b: decide.BeginDocking): Promise<DockingDone | undefined> =>
  (await tx.query<{ id: string; version: number }>(SAME, [b.deviceId, listDigest(b.files)])).rows[0]

export const beginDocking = async (
  { store }: DockingDeps,
  c: Omit<DockingCommand, 'dockingId'>,
  b: decide.BeginDocking,
): Promise<DockingDone | Refusal> => {
  const { commandId, actor, what } = c
  const { agencyId } = actor
  const before = await withAgency(store, agencyId, (tx) => begunBefore(tx, b))
  if (before !== undefined) return before
  const streamId = randomUUID()
  const result: DockingDone = { version: 1, id: streamId }
  const done = await execute<DockingState, DockingEvent>(store, {
    commandId,
    agencyId,
    actor,
    streamType: 'docking',
    streamId,
    initial: initialDocking,
    evolve: evolveDocked,
    decide: (state, { now }) => decide.beginDocking(state, b, { now, actor }),
    result: () => result,
    what,
  })
  return isRefusal(done) ? done : (done.result as DockingDone)
}
