import type { DisposalEvent } from '@liuhen/domain/disposal/events'
import type { BatchState } from '@liuhen/domain/disposal/state'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Decision, type Refusal } from '@liuhen/domain/refusal'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { append, type StreamAppend } from '../event-store/append.ts'
import { recordAttempt } from '../event-store/record-attempt.ts'
import type { Job } from '../event-store/store.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { type LoadedBatch, loadBatch } from './load-batch.ts'

export type DisposalCommand = Readonly<{
  commandId: string
  actor: Actor
  batchId: string
  /** The route's id, for the log of refused attempts. */
  what: string
}>
export type DisposalDone = Readonly<{ version: number; id: string }>

export type AtDisposal = Readonly<{ tx: Tx; now: string; actor: Actor; batch: LoadedBatch }>
export type DisposalDecision =
  | Decision<DisposalEvent>
  | Readonly<{
      events: readonly DisposalEvent[]
      /** What other streams are told in the same transaction: both or neither. */
      others: readonly StreamAppend[]
    }>
export type DecideDisposal = (s: BatchState, at: AtDisposal) => DisposalDecision | Promise<DisposalDecision>

const ATTEMPTS = 8

const decided = (
  deps: CaseDeps,
  { actor, batchId }: DisposalCommand,
  decide: DecideDisposal,
): Promise<readonly StreamAppend[] | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const batch = await loadBatch(tx, batchId)
    const now = await deps.store.clock.now()
    const outcome = await decide(batch.state, { tx, now, actor, batch })
    if (isRefusal(outcome)) return outcome
    const { events, others } = 'events' in outcome ? outcome : { events: outcome, others: [] }
    if (events.length === 0) return []
    return [{ streamType: 'disposal', streamId: batchId, expectedVersion: batch.version, events }, ...others]
  })

const tryOnce = async (
  deps: CaseDeps,
  c: DisposalCommand,
  decide: DecideDisposal,
  jobs: readonly Job[],
): Promise<DisposalDone | Refusal> => {
  const appends = await decided(deps, c, decide)
  if (isRefusal(appends)) return appends
  const [own] = appends
  if (own === undefined) return { version: 0, id: c.batchId }
  const done = await append(deps.store, {
    commandId: c.commandId,
    agencyId: c.actor.agencyId,
    actor: c.actor,
    appends,
    result: { version: own.expectedVersion + own.events.length, id: c.batchId },
    jobs,
  })
  return isRefusal(done) ? done : (done.result as DisposalDone)
}

/**
 * A command on a batch, with what its cases and recordings are told: every stream is written at the version at which it
 * was weighed, so a hold that comes in between only makes us weigh again.
 */
export const actOnDisposal = async (
  deps: CaseDeps,
  c: DisposalCommand,
  decide: DecideDisposal,
  jobs: readonly Job[] = [],
): Promise<DisposalDone | Refusal> => {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(deps, c, decide, jobs)
    if (!isRefusal(outcome)) return outcome
    if (outcome.code === 'stale-version' && attempt < ATTEMPTS) continue
    const { actor, what, batchId } = c
    const { agencyId } = actor
    await recordAttempt(deps.store, { agencyId, actor, what, streamId: batchId, refusal: outcome })
    return outcome
  }
}
