import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from 'pg'
import type { Actor, NewEvent } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { systemClock } from '../apps/server/src/clock/clock.ts'
import { append } from '../apps/server/src/event-store/append.ts'
import type { Projection, Store } from '../apps/server/src/event-store/store.ts'
import { connect, createPool } from '../apps/server/src/postgres/pool.ts'
import { prepareDatabase } from '../apps/server/src/postgres/prepare-database.ts'
import { startPostgres } from '../apps/server/src/postgres/supervisor.ts'
import { createWake } from '../apps/server/src/ledger/wake-log.ts'
import type { BenchResult, Target } from './bench.ts'
import { measureInclusion } from './inclusion.ts'

const WRITERS = [1, 8, 32] as const
const MS = 3_000
const REPEATS = 3

export const actor: Actor = {
  userId: randomUUID(),
  personId: randomUUID(),
  name: '张三',
  certNo: '31010400123',
  roles: ['officer'],
  agencyId: 'bench',
}

/** A step of a case with a form of ordinary size: about 900 bytes of payload in three compartments. */
export const event = (): NewEvent => ({
  type: 'StepCompleted',
  schemaVersion: 1,
  occurredAt: '2026-03-02T09:00:00+08:00',
  data: {
    public: { step: 'on-site-inspection', document: randomUUID(), title: '现场检查笔录' },
    internal: {
      place: '走马岭街道某路 12 号门前',
      facts: '占用消防车通道摆放物品，长约四米，宽约一米五。'.repeat(4),
    },
    personal: { party: '李四', idNumber: '420112199001011234', phone: '13800000000' },
  },
})

const projection: Projection = {
  name: 'bench',
  tables: ['app.bench_case'],
  apply: async (tx, e) => {
    await tx.query({
      name: 'bench-case',
      text: `INSERT INTO app.bench_case (case_id, agency_id, steps, last) VALUES ($1, $2, 1, $3)
             ON CONFLICT (case_id) DO UPDATE SET steps = app.bench_case.steps + 1, last = $3`,
      values: [e.streamId, e.agencyId, e.recordedAt],
    })
  },
}

/** Operations per second of so many writers, each doing one after the other. */
export const rate = async (writers: number, one: (writer: number) => Promise<void>): Promise<number> => {
  const start = performance.now()
  let done = 0
  const loop = async (writer: number): Promise<void> => {
    while (performance.now() - start < MS) {
      await one(writer)
      done += 1
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => loop(writer)))
  return done / ((performance.now() - start) / 1000)
}

/** Each writer carries its own case on, event after event. */
export const appending = (store: Store) => {
  const heads = new Map<number, { streamId: string; version: number }>()
  return async (writer: number): Promise<void> => {
    const head = heads.get(writer) ?? { streamId: randomUUID(), version: 0 }
    heads.set(writer, { ...head, version: head.version + 1 })
    const { streamId, version } = head
    const done = await append(store, {
      commandId: randomUUID(),
      agencyId: 'bench',
      actor,
      appends: [{ streamType: 'case', streamId, expectedVersion: version, events: [event()] }],
    })
    if (isRefusal(done)) throw new Error(`refused: ${done.code}`)
  }
}

/** The same bytes as one plain row: leaf and payloads, one INSERT, one commit. */
const plain = (pool: Pool, bytes: number) => {
  const row = randomBytes(bytes)
  return async (): Promise<void> => {
    await pool.query({
      name: 'plain',
      text: 'INSERT INTO app.bench_plain (id, bytes) VALUES ($1, $2)',
      values: [randomUUID(), row],
    })
  }
}

const bytesPerEvent = async (ownerUrl: string): Promise<number> => {
  const owner = await connect(ownerUrl, 'bench')
  const { rows } = await owner.query<{ bytes: number }>(
    `SELECT ((SELECT avg(octet_length(entry) + octet_length(leaf_hash)) FROM record.event)
           + (SELECT sum(octet_length(bytes) + octet_length(salt)) FROM record.payload)
             / (SELECT count(*) FROM record.event))::int AS bytes`,
  )
  await owner.end()
  return rows[0]?.bytes ?? 1500
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const compare = async (store: Store, pool: Pool, ownerUrl: string): Promise<Record<string, number>> => {
  const figures: Record<string, number> = {}
  const ours = appending(store)
  await rate(8, ours) // warm
  const bytes = await bytesPerEvent(ownerUrl)
  figures['bytes per event'] = bytes
  const theirs = plain(pool, bytes)
  await rate(8, theirs)
  for (const writers of WRITERS) {
    const a: number[] = []
    const b: number[] = []
    for (let i = 0; i < REPEATS; i++) {
      a.push(await rate(writers, ours))
      b.push(await rate(writers, theirs))
    }
    figures[`append/s at ${writers}`] = Math.round(median(a))
    figures[`plain INSERT/s at ${writers}`] = Math.round(median(b))
    figures[`ratio at ${writers}`] = Number((median(a) / median(b)).toFixed(3))
  }
  return figures
}

const targetsOf = (figures: Record<string, number>): readonly Target[] => [
  { what: 'append against plain INSERT at 32 writers', value: figures['ratio at 32'] ?? 0, atLeast: 0.25 },
  { what: 'inclusion p50 ms', value: figures['inclusion p50 ms'] ?? Infinity, atMost: 1_000 },
]

export const run = async (): Promise<BenchResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-bench-'))
  const postgres = await startPostgres({ folder, password: 'bench' })
  try {
    const secret = randomBytes(32).toString('hex')
    const urls = await prepareDatabase({ adminUrl: postgres.url, secret, database: 'bench' })
    const owner = await connect(urls.owner, 'bench')
    await owner.query(`
      CREATE TABLE app.bench_plain (id uuid PRIMARY KEY, bytes bytea NOT NULL);
      CREATE TABLE app.bench_case (case_id text PRIMARY KEY, agency_id text NOT NULL, steps integer, last timestamptz);
      CALL app.protect('app.bench_case')`)
    await owner.end()
    const pool = createPool(urls.app, { max: 32, name: 'bench' })
    const store: Store = { pool, clock: systemClock, projections: [projection] }
    const compared = await compare(store, pool, urls.owner)
    const woken: Store = { ...store, wake: createWake(pool) }
    const included = await measureInclusion({ store: woken, urls, folder, one: appending(woken) })
    const figures = { ...compared, ...included }
    await pool.end()
    return { name: 'append', figures, targets: targetsOf(figures) }
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
