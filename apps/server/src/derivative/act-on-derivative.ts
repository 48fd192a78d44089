import type { DerivativeEvent } from '@liuhen/domain/derivative/events'
import { type DerivativeState, initialDerivative } from '@liuhen/domain/derivative/state'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Decision, type Refusal } from '@liuhen/domain/refusal'
import { execute } from '../event-store/execute.ts'
import type { Job } from '../event-store/store.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import type { Tx } from '../postgres/transaction.ts'
import { evolveDerived, type LoadedDerivative } from './load-derivative.ts'

export type DerivativeCommand = Readonly<{
  commandId: string
  actor: Actor
  derivativeId: string
  /** The route's id, for the log of refused attempts. */
  what: string
}>
export type DerivativeDone = Readonly<{ version: number; id: string }>

export type AtDerivative = Readonly<{ tx: Tx; now: string; actor: Actor; loaded: LoadedDerivative }>
export type DecideDerivative = (
  at: AtDerivative,
) => Decision<DerivativeEvent> | Promise<Decision<DerivativeEvent>>

type Deps = Pick<CaseDeps, 'store'>

/**
 * A command on a copy. It is decided and written in one transaction: a number that it takes is given back where it does
 * not come about, and the same command again takes none.
 */
export const actOnDerivative = async (
  { store }: Deps,
  { commandId, actor, derivativeId, what }: DerivativeCommand,
  decide: DecideDerivative,
  jobs: readonly Job[] = [],
): Promise<DerivativeDone | Refusal> => {
  const done = { version: 0, id: derivativeId }
  const outcome = await execute<DerivativeState, DerivativeEvent>(store, {
    commandId,
    agencyId: actor.agencyId,
    actor,
    streamType: 'derivative',
    streamId: derivativeId,
    initial: initialDerivative,
    evolve: evolveDerived,
    decide: async (state, { now, tx, version }) => {
      done.version = version
      return decide({ tx, now, actor, loaded: { state, version } })
    },
    jobs: (events) => (events.length === 0 ? [] : jobs),
    result: (events) => ({ ...done, version: done.version + events.length }),
    what,
  })
  return isRefusal(outcome) ? outcome : (outcome.result as DerivativeDone)
}
