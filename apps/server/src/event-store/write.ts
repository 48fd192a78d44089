import type { Actor, NewEvent, StreamType } from '@liuhen/domain/event'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import type { Tx } from '../postgres/transaction.ts'
import { sealEvent, type SealedEvent } from './seal-event.ts'
import type { Job, Store } from './store.ts'

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

type Head = { stream_id: string; version: number | null; leaf_hash: Buffer | null; done: string[] }
export type Opened = Readonly<{ heads: readonly Head[]; isDone(commandId: string): boolean }>

/** Sets the agency, and tells the streams' heads and which commands are done. Send it first in a transaction. */
export const openStreams = async (
  tx: Tx,
  agencyId: string,
  commandIds: readonly string[],
  streamIds: readonly string[],
): Promise<Opened> => {
  const { rows } = await tx.query<Head>({
    name: 'open',
    text: 'SELECT stream_id, version, leaf_hash, done FROM record.open($1, $2, $3)',
    values: [agencyId, commandIds, streamIds],
  })
  const done = new Set(rows[0]?.done)
  return { heads: rows, isDone: (commandId) => done.has(commandId.toLowerCase()) }
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

export type Sealed = Readonly<{ input: Append; events: readonly SealedEvent[] }>
type Stamp = Readonly<{ recordedAt: string; clock: 'real' | 'simulated' }>

/** A command's events with their leaves; undefined when a stream is not at the version that was expected. */
export const sealCommand = (input: Append, opened: Opened, stamp: Stamp): Sealed | undefined => {
  const sealed: SealedEvent[] = []
  for (const { streamType, streamId, expectedVersion, events } of input.appends) {
    const head = opened.heads.find((h) => h.stream_id === streamId)
    let version = head?.version ?? 0
    if (version !== expectedVersion) return undefined
    let prevLeafHash: Uint8Array | null = head?.leaf_hash ?? null
    for (const event of events) {
      version += 1
      const place = { agencyId: input.agencyId, streamType, streamId, version, prevLeafHash }
      const one = sealEvent(event, place, { actor: input.actor, ...stamp })
      prevLeafHash = one.leafHash
      sealed.push(one)
    }
  }
  return { input, events: sealed }
}

const values = (commands: readonly Sealed[], agencyId: string, recordedAt: string): unknown[] => {
  const events = commands.flatMap((c) => c.events)
  const parts = events.flatMap(({ event, parts: p }) =>
    Object.entries(p).map(([name, part]) => ({ event, name, part })),
  )
  return [
    agencyId,
    recordedAt,
    commands.map((c) => c.input.commandId),
    commands.map((c) => `{${c.events.map((e) => e.event.id).join(',')}}`),
    commands.map((c) => (c.input.result === undefined ? null : JSON.stringify(c.input.result))),
    events.map((s) => s.event.id),
    events.map((s) => s.event.streamType),
    events.map((s) => s.event.streamId),
    events.map((s) => s.event.version),
    events.map((s) => s.event.type),
    events.map((s) => s.entry),
    events.map((s) => s.leafHash),
    parts.map((p) => p.event.id),
    parts.map((p) => p.name),
    parts.map((p) => p.part.salt),
    parts.map((p) => p.part.bytes),
  ]
}

const INSERT = `SELECT record.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`

const project = async (tx: Tx, store: Store, sealed: readonly SealedEvent[]): Promise<void> => {
  for (const { event } of sealed)
    for (const projection of store.projections) await projection.apply(tx, event)
}

/** The writing half, inside a transaction that `openStreams` opened: commands of one agency, in this order. */
export const write = async (
  tx: Tx,
  store: Store,
  commands: readonly Sealed[],
  recordedAt: string,
): Promise<void> => {
  const agencyId = commands[0]?.input.agencyId
  if (agencyId === undefined) return
  const jobs = commands.flatMap((c) => c.input.jobs ?? [])
  // Sent together: PostgreSQL takes them in this order and refuses what follows an error.
  await Promise.all([
    tx.query({ name: 'append', text: INSERT, values: values(commands, agencyId, recordedAt) }),
    ...commands.map((c) => project(tx, store, c.events)),
    jobs.length === 0 ? undefined : tx.query('SELECT queue.add($1)', [JSON.stringify(jobs)]),
  ])
}
