import type { DockingEvent } from '@liuhen/domain/docking/events'
import { initialDocking, type DockingState } from '@liuhen/domain/docking/state'
import { isRefusal, type Decision, type Refusal } from '@liuhen/domain/refusal'
import { execute } from '../event-store/execute.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { DockingCommand, DockingDeps, DockingDone } from './docking-deps.ts'
import { evolveDocked } from './load-docking.ts'

export type DecideDocking = (
  state: DockingState,
  at: Readonly<{ now: string; tx: Tx }>,
) => Decision<DockingEvent> | Promise<Decision<DockingEvent>>

/** A command on one docking. `version` is that of its last event; of a command that changed nothing, `unchanged`. */
export const actOnDocking = async (
  { store }: DockingDeps,
  c: DockingCommand,
  decide: DecideDocking,
  unchanged = 0,
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
    decide,
    // A new docking's id is made for each attempt: the first one's is the answer to its repetition.
    result: () => dockingId,
    what,
  })
  if (isRefusal(done)) return done
  const id = typeof done.result === 'string' ? done.result : dockingId
  return { version: done.events.at(-1)?.version ?? unchanged, id }
}
