import { DatabaseError } from 'pg'
import type { Actor, NewEvent, RecordedEvent, StreamType } from '@liuhen/domain/event'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import { inTransaction, type Tx } from '../postgres/transaction.ts'
import { readCommand } from './read-stream.ts'
import { sealEvent, type SealedEvent } from './seal-event.ts'
import type { Appended, Job, Store } from './store.ts'

export type StreamAppend = Readonly<{
  streamType: StreamType
  streamId: string
  /** 0 for a stream that does not exist yet. */
  expectedVersion: number
  events: readonly NewEvent[]
}>

export type Append = Readonly<{
  /** A UUID from whoever asked; the same command again has no effect. */
  commandId: string
  agencyId: string
  actor: Actor
  appends: readonly StreamAppend[]
  jobs?: readonly Job[]
  /** Kept with the command and given again when it is repeated. */
  result?: unknown
}>

type Head = { stream_id: string; version: number | null; leaf_hash: Buffer | null; done: boolean }

/** Sets the agency, and tells the streams' heads and whether the command is done. Send it first in a transaction. */
export const openStreams = async (
  tx: Tx,
  agencyId: string,
  commandId: string,
  streamIds: readonly string[],
) => {
  const { rows } = await tx.query<Head>({
    name: 'open',
    text: 'SELECT stream_id, version, leaf_hash, done FROM record.open($1, $2, $3)',
    values: [agencyId, commandId, streamIds],
  })
  return rows
}

/** Whoever writes to a stream holds its lock until the transaction ends; several are taken in one order. */
export const lockStreams = (tx: Tx, streamIds: readonly string[]): Promise<unknown> =>
  tx.query({
    name: 'lock',
    text: `SELECT pg_advisory_xact_lock(key)
           FROM (SELECT DISTINCT hashtextextended(id, 0) AS key FROM unnest($1::text[]) AS id ORDER BY 1) AS keys`,
    values: [streamIds],
  })

export const staleVersion = (): Refusal =>
  refuse(
    'stale-version',
    '在您操作期间，别人已经先一步办理了这一事项。',
    '请刷新页面，查看最新情况后再办理。',
  )

const sealAll = (input: Append, heads: readonly Head[], recordedAt: string, clock: 'real' | 'simulated') => {
  const sealed: SealedEvent[] = []
  for (const append of input.appends) {
    const head = heads.find((h) => h.stream_id === append.streamId)
    let version = head?.version ?? 0
    if (version !== append.expectedVersion) return undefined
    let prevLeafHash: Uint8Array | null = head?.leaf_hash ?? null
    for (const event of append.events) {
      version += 1
      const { streamType, streamId } = append
      const place = { agencyId: input.agencyId, streamType, streamId, version, prevLeafHash }
      const one = sealEvent(event, place, { actor: input.actor, clock, recordedAt })
      prevLeafHash = one.leafHash
      sealed.push(one)
    }
  }
  return sealed
}

const insertValues = (input: Append, sealed: readonly SealedEvent[], recordedAt: string): unknown[] => {
  const parts = sealed.flatMap(({ event, parts: p }) =>
    Object.entries(p).map(([name, part]) => ({ event, name, part })),
  )
  return [
    input.agencyId,
    input.commandId,
    input.result === undefined ? null : JSON.stringify(input.result),
    sealed.map((s) => s.event.id),
    sealed.map((s) => s.event.streamType),
    sealed.map((s) => s.event.streamId),
    sealed.map((s) => s.event.version),
    sealed.map((s) => s.event.type),
    recordedAt,
    sealed.map((s) => s.entry),
    sealed.map((s) => s.leafHash),
    parts.map((p) => p.event.id),
    parts.map((p) => p.name),
    parts.map((p) => p.part.salt),
    parts.map((p) => p.part.bytes),
  ]
}

const INSERT = `SELECT record.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`

const project = async (tx: Tx, store: Store, events: readonly RecordedEvent[]): Promise<void> => {
  for (const event of events) for (const projection of store.projections) await projection.apply(tx, event)
}

/** The writing half, inside a transaction that `openStreams` opened. */
export const write = async (
  tx: Tx,
  store: Store,
  input: Append,
  heads: readonly Head[],
): Promise<readonly RecordedEvent[] | Refusal> => {
  const recordedAt = await store.clock.now()
  const sealed = sealAll(input, heads, recordedAt, store.clock.kind)
  if (sealed === undefined) return staleVersion()
  const events = sealed.map((s) => s.event)
  const jobs = input.jobs ?? []
  // Sent together: PostgreSQL takes them in this order and refuses what follows an error.
  await Promise.all([
    tx.query({ name: 'append', text: INSERT, values: insertValues(input, sealed, recordedAt) }),
    project(tx, store, events),
    jobs.length === 0 ? undefined : tx.query('SELECT queue.add($1)', [JSON.stringify(jobs)]),
  ])
  return events
}

const conflictOf = (error: unknown): string | undefined =>
  error instanceof DatabaseError && error.code === '23505' ? error.constraint : undefined

/** What a lost race means: the same command won it, or another one did. Anything else is an error. */
export const afterConflict = async (
  error: unknown,
  store: Store,
  input: Append,
): Promise<Appended | Refusal> => {
  const constraint = conflictOf(error)
  if (constraint === 'event_stream_version') return staleVersion()
  if (constraint === 'command_pkey') return readCommand(store, input.agencyId, input.commandId)
  throw error
}

/**
 * The only way into the record: events, payloads, pending leaves, projections, jobs and the command's result in one
 * transaction. Refuses with `stale-version` when a stream is not at the version that was expected.
 */
export const append = async (store: Store, input: Append): Promise<Appended | Refusal> => {
  try {
    const outcome = await inTransaction(store.pool, async (tx) => {
      const streamIds = input.appends.map((a) => a.streamId)
      const [, heads] = await Promise.all([
        lockStreams(tx, streamIds),
        openStreams(tx, input.agencyId, input.commandId, streamIds),
      ])
      return heads.some((h) => h.done) ? 'done' : write(tx, store, input, heads)
    })
    if (outcome === 'done') return await readCommand(store, input.agencyId, input.commandId)
    if ('refused' in outcome) return outcome
    store.wake?.()
    return {
      events: outcome,
      replayed: false,
      ...(input.result === undefined ? {} : { result: input.result }),
    }
  } catch (error) {
    return afterConflict(error, store, input)
  }
}
