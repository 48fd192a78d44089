import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { toHex } from '@liuhen/ledger/bytes'
import { systemClock } from '../apps/server/src/clock/clock.ts'
import { sealEvent } from '../apps/server/src/event-store/seal-event.ts'
import type { Store } from '../apps/server/src/event-store/store.ts'
import { createWake } from '../apps/server/src/ledger/wake-log.ts'
import { connect, createPool } from '../apps/server/src/postgres/pool.ts'
import { prepareDatabase } from '../apps/server/src/postgres/prepare-database.ts'
import { startPostgres } from '../apps/server/src/postgres/supervisor.ts'
import { actor, appending, event, median, rate } from './append.ts'
import type { BenchResult, Target } from './bench.ts'
import { measureInclusion } from './inclusion.ts'
import { measureFsck } from './ledger-fsck.ts'
import { measureVerify } from './verify.ts'

const WRITERS = 32
const REPEATS = 3
/** What a command does besides: reads its case, is judged. */
const OTHER_WORK_MS = 5
const LEAVES = Number(process.env['LIUHEN_BENCH_LEAVES'] ?? 1_000_000)
const PACKAGE = { bytes: 2_000_000_000, events: 100 }
/** Of a sample package without notes. */
const OWN_EVENTS = 5

const INSERT = `INSERT INTO record.event (event_id, agency_id, stream_type, stream_id, version, type, recorded_at, entry, leaf_hash)
  VALUES ($1, 'bench', 'case', $2, 1, 'StepCompleted', $3, $4, $5) RETURNING position`

type Place = 'queue' | 'counter'

/**
 * One event, one transaction, one commit, and the same work in both: the event waits in a queue for its index, or takes the
 * next one from a row that every transaction locks until it has committed.
 */
const transaction = (pool: Pool, place: Place, otherWorkMs: number) => async (): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(`SELECT set_config('app.agency', 'bench', true)`)
    const streamId = randomUUID()
    const recording = { actor, clock: 'real', recordedAt: new Date().toISOString() } as const
    const at = { agencyId: 'bench', streamType: 'case', streamId, version: 1, prevLeafHash: null } as const
    const { event: made, entry, leafHash } = sealEvent(event(), at, recording)
    const index =
      place === 'counter'
        ? (await client.query<{ n: number }>('UPDATE app.bench_counter SET n = n + 1 RETURNING n - 1 AS n'))
            .rows[0]?.n
        : undefined
    const values = [made.id, streamId, recording.recordedAt, entry, leafHash]
    const { rows } = await client.query<{ position: number }>({ name: 'bench-event', text: INSERT, values })
    const position = rows[0]?.position
    if (index === undefined) await client.query('INSERT INTO log.pending (position) VALUES ($1)', [position])
    else
      await client.query('INSERT INTO app.bench_leaf (leaf_index, position) VALUES ($1, $2)', [
        index,
        position,
      ])
    if (otherWorkMs > 0) await pause(otherWorkMs)
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}

const compare = async (pool: Pool): Promise<Record<string, number>> => {
  const figures: Record<string, number> = {}
  for (const work of [0, OTHER_WORK_MS]) {
    const found: Record<Place, number[]> = { queue: [], counter: [] }
    for (let i = 0; i < REPEATS; i++)
      for (const place of ['queue', 'counter'] as const)
        found[place].push(await rate(WRITERS, transaction(pool, place, work)))
    const [queue, counter] = [median(found.queue), median(found.counter)]
    const under = work === 0 ? 'nothing else' : `${work} ms of other work`
    figures[`queue/s, ${under}`] = Math.round(queue)
    figures[`counter row/s, ${under}`] = Math.round(counter)
    figures[`queue / counter row, ${under}`] = Number((queue / counter).toFixed(2))
  }
  return figures
}

const targetsOf = (figures: Readonly<Record<string, number>>): readonly Target[] => [
  { what: 'queue / counter row', value: figures['queue / counter row, nothing else'] ?? 0, atLeast: 3 },
  { what: 'log leaves/s from backlog', value: figures['log leaves/s from backlog'] ?? 0, atLeast: 5_000 },
]

const measureLog = async (folder: string): Promise<Record<string, number>> => {
  const postgres = await startPostgres({ folder, password: 'bench' })
  try {
    const urls = await prepareDatabase({
      adminUrl: postgres.url,
      secret: toHex(randomBytes(32)),
      database: 'bench',
    })
    const owner = await connect(urls.owner, 'bench')
    await owner.query(`CREATE TABLE app.bench_counter (n bigint NOT NULL);
      INSERT INTO app.bench_counter VALUES (0);
      CREATE TABLE app.bench_leaf (leaf_index bigint PRIMARY KEY, position bigint NOT NULL UNIQUE)`)
    const pool = createPool(urls.app, { max: WRITERS, name: 'bench' })
    const compared = await compare(pool)
    // What the counter row numbered waits for no index of the log.
    await owner.query('TRUNCATE app.bench_leaf')
    const store: Store = { pool, clock: systemClock, projections: [], wake: createWake(pool) }
    const included = await measureInclusion({ store, urls, folder, one: appending(store) })
    await owner.end()
    await pool.end()
    return { ...compared, ...included }
  } finally {
    await postgres.stop()
  }
}

/** What the log costs: while it is written, behind the writers, and when everything is read again. */
export const run = async (): Promise<BenchResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-bench-'))
  try {
    const log = await measureLog(join(folder, 'log'))
    const checked = await measureFsck(join(folder, 'fsck'), LEAVES)
    const verified = await measureVerify(PACKAGE.bytes, { notes: PACKAGE.events - OWN_EVENTS, rounds: 3 })
    const figures = {
      ...log,
      ...checked,
      'verify of 100 events and 2 GB, s': Number(verified.oursSeconds.toFixed(2)),
      'sha256sum of the same files, s': Number(verified.theirsSeconds.toFixed(2)),
    }
    return { name: 'ledger', figures, targets: targetsOf(figures) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
