import { DockingEvent } from '@liuhen/domain/docking/events'
import { evolveDocking, initialDocking, type DockingState } from '@liuhen/domain/docking/state'
import type { RecordedEvent } from '@liuhen/domain/event'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Tx } from '../postgres/transaction.ts'

/** The store hands out any event; here it becomes one of a docking's. A stream of another noun is no docking. */
export const evolveDocked = (state: DockingState, event: RecordedEvent): DockingState =>
  event.streamType === 'docking' ? evolveDocking(state, DockingEvent.parse(event), event.actor.userId) : state

export type LoadedDocking = Readonly<{ state: DockingState; version: number }>

/** Inside a transaction that has its agency set: what other agencies have does not exist. */
export const loadDocking = async (tx: Tx, dockingId: string): Promise<LoadedDocking> => {
  const events = await readStreamIn(tx, dockingId)
  return { state: events.reduce(evolveDocked, initialDocking), version: events.length }
}

export const noSuchDocking = (): Refusal =>
  refuse('not-found', '没有找到这次采集。', '请从采集列表中重新打开。')
