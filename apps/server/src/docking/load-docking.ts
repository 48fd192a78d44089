import { DockingEvent } from '@liuhen/domain/docking/events'
import { evolveDocking, initialDocking, type DockingState } from '@liuhen/domain/docking/state'
import type { RecordedEvent } from '@liuhen/domain/event'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Tx } from '../postgres/transaction.ts'

/** The store hands out any event; here it becomes one of a docking's, or an error. */
export const evolveDocked = (state: DockingState, event: RecordedEvent): DockingState =>
  evolveDocking(state, DockingEvent.parse(event))

export type LoadedDocking = Readonly<{ state: DockingState; version: number }>

/** Inside a transaction that has its agency set: what other agencies have does not exist. */
export const loadDocking = async (tx: Tx, dockingId: string): Promise<LoadedDocking> => {
  const events = await readStreamIn(tx, dockingId)
  return {
    state: events.filter((e) => e.streamType === 'docking').reduce(evolveDocked, initialDocking),
    version: events.length,
  }
}

export const noSuchDocking = (): Refusal =>
  refuse('not-found', '没有找到这次采集。', '请从采集列表中重新打开。')
