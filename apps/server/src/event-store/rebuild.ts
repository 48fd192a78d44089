import { escapeIdentifier, type Client } from 'pg'
import { readRecord } from './read-stream.ts'
import type { Projection } from './store.ts'

const BATCH = 500

const qualified = (table: string): string =>
  table
    .split('.')
    .map((part) => escapeIdentifier(part))
    .join('.')

/**
 * Empties the tables of the projections and replays the whole record into them, in one transaction: until it ends,
 * readers see the old rows. `owner` is a connection of the database's owner. Returns the number of events.
 */
export const rebuild = async (
  owner: Client,
  projections: readonly Projection[],
  onProgress: (events: number) => void = () => undefined,
): Promise<number> => {
  const tables = projections.flatMap((p) => p.tables)
  await owner.query('BEGIN')
  try {
    // Appending waits, so that no event falls between the replay and the commit.
    await owner.query('LOCK TABLE record.event IN SHARE MODE')
    if (tables.length > 0) await owner.query(`TRUNCATE ${tables.map(qualified).join(', ')}`)
    let events = 0
    for (let after = 0; ; ) {
      const batch = await readRecord(owner, after, BATCH)
      for (const { event } of batch) for (const p of projections) await p.apply(owner, event)
      events += batch.length
      onProgress(events)
      const last = batch.at(-1)
      if (last === undefined || batch.length < BATCH) break
      after = last.position
    }
    await owner.query('COMMIT')
    return events
  } catch (error) {
    await owner.query('ROLLBACK')
    throw error
  }
}
