import { z } from 'zod'
import { Actor, StreamType, type RecordedEvent } from '@liuhen/domain/event'
import type { Part, PartName } from '@liuhen/ledger/leaf'
import { SHRED_EVENT, Shredding, shreddedIn } from '@liuhen/ledger/shredding'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import type { Appended, Store } from './store.ts'

type Row = {
  event_id: string
  agency_id: string
  stream_type: string
  stream_id: string
  version: number
  type: string
  recorded_at: string
  entry: Buffer
  leaf_hash: Buffer
  parts: PartName[]
  salts: Buffer[]
  payloads: Buffer[]
}

/** An event with everything that proves it, for packages and checks. */
export type StoredEvent = Readonly<{
  event: RecordedEvent
  entry: Uint8Array
  leafHash: Uint8Array
  parts: Readonly<Partial<Record<PartName, Part>>>
}>

const COLUMNS = `e.event_id, e.agency_id, e.stream_type, e.stream_id, e.version, e.type, e.recorded_at, e.entry, e.leaf_hash,
  p.parts, p.salts, p.payloads
  FROM record.event e CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(part), '{}') AS parts, coalesce(array_agg(salt), '{}') AS salts,
           coalesce(array_agg(bytes), '{}') AS payloads
    FROM record.payload WHERE event_id = e.event_id) p`

const Internal = z.object({
  envelope: z.object({
    actor: Actor,
    clock: z.enum(['real', 'simulated']),
    occurredAt: z.string(),
    schemaVersion: z.int(),
  }),
  data: z.unknown().optional(),
})

const partsOf = (row: Row): Partial<Record<PartName, Part>> => {
  const entries = row.parts.map((name, i) => {
    const salt = row.salts[i]
    const bytes = row.payloads[i]
    if (salt === undefined || bytes === undefined) throw new Error('the three arrays are of one length')
    return [name, { salt, bytes }] as const
  })
  return Object.fromEntries(entries)
}

const utf8 = new TextDecoder()
const valueOf = (part: Part | undefined): unknown =>
  part === undefined ? undefined : JSON.parse(utf8.decode(part.bytes))

/** After lawful disposal of the internal compartment nobody knows any more who it was. */
const shreddedEnvelope = (row: Row) => ({
  actor: { userId: '', name: '（已依法销毁）', roles: [], agencyId: row.agency_id },
  clock: 'real' as const,
  occurredAt: row.recorded_at,
  schemaVersion: 1,
})

/**
 * What an event of the stream let go of is read no more, whether its bytes are still there or not: nobody sees the time
 * between letting go and removing, nor what an old backup brings back.
 */
const withoutShredded = (rows: readonly Row[]): readonly Row[] => {
  const statements = rows
    .filter((r) => r.type === SHRED_EVENT)
    .map((r) => ({ version: r.version, statement: Shredding.parse(valueOf(partsOf(r).public)) }))
  if (statements.length === 0) return rows
  const goneBy = shreddedIn(statements)
  return rows.map((row) => {
    const kept = row.parts.map((part) => goneBy(row.leaf_hash, part) === undefined)
    const only = <T>(values: readonly T[]): T[] => values.filter((_, i) => kept[i] === true)
    return { ...row, parts: only(row.parts), salts: only(row.salts), payloads: only(row.payloads) }
  })
}

const storedEvent = (row: Row): StoredEvent => {
  const parts = partsOf(row)
  const internal = parts.internal === undefined ? undefined : Internal.parse(valueOf(parts.internal))
  const { actor, clock, occurredAt, schemaVersion } = internal?.envelope ?? shreddedEnvelope(row)
  const data = { public: valueOf(parts.public), internal: internal?.data, personal: valueOf(parts.personal) }
  return {
    event: {
      id: row.event_id,
      agencyId: row.agency_id,
      streamType: StreamType.parse(row.stream_type),
      streamId: row.stream_id,
      version: row.version,
      type: row.type,
      schemaVersion,
      occurredAt,
      recordedAt: row.recorded_at,
      clock,
      actor,
      data: {
        ...(data.public === undefined ? {} : { public: data.public }),
        ...(data.internal === undefined ? {} : { internal: data.internal }),
        ...(data.personal === undefined ? {} : { personal: data.personal }),
      },
    },
    entry: row.entry,
    leafHash: row.leaf_hash,
    parts,
  }
}

/** A stream's events with their leaves, salts and payload bytes, first to last; without what was let go of. */
export const readStored = async (tx: Tx, streamId: string): Promise<readonly StoredEvent[]> => {
  const { rows } = await tx.query<Row>({
    name: 'stream',
    text: `SELECT ${COLUMNS} WHERE e.stream_id = $1 ORDER BY e.version`,
    values: [streamId],
  })
  return withoutShredded(rows).map(storedEvent)
}

/** A stream's events inside a transaction that has its agency set. */
export const readStreamIn = async (tx: Tx, streamId: string): Promise<readonly RecordedEvent[]> =>
  (await readStored(tx, streamId)).map((s) => s.event)

/** A stream's events, first to last; none when the agency has no such stream. */
export const readStream = (
  store: Pick<Store, 'pool'>,
  agencyId: string,
  streamId: string,
): Promise<readonly RecordedEvent[]> => withAgency(store, agencyId, (tx) => readStreamIn(tx, streamId))

/** Events in the order of the record, after a position; for rebuilding and for checks. */
export const readRecord = async (tx: Tx, after: number, limit: number) => {
  const { rows } = await tx.query<Row & { position: number }>(
    `SELECT e.position, ${COLUMNS} WHERE e.position > $1 ORDER BY e.position LIMIT $2`,
    [after, limit],
  )
  return rows.map((row) => ({ position: row.position, ...storedEvent(row) }))
}

/** What a command that had its effect gave. */
export const readCommandIn = async (tx: Tx, commandId: string): Promise<Appended> => {
  const done = await tx.query<{ event_ids: string[]; result: unknown }>(
    `SELECT event_ids::text[], result FROM record.command
     WHERE command_id = $1 AND agency_id = ANY (string_to_array(current_setting('app.agency'), ','))`,
    [commandId],
  )
  const command = done.rows[0]
  if (command === undefined) throw new Error(`command ${commandId} has no row`)
  const { rows } = await tx.query<Row>(`SELECT ${COLUMNS} WHERE e.event_id = ANY ($1) ORDER BY e.position`, [
    command.event_ids,
  ])
  return { events: rows.map((row) => storedEvent(row).event), replayed: true, result: command.result }
}

export const readCommand = (
  store: Pick<Store, 'pool'>,
  agencyId: string,
  commandId: string,
): Promise<Appended> => withAgency(store, agencyId, (tx) => readCommandIn(tx, commandId))
