import { setTimeout as pause } from 'node:timers/promises'
import { inclusionRanges } from '@liuhen/ledger/merkle'
import { rangesFromTiles } from '@liuhen/ledger/tiles'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Store } from '../event-store/store.ts'
import { withAgency } from '../postgres/transaction.ts'
import { tileReader } from './log-folder.ts'
import { newestWitnessed } from './newest-witnessed.ts'
import type { WitnessPolicy } from './witness-policy.ts'

export type Inclusion = Readonly<{ eventId: string; index: number; hashes: readonly Uint8Array[] }>
export type Inclusions = Readonly<{
  /** The signed note, verbatim; all proofs end in its root. Absent before the first checkpoint. */
  checkpoint?: string
  size: number
  included: readonly Inclusion[]
  /** Committed, and not yet under this checkpoint: a matter of a second. */
  pending: readonly string[]
}>

type LogReader = Readonly<{ pool: Store['pool']; logFolder: string }>

/** Where events stand in the log, under the latest checkpoint or the one of a size, with proofs from the tiles. */
export const inclusionFor = async (
  deps: LogReader,
  agencyId: string,
  eventIds: readonly string[],
  atSize?: number,
): Promise<Inclusions> => {
  const [signed, placed] = await withAgency(deps, agencyId, (tx) =>
    Promise.all([
      tx.query<{ size: number; note: string }>(
        'SELECT size, note FROM log.published WHERE $1::bigint IS NULL OR size = $1 ORDER BY size DESC LIMIT 1',
        [atSize ?? null],
      ),
      tx.query<{ event_id: string; leaf_index: number }>(
        `SELECT e.event_id, l.leaf_index FROM record.event e JOIN log.leaf l USING (position)
         WHERE e.event_id = ANY ($1) ORDER BY l.leaf_index`,
        [eventIds],
      ),
    ]),
  )
  const size = signed.rows[0]?.size ?? 0
  const covered = placed.rows.filter((row) => row.leaf_index < size)
  const log = { read: tileReader(deps.logFolder), size }
  const included = await Promise.all(
    covered.map(async (row) => ({
      eventId: row.event_id,
      index: row.leaf_index,
      hashes: await rangesFromTiles(nodeHashes.sha256, log, inclusionRanges(row.leaf_index, size)),
    })),
  )
  const found = new Set(included.map((i) => i.eventId))
  const checkpoint = signed.rows[0]?.note
  return {
    ...(checkpoint === undefined ? {} : { checkpoint }),
    size,
    included,
    pending: eventIds.filter((id) => !found.has(id)),
  }
}

/** Waits until all of these events are under a checkpoint; throws when the log does not get there. */
export const waitForInclusion = async (
  deps: LogReader,
  agencyId: string,
  eventIds: readonly string[],
  timeoutMs = 30_000,
): Promise<Inclusions> => {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const now = await inclusionFor(deps, agencyId, eventIds)
    if (now.pending.length === 0) return now
    if (performance.now() > deadline) throw new Error('日志没有跟上，请检查签名器与日志进程后重试。')
    await pause(50)
  }
}

/**
 * The newest checkpoint, from this size on, under which enough witnesses stand; waits a little for them, and goes without
 * when they do not come: undefined.
 */
export const waitForWitnesses = async (
  pool: Store['pool'],
  fromSize: number,
  witnesses: WitnessPolicy,
  timeoutMs = 15_000,
): Promise<number | undefined> => {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const found = await newestWitnessed(pool, witnesses, fromSize)
    if (found !== undefined || performance.now() > deadline) return found?.size
    await pause(100)
  }
}
