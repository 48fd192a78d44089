import { DisposalEvent } from '@liuhen/domain/disposal/events'
import { type BatchState, evolveBatch, initialBatch } from '@liuhen/domain/disposal/state'
import type { Actor, RecordedEvent } from '@liuhen/domain/event'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Tx } from '../postgres/transaction.ts'

/** A stream of another noun is no batch. */
export const evolveDisposal = (state: BatchState, event: RecordedEvent): BatchState =>
  event.streamType === 'disposal' ? evolveBatch(state, DisposalEvent.parse(event), event.actor) : state

export type LoadedBatch = Readonly<{
  state: BatchState
  version: number
  /** Who had it carried out. */
  orderedBy?: Actor
}>

/** Inside a transaction that has its agency set: what other agencies have does not exist. */
export const loadBatch = async (tx: Tx, batchId: string): Promise<LoadedBatch> => {
  const events = await readStreamIn(tx, batchId)
  const ordered = events.find((e) => e.type === 'DisposalOrdered')
  return {
    state: events.reduce(evolveDisposal, initialBatch),
    version: events.length,
    ...(ordered === undefined ? {} : { orderedBy: ordered.actor }),
  }
}
