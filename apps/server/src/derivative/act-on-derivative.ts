import type { DerivativeEvent } from '@liuhen/domain/derivative/events'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Decision, type Refusal } from '@liuhen/domain/refusal'
import { append } from '../event-store/append.ts'
import { recordAttempt } from '../event-store/record-attempt.ts'
import type { Job } from '../event-store/store.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { loadDerivative, type LoadedDerivative } from './load-derivative.ts'

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

const ATTEMPTS = 8

type Deps = Pick<CaseDeps, 'store'>

const tryOnce = async (
  { store }: Deps,
  { actor, derivativeId, commandId }: DerivativeCommand,
  decide: DecideDerivative,
  jobs: readonly Job[],
): Promise<DerivativeDone | Refusal> => {
  const { agencyId } = actor
  const decided = await withAgency(store, agencyId, async (tx) => {
    const loaded = await loadDerivative(tx, derivativeId)
    const events = await decide({ tx, now: await store.clock.now(), actor, loaded })
    return isRefusal(events) ? events : { events, version: loaded.version }
  })
  if (isRefusal(decided)) return decided
  const { events, version } = decided
  const result = { version: version + events.length, id: derivativeId }
  if (events.length === 0) return result
  const own = { streamType: 'derivative' as const, streamId: derivativeId, expectedVersion: version, events }
  const done = await append(store, { commandId, agencyId, actor, appends: [own], result, jobs })
  return isRefusal(done) ? done : (done.result as DerivativeDone)
}

/** A command on a copy; somebody who writes to it in between only makes us decide again. */
export const actOnDerivative = async (
  deps: Deps,
  c: DerivativeCommand,
  decide: DecideDerivative,
  jobs: readonly Job[] = [],
): Promise<DerivativeDone | Refusal> => {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(deps, c, decide, jobs)
    if (!isRefusal(outcome)) return outcome
    if (outcome.code === 'stale-version' && attempt < ATTEMPTS) continue
    const { actor, what, derivativeId: streamId } = c
    await recordAttempt(deps.store, { agencyId: actor.agencyId, actor, what, streamId, refusal: outcome })
    return outcome
  }
}
