import type { Actor, NewEvent, RecordedEvent, StreamType } from '@liuhen/domain/event'
import { isRefusal, type Decision, type Refusal } from '@liuhen/domain/refusal'
import { inTransaction, type Tx } from '../postgres/transaction.ts'
import { afterConflict, appended } from './append.ts'
import { readCommandIn, readStreamIn } from './read-stream.ts'
import { recordAttempt } from './record-attempt.ts'
import type { Appended, Job, Store } from './store.ts'
import { lockStreams, openStreams, sealCommand, staleVersion, write, type Append } from './write.ts'

export type Execution<S, E extends NewEvent> = Readonly<{
  commandId: string
  agencyId: string
  actor: Actor
  streamType: StreamType
  streamId: string
  initial: S
  evolve: (state: S, event: RecordedEvent & E) => S
  /**
   * Pure, or asks the transaction for what must not be given twice (a document's number). The stream is locked until
   * the end of the transaction, so `state` is the latest.
   */
  decide: (
    state: S,
    at: Readonly<{ now: string; tx: Tx; version: number }>,
  ) => Decision<E> | Promise<Decision<E>>
  jobs?: (events: readonly E[]) => readonly Job[]
  result?: (events: readonly E[]) => unknown
  /** What was tried, in words of the API, for the log of refused attempts. Defaults to the stream type. */
  what?: string
}>

/** What a stream holds was written by its own decide, so its events are of its own union. */
const own = <E extends NewEvent>(event: RecordedEvent) => event as RecordedEvent & E

const asAppend = <S, E extends NewEvent>(
  x: Execution<S, E>,
  version: number,
  events: readonly E[],
): Append => ({
  commandId: x.commandId,
  agencyId: x.agencyId,
  actor: x.actor,
  appends: [{ streamType: x.streamType, streamId: x.streamId, expectedVersion: version, events }],
  ...(x.jobs === undefined ? {} : { jobs: x.jobs(events) }),
  ...(x.result === undefined ? {} : { result: x.result(events) }),
})

const attempt = async <S, E extends NewEvent>(
  tx: Tx,
  store: Store,
  x: Execution<S, E>,
): Promise<Appended | Refusal> => {
  const lock = lockStreams(tx, [x.streamId])
  const opened = openStreams(tx, x.agencyId, [x.commandId], [x.streamId])
  const [, streams, past] = await Promise.all([lock, opened, readStreamIn(tx, x.streamId)])
  if (streams.isDone(x.commandId)) return readCommandIn(tx, x.commandId)
  const state = past.reduce((s, event) => x.evolve(s, own<E>(event)), x.initial)
  const now = await store.clock.now()
  const decided = await x.decide(state, { now, tx, version: past.length })
  if (isRefusal(decided)) return decided
  const stamp = { recordedAt: now, clock: store.clock.kind }
  const sealed = sealCommand(asAppend(x, past.length, decided), streams, stamp)
  if (sealed === undefined) return staleVersion()
  await write(tx, store, [sealed], now)
  return appended(sealed)
}

/** A refusal must not keep what decide took from the transaction. */
class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/**
 * Loads a stream, folds it, decides and appends, in one transaction in which the stream is locked. A refusal comes back
 * as it is, and the attempt is recorded.
 */
export const execute = async <S, E extends NewEvent>(
  store: Store,
  x: Execution<S, E>,
): Promise<Appended | Refusal> => {
  try {
    const done = await inTransaction(store.pool, async (tx) => {
      const outcome = await attempt(tx, store, x)
      if (isRefusal(outcome)) throw new Refused(outcome)
      return outcome
    })
    if (!done.replayed) store.wake?.()
    return done
  } catch (error) {
    if (!(error instanceof Refused)) return afterConflict(error, store, asAppend(x, 0, []))
    await recordAttempt(store, {
      agencyId: x.agencyId,
      actor: x.actor,
      what: x.what ?? x.streamType,
      streamId: x.streamId,
      refusal: error.refusal,
    })
    return error.refusal
  }
}
