import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '@liuhen/domain/event'
import type { Clock } from '../apps/server/src/clock/clock.ts'
import { myDuties } from '../apps/server/src/case/my-duties.ts'
import { loadLibrary } from '../apps/server/src/law/library.ts'
import { connect, createPool } from '../apps/server/src/postgres/pool.ts'
import { prepareDatabase } from '../apps/server/src/postgres/prepare-database.ts'
import { startPostgres } from '../apps/server/src/postgres/supervisor.ts'
import type { BenchResult } from './bench.ts'

const CASES = 100_000
const OFFICERS = 500
const DUTIES = 8
const ROUNDS = 100
const AGENCY = 'bench'
const clock: Clock = { kind: 'simulated', now: () => Promise.resolve('2026-06-01T09:00:00+08:00') }

/** Open cases of one agency by five hundred officers, two to a case; half of the duties are still owed, a tenth undated. */
const fill = async (ownerUrl: string): Promise<void> => {
  const owner = await connect(ownerUrl, 'bench')
  await owner.query(
    `INSERT INTO app.case_row SELECT 'case-' || i, $1, '案源〔2026〕' || i || '号', NULL, '占用消防通道案 ' || i, NULL,
       'penalty-ordinary', '普通程序', 'investigation', '调查取证', 'open', ARRAY['甲', '乙'],
       ARRAY['officer-' || i % $2, 'officer-' || (i + 7) % $2], 'clerk',
       timestamptz '2026-03-01' + i * interval '1 minute', timestamptz '2026-05-01' + i * interval '1 second', 20
     FROM generate_series(1, $3::int) AS i`,
    [AGENCY, OFFICERS, CASES],
  )
  await owner.query(
    `INSERT INTO app.case_handler SELECT DISTINCT unnest(handler_ids), case_id, agency_id FROM app.case_row`,
  )
  const citation = {
    clause: 'zml-8-1',
    cite: '《走马岭街道行政执法全过程记录制度》第八条第一项',
    duty: '七个工作日内决定是否立案，并写明理由。',
    layer: 'base',
  }
  await owner.query(
    `INSERT INTO app.duty_row
     SELECT 'case-' || i, 'duty-' || n, $1, n % 2 = 0, d.due, jsonb_strip_nulls(jsonb_build_object(
       'id', 'duty-' || n, 'rule', 'rule-' || n, 'what', '在期限内完成本环节并记录', 'citations', $2::jsonb,
       'why', '自2026-05-01起7个工作日', 'since', '2026-05-01T09:00:00+08:00', 'effect', 'refuse',
       'due', to_char(d.due AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"'),
       'state', CASE WHEN n % 2 = 0 THEN 'open' ELSE 'met' END))
     FROM generate_series(1, $3::int) AS i, generate_series(1, $4::int) AS n,
       LATERAL (SELECT CASE WHEN (i + n) % 10 = 0 THEN NULL
         ELSE timestamptz '2026-05-20' + ((i * 37 + n * 11) % 90) * interval '1 day' END AS due) AS d`,
    [AGENCY, JSON.stringify([citation, citation]), CASES, DUTIES],
  )
  await owner.query('ANALYZE app.case_row, app.case_handler, app.duty_row')
  await owner.end()
}

const percentile = (ms: readonly number[], p: number): number =>
  Number((ms.toSorted((a, b) => a - b)[Math.ceil(ms.length * p) - 1] ?? 0).toFixed(1))

const officer = (n: number): Actor => ({
  userId: `officer-${n}`,
  personId: `officer-${n}`,
  name: '甲',
  roles: ['officer'],
  agencyId: AGENCY,
})
const supervisor: Actor = { userId: 's', personId: 's', name: '督', roles: ['supervisor'], agencyId: AGENCY }

/** The duties that the desk lists, through the function of the server, of one agency with 100,000 open cases. */
export const run = async (): Promise<BenchResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-bench-'))
  const postgres = await startPostgres({ folder, password: 'bench' })
  try {
    const secret = randomBytes(32).toString('hex')
    const urls = await prepareDatabase({ adminUrl: postgres.url, secret, database: 'bench' })
    await fill(urls.owner)
    const pool = createPool(urls.app, { max: 4, name: 'bench' })
    const library = await loadLibrary(join(import.meta.dirname, '../law'))
    const deps = { store: { pool, clock, projections: [] }, library }
    const measured = async (one: (n: number) => ReturnType<typeof myDuties>) => {
      const ms: number[] = []
      let items = (await one(0)).items.length
      for (let n = 0; n < ROUNDS; n += 1) {
        const begun = performance.now()
        items = (await one(n)).items.length
        ms.push(performance.now() - begun)
      }
      return { items, p50: percentile(ms, 0.5), p95: percentile(ms, 0.95) }
    }
    const mine = await measured((n) => myDuties(deps, officer(n), 'mine'))
    const readable = await measured((n) => myDuties(deps, officer(n), 'agency'))
    const whole = await measured(() => myDuties(deps, supervisor, 'agency'))
    await pool.end()
    return {
      name: 'duties',
      figures: {
        'open cases': CASES,
        'duties in the projection': CASES * DUTIES,
        'of them owed': (CASES * DUTIES) / 2,
        'an officer, own cases: items': mine.items,
        'an officer, own cases: p50 ms': mine.p50,
        'an officer, own cases: p95 ms': mine.p95,
        'an officer, all that may be read: p50 ms': readable.p50,
        'an officer, all that may be read: p95 ms': readable.p95,
        'a supervisor, whole agency: items': whole.items,
        'a supervisor, whole agency: p50 ms': whole.p50,
        'a supervisor, whole agency: p95 ms': whole.p95,
      },
      targets: [
        { what: 'an officer, own cases: p95 ms', value: mine.p95, atMost: 200 },
        { what: 'an officer, all that may be read: p95 ms', value: readable.p95, atMost: 200 },
        { what: 'a supervisor, whole agency: p95 ms', value: whole.p95, atMost: 200 },
      ],
    }
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
