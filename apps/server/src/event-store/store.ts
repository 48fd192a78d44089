import type { Pool } from 'pg'
import type { RecordedEvent } from '@liuhen/domain/event'
import type { Clock } from '../clock/clock.ts'
import type { Tx } from '../postgres/transaction.ts'

/**
 * Tables that screens read, made from events. `apply` runs in the transaction of the event, in the order of the record;
 * it writes only its own tables and reads nothing but them, so that replaying gives the same rows. Commands of a group
 * are applied side by side in one transaction: rows that several streams share are changed by single statements.
 */
export type Projection = Readonly<{
  name: string
  /** With their schema, in an order in which they may be emptied together. */
  tables: readonly string[]
  apply(tx: Tx, event: RecordedEvent): Promise<void>
}>

export type Store = Readonly<{
  pool: Pool
  clock: Clock
  projections: readonly Projection[]
  /** Told after a commit that leaves are waiting. */
  wake?: () => void
}>

export type Job = Readonly<{
  name: string
  payload: Readonly<Record<string, unknown>>
  /** A job with the same key that still waits is replaced. */
  key?: string
  queue?: string
  runAt?: string
  maxAttempts?: number
}>

export type Appended = Readonly<{
  events: readonly RecordedEvent[]
  /** The command had its effect before; nothing was done now. */
  replayed: boolean
  result?: unknown
}>
