import { DerivativeEvent } from '@liuhen/domain/derivative/events'
import { type DerivativeState, evolveDerivative, initialDerivative } from '@liuhen/domain/derivative/state'
import type { RecordedEvent } from '@liuhen/domain/event'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Tx } from '../postgres/transaction.ts'

/** A stream of another noun is no derivative. */
export const evolveDerived = (state: DerivativeState, event: RecordedEvent): DerivativeState =>
  event.streamType === 'derivative'
    ? evolveDerivative(state, DerivativeEvent.parse(event), event.actor)
    : state

export type LoadedDerivative = Readonly<{
  state: DerivativeState
  version: number
  /** Version of the event that says what was made. */
  madeVersion?: number | undefined
}>

/** Inside a transaction that has its agency set: what other agencies have does not exist. */
export const loadDerivative = async (tx: Tx, id: string): Promise<LoadedDerivative> => {
  const events = await readStreamIn(tx, id)
  return {
    state: events.reduce(evolveDerived, initialDerivative),
    version: events.length,
    madeVersion: events.findLast((e) => e.type === 'DerivativeMade')?.version,
  }
}
