import { randomUUID } from 'node:crypto'
import { toBase64, toHex } from '@liuhen/ledger/bytes'
import { append } from '../event-store/append.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Store } from '../event-store/store.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import { withAgency } from '../postgres/transaction.ts'

/** A log that says nothing for so long says that it is alive. */
export const HEARTBEAT_MINUTES = 10

type Row = {
  size: number
  root: Buffer
  quiet: boolean
  agency: string | null
  stamped: number | null
  stamped_at: Date | null
  token: Buffer | null
}

const LATEST = `
  SELECT k.size, k.root, k.signed_at < clock_timestamp() - $1 * interval '1 minute' AS quiet,
         (SELECT min(id) FROM app.list_agencies() AS id) AS agency,
         a.size AS stamped, a.stamped_at, a.token
    FROM log.checkpoint k LEFT JOIN LATERAL (SELECT * FROM log.anchor ORDER BY size DESC LIMIT 1) a ON true
   ORDER BY k.size DESC LIMIT 1`

/** What a leaf states of the log before it: whatever stands behind the leaf was written after that was signed and stamped. */
const statementOf = ({ size, root, stamped, stamped_at, token }: Row) => ({
  checkpoint: { size, root: toBase64(root) },
  ...(stamped === null || stamped_at === null || token === null
    ? {}
    : {
        stamp: {
          size: stamped,
          at: new Date(stamped_at).toISOString(),
          tokenSha256: toHex(nodeHashes.sha256(token)),
        },
      }),
})

/**
 * Puts an event into a log that has been quiet, so that silence and standstill differ: a watcher who sees no new checkpoint
 * for twice the time knows that it is not idle. Returns whether it wrote one.
 */
export const beat = async (store: Store, quietMinutes: number = HEARTBEAT_MINUTES): Promise<boolean> => {
  const { rows } = await store.pool.query<Row>(LATEST, [quietMinutes])
  const last = rows[0]
  if (last === undefined || !last.quiet || last.agency === null) return false
  const { agency: agencyId } = last
  const streamId = derivedId('heartbeat', agencyId)
  const now = await store.clock.now()
  const expectedVersion = await withAgency(store, agencyId, async (tx) => {
    const found = await tx.query<{ version: number | null }>(
      'SELECT max(version) AS version FROM record.event WHERE stream_id = $1',
      [streamId],
    )
    return found.rows[0]?.version ?? 0
  })
  const event = {
    type: 'LogHeartbeat',
    schemaVersion: 1,
    occurredAt: now,
    data: { public: statementOf(last) },
  }
  const done = await append(store, {
    commandId: randomUUID(),
    agencyId,
    actor: systemActor(agencyId),
    appends: [{ streamType: 'log', streamId, expectedVersion, events: [event] }],
  })
  // Two machines at once: one of them wrote it.
  return !('refused' in done)
}
