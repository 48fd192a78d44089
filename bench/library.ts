import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor, Role } from '@liuhen/domain/event'
import { systemClock } from '../apps/server/src/clock/clock.ts'
import { connect, createPool } from '../apps/server/src/postgres/pool.ts'
import { prepareDatabase } from '../apps/server/src/postgres/prepare-database.ts'
import { startPostgres } from '../apps/server/src/postgres/supervisor.ts'
import { withAgency } from '../apps/server/src/postgres/transaction.ts'
import { openLibrary } from '../apps/server/src/law/library.ts'
import { libraryDays, libraryPart } from '../apps/server/src/recording/library.ts'
import { libraryMap } from '../apps/server/src/recording/library-map.ts'
import { insertManyRecordings } from '../test/many-recordings.ts'
import type { BenchResult } from './bench.ts'

const RECORDINGS = 100_000
const OFFICERS = 200
const CASES = 4_000
const ROUNDS = 60
const AGENCY = 'bench'
const UNTIL = '2026-06-30'

const fill = async (ownerUrl: string): Promise<void> => {
  const owner = await connect(ownerUrl, 'bench')
  const officers = Array.from({ length: OFFICERS }, (_, n) => `officer-${n}`)
  const cases = Array.from({ length: CASES }, () => randomUUID())
  await owner.query(
    `INSERT INTO app.case_row SELECT id, $1, '案源〔2026〕' || i || '号', NULL, '占用消防通道案 ' || i, '当事人' || i,
       'penalty-ordinary', '普通程序', 'investigation', '调查取证', 'open', ARRAY['甲', '乙'],
       ARRAY['officer-' || i % $3, 'officer-' || (i + 7) % $3], 'clerk',
       timestamptz '2026-03-01', timestamptz '2026-05-01', 20
     FROM unnest($2::text[]) WITH ORDINALITY AS c (id, i)`,
    [AGENCY, cases, OFFICERS],
  )
  await owner.query(
    `INSERT INTO app.case_handler SELECT DISTINCT unnest(handler_ids), case_id, agency_id FROM app.case_row`,
  )
  await insertManyRecordings(owner, { agencyId: AGENCY, n: RECORDINGS, officers, cases, until: UNTIL })
  // What the database does by itself some minutes after so many rows came.
  await owner.query('VACUUM (ANALYZE) app.recording_row')
  await owner.end()
}

const percentile = (ms: readonly number[], p: number): number =>
  Number((ms.toSorted((a, b) => a - b)[Math.ceil(ms.length * p) - 1] ?? 0).toFixed(1))

const somebody = (id: string, role: Role): Actor => ({
  userId: id,
  personId: id,
  name: '甲',
  roles: [role],
  agencyId: AGENCY,
})
const officer = somebody('officer-3', 'officer')
const custodian = somebody('keeper', 'av-custodian')

const timed = async (one: (n: number) => Promise<unknown>) => {
  for (let n = 0; n < 5; n += 1) await one(n)
  const ms: number[] = []
  for (let n = 0; n < ROUNDS; n += 1) {
    const begun = performance.now()
    await one(n)
    ms.push(performance.now() - begun)
  }
  return { p50: percentile(ms, 0.5), p95: percentile(ms, 0.95) }
}

const PAGE = 100
const dayAt = (n: number): string => new Date(Date.parse(UNTIL) - n * 86_400_000).toISOString().slice(0, 10)
const onDay = (n: number) => ({ first: dayAt(n), last: dayAt(n) })
const by = 'made' as const
const page = { by, skip: 0, limit: PAGE, order: 'latest' as const }

/** The library's own functions, for one who sees all and one who sees some, beside OFFSET over the whole list. */
export const run = async (): Promise<BenchResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-bench-'))
  const postgres = await startPostgres({ folder, password: 'bench' })
  try {
    const secret = randomBytes(32).toString('hex')
    const urls = await prepareDatabase({ adminUrl: postgres.url, secret, database: 'bench' })
    await fill(urls.owner)
    const pool = createPool(urls.app, { max: 4, name: 'bench' })
    const library = await openLibrary()
    const deps = { store: { pool, clock: systemClock, projections: [] }, library }
    const offset = (skip: number) =>
      withAgency(deps.store, AGENCY, (tx) =>
        tx.query(
          'SELECT r.* FROM app.recording_row r ORDER BY made_from DESC, recording_id DESC OFFSET $1 LIMIT $2',
          [skip, PAGE],
        ),
      )
    const q = { by }
    const acts: Readonly<Record<string, (n: number) => Promise<unknown>>> = {
      'all, days counted': () => libraryDays(deps, custodian, q),
      'all, first page': () => libraryPart(deps, custodian, { ...page, ...onDay(0) }),
      'all, jump to the middle': (n) => libraryPart(deps, custodian, { ...page, ...onDay(195 + (n % 5)) }),
      'all, days of what is broken': () => libraryDays(deps, custodian, { ...q, state: 'broken' }),
      'all, days of what nobody looked at': () =>
        libraryDays(deps, custodian, { ...q, state: 'not-looked-at' }),
      'all, days found by a word': () => libraryDays(deps, custodian, { ...q, q: '当事人123' }),
      'all, page of a device': (n) =>
        libraryPart(deps, custodian, { ...page, device: 'DSJ-0042', ...onDay(n) }),
      'all, map': () => libraryMap(deps, custodian, { by, columns: 40 }),
      'an officer, days counted': () => libraryDays(deps, officer, q),
      'an officer, jump to the middle': (n) =>
        libraryPart(deps, officer, { ...page, ...onDay(195 + (n % 5)) }),
      'baseline: OFFSET, first page': () => offset(0),
      'baseline: OFFSET, jump to the middle': () => offset(RECORDINGS / 2),
      'baseline: OFFSET, jump to the end': () => offset(RECORDINGS - PAGE),
    }
    const figures: Record<string, number> = { recordings: RECORDINGS }
    for (const [name, act] of Object.entries(acts)) {
      const { p50, p95 } = await timed(act)
      figures[`${name}: p50 ms`] = p50
      figures[`${name}: p95 ms`] = p95
    }
    await pool.end()
    const ours = Object.keys(acts).filter((name) => !name.startsWith('baseline'))
    const targets = ours.map((name) => ({
      what: `${name}: p95 ms`,
      value: figures[`${name}: p95 ms`] ?? 0,
      atMost: 200,
    }))
    return { name: 'library', figures, targets }
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
