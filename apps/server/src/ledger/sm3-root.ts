import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import {
  growOverLog,
  grownIn,
  NOTHING_GROWN,
  SM3_ROOT_EVENT,
  Sm3Root,
  statementOf,
} from '@liuhen/ledger/sm3-root'
import { append } from '../event-store/append.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Store } from '../event-store/store.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import { withAgency } from '../postgres/transaction.ts'
import { readLogFile } from './log-folder.ts'
import { publishStream, SM3_ROOTS_FILE } from './published-keys.ts'

type Latest = { size: number }
type Row = { version: number; bytes: Buffer }

const streamOf = (agencyId: string): string => derivedId('sm3-root', agencyId)

/** Where the roots stand: the agency that has them already, whoever was founded since; the first of all for a new log. */
const agencyOf = async (store: Store): Promise<string | undefined> => {
  const { rows } = await store.pool.query<{ id: string }>('SELECT app.list_agencies() AS id ORDER BY id')
  for (const { id } of rows) {
    const has = await withAgency(store, id, (tx) =>
      tx.query('SELECT FROM record.event WHERE stream_id = $1 LIMIT 1', [streamOf(id)]),
    )
    if (has.rowCount === 1) return id
  }
  return rows[0]?.id
}

/**
 * States the SM3 root of all entries under the newest checkpoint, going on from the last one stated. Returns its size, or
 * undefined where the log has not grown by more than that statement itself, or its bundles cannot be read.
 */
export const stateSm3Root = async (store: Store, logFolder: string): Promise<number | undefined> => {
  const { rows } = await store.pool.query<Latest>(
    'SELECT size FROM log.checkpoint ORDER BY size DESC LIMIT 1',
  )
  const agencyId = await agencyOf(store)
  if (rows[0] === undefined || agencyId === undefined) return undefined
  const { size } = rows[0]
  const streamId = streamOf(agencyId)
  const last = await withAgency(store, agencyId, async (tx) => {
    // What is under the checkpoint by now, the one of yesterday among it.
    await publishStream(tx, { streamId, path: join(logFolder, SM3_ROOTS_FILE), size })
    const found = await tx.query<Row>(
      `SELECT e.version, p.bytes FROM record.event e JOIN record.payload p ON p.event_id = e.event_id AND p.part = 'public'
        WHERE e.stream_id = $1 ORDER BY e.version DESC LIMIT 1`,
      [streamId],
    )
    return found.rows[0]
  })
  const from = last === undefined ? NOTHING_GROWN : grownIn(Sm3Root.parse(JSON.parse(last.bytes.toString())))
  if (size <= from.size + 1) return undefined
  const read = (path: string) => readLogFile(logFolder, path)
  const grown = await growOverLog(nodeHashes.sm3, from, size, { size, read })
  if (grown === undefined) return undefined
  const event = {
    type: SM3_ROOT_EVENT,
    schemaVersion: 1,
    occurredAt: await store.clock.now(),
    data: { public: statementOf(nodeHashes.sm3, grown) },
  }
  const done = await append(store, {
    commandId: randomUUID(),
    agencyId,
    actor: systemActor(agencyId),
    appends: [{ streamType: 'log', streamId, expectedVersion: last?.version ?? 0, events: [event] }],
  })
  // Two machines at once: one of them wrote it.
  return 'refused' in done ? undefined : size
}
