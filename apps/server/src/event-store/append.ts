import { DatabaseError, type Pool } from 'pg'
import type { Refusal } from '@liuhen/domain/refusal'
import { inTransaction } from '../postgres/transaction.ts'
import { readCommand } from './read-stream.ts'
import type { Appended, Store } from './store.ts'
import {
  lockStreams,
  openStreams,
  sealCommand,
  staleVersion,
  write,
  type Append,
  type Sealed,
} from './write.ts'

export type { Append, StreamAppend } from './write.ts'

type Outcome = Appended | Refusal

const conflictOf = (error: unknown): string | undefined =>
  error instanceof DatabaseError && error.code === '23505' ? error.constraint : undefined

/** What a lost race means: the same command won it, or another one did. Anything else is an error. */
export const afterConflict = async (error: unknown, store: Store, input: Append): Promise<Outcome> => {
  const constraint = conflictOf(error)
  if (constraint === 'event_stream_version') return staleVersion()
  if (constraint === 'command_pkey') return readCommand(store, input.agencyId, input.commandId)
  throw error
}

export const appended = ({ input, events }: Sealed): Appended => ({
  events: events.map((e) => e.event),
  replayed: false,
  ...(input.result === undefined ? {} : { result: input.result }),
})

type Attempted = Readonly<{ input: Append; outcome: 'done' | Refusal | Sealed }>

/** One transaction for several commands of one agency; whichever is done already or stale is left out. */
const attempt = (store: Store, inputs: readonly Append[]): Promise<readonly Attempted[]> =>
  inTransaction(store.pool, async (tx) => {
    const streamIds = inputs.flatMap((input) => input.appends.map((a) => a.streamId))
    const commandIds = inputs.map((input) => input.commandId)
    const [, opened] = await Promise.all([
      lockStreams(tx, streamIds),
      openStreams(tx, inputs[0]?.agencyId ?? '', commandIds, streamIds),
    ])
    const stamp = { recordedAt: await store.clock.now(), clock: store.clock.kind }
    const attempted = inputs.map((input): Attempted => {
      if (opened.isDone(input.commandId)) return { input, outcome: 'done' }
      return { input, outcome: sealCommand(input, opened, stamp) ?? staleVersion() }
    })
    const sealed = attempted.flatMap(({ outcome }) =>
      outcome === 'done' || 'refused' in outcome ? [] : [outcome],
    )
    await write(tx, store, sealed, stamp.recordedAt)
    return attempted
  })

const settle = async (store: Store, { input, outcome }: Attempted): Promise<Outcome> => {
  if (outcome === 'done') return readCommand(store, input.agencyId, input.commandId)
  return 'refused' in outcome ? outcome : appended(outcome)
}

const appendOne = async (store: Store, input: Append): Promise<Outcome> => {
  try {
    const [only] = await attempt(store, [input])
    if (only === undefined) throw new Error('one command has one outcome')
    return await settle(store, only)
  } catch (error) {
    return afterConflict(error, store, input)
  }
}

type Waiting = Readonly<{ store: Store; input: Append; done(outcome: Promise<Outcome>): void }>
type Queue = { waiting: Waiting[]; running: number; isPlanned: boolean }

/** One group computes while the other's commit is on its way to the disk; more would only make the groups smaller. */
const MAX_RUNNING = 2
const MAX_GROUP = 32
const queues = new WeakMap<Pool, Queue>()

/** The first that waits, and those behind it that can share its transaction: same agency, other streams and commands. */
const takeGroup = (queue: Queue): readonly Waiting[] => {
  const group: Waiting[] = []
  const taken = new Set<string>()
  const rest: Waiting[] = []
  for (const one of queue.waiting) {
    const keys = [one.input.commandId, ...one.input.appends.map((a) => a.streamId)]
    const first = group[0]
    const fits =
      group.length < MAX_GROUP &&
      (first === undefined || (first.store === one.store && first.input.agencyId === one.input.agencyId)) &&
      keys.every((key) => !taken.has(key))
    // A command that stays keeps its place before later ones of its streams.
    for (const key of keys) taken.add(key)
    ;(fits ? group : rest).push(one)
  }
  queue.waiting = rest
  return group
}

const runGroup = async (store: Store, group: readonly Waiting[]): Promise<void> => {
  const inputs = group.map((one) => one.input)
  const attempted = group.length === 1 ? undefined : await attempt(store, inputs).catch(() => undefined)
  // One that fails must not fail its neighbours: then each goes alone, and its error is its own.
  group.forEach((one, i) => {
    const outcome = attempted?.[i]
    one.done(outcome === undefined ? appendOne(store, one.input) : settle(store, outcome))
  })
}

const pump = (queue: Queue): void => {
  queue.isPlanned = false
  while (queue.running < MAX_RUNNING && queue.waiting.length > 0) {
    const group = takeGroup(queue)
    const store = group[0]?.store
    if (store === undefined) return
    queue.running += 1
    const outcomes = runGroup(store, group)
    void outcomes.finally(() => {
      queue.running -= 1
      store.wake?.()
      plan(queue)
    })
  }
}

/** Not at once: whoever was just answered may ask again in this turn of the event loop, and then goes along. */
const plan = (queue: Queue): void => {
  if (queue.isPlanned) return
  queue.isPlanned = true
  setImmediate(pump, queue)
}

/**
 * The only way into the record, with `execute`: events, payloads, pending leaves, projections, jobs and the command's
 * result in one transaction. Commands that come while others are being written share the next transaction (group
 * commit). Refuses with `stale-version` when a stream is not at the version that was expected.
 */
export const append = (store: Store, input: Append): Promise<Outcome> => {
  const queue = queues.get(store.pool) ?? { waiting: [], running: 0, isPlanned: false }
  queues.set(store.pool, queue)
  return new Promise<Outcome>((done) => {
    queue.waiting.push({ store, input, done })
    plan(queue)
  })
}
