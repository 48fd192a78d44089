import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from 'pg'
import {
  createTestInstallation,
  testActor,
  type TestInstallation,
} from '../../../../test/test-installation.ts'
import { append } from '../event-store/append.ts'
import { recordAttempt } from '../event-store/record-attempt.ts'
import { refuse } from '@liuhen/domain/refusal'

/** Tables of the installation as a whole, each for its reason. Everything else in these schemas is behind row-level security. */
const OF_THE_INSTALLATION = new Set([
  'app.installation',
  'app.demonstration_clock',
  'app.sign_in_failure', // hashed names, before anybody is known
  'app.store_move', // the second store is everybody's; its agency is that of who proposed the move
  'app.move_copy', // digests of everybody's blobs
])

let installation: TestInstallation
let owner: Client
let app: Client
beforeAll(async () => {
  installation = await createTestInstallation()
  owner = await installation.connectAs('owner')
  app = await installation.connectAs('app')
  for (const agencyId of ['agency-a', 'agency-b']) {
    const actor = testActor(agencyId)
    await append(installation.store, {
      commandId: randomUUID(),
      agencyId,
      actor,
      appends: [
        {
          streamType: 'case',
          streamId: randomUUID(),
          expectedVersion: 0,
          events: [
            {
              type: 'Noted',
              schemaVersion: 1,
              occurredAt: '2026-03-02T09:00:00+08:00',
              data: { personal: { x: 1 } },
            },
          ],
        },
      ],
    })
    await recordAttempt(installation.store, {
      agencyId,
      actor,
      what: 'test',
      refusal: refuse('law-gate', '不行。', '请等。'),
    })
  }
})
afterAll(() => installation.close())

type Table = { name: string; has_agency: boolean; secured: boolean; comment: string | null; may: boolean }
const tables = async (): Promise<readonly Table[]> =>
  (
    await owner.query<Table>(
      `SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS secured,
              obj_description(c.oid) AS comment, has_table_privilege('liuhen_app', c.oid, 'SELECT') AS may,
              EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'agency_id') AS has_agency
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('app', 'record', 'log', 'published', 'migration') ORDER BY 1`,
    )
  ).rows

describe('the wall between agencies', () => {
  test('every table with an agency is behind it, also for its owner, and every table says what it is', async () => {
    for (const table of await tables()) {
      expect(table.comment, table.name).toMatch(/\S{2}/)
      if (table.has_agency && !OF_THE_INSTALLATION.has(table.name))
        expect(table.secured, table.name).toBe(true)
    }
  })

  test('every table of the record and of the screens has an agency', async () => {
    const without = (await tables())
      .filter((t) => !t.has_agency && /^(app|record)\./.test(t.name))
      .map((t) => t.name)
    const unexplained = without.filter((name) => !OF_THE_INSTALLATION.has(name))
    // Blobs are content by its hash; rows with an agency point at them.
    expect(unexplained.filter((name) => !/^app\.(blob|upload_chunk)/.test(name))).toEqual([])
  })

  test('the application sees nothing without an agency, and only its own with one', async () => {
    const guarded = (await tables()).filter((t) => t.has_agency && t.may && !OF_THE_INSTALLATION.has(t.name))
    for (const { name } of guarded) {
      const { rows } = await app.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name}`)
      expect(rows[0]?.n, name).toBe(0)
    }
    for (const { name } of guarded) {
      await app.query('BEGIN')
      await app.query(`SELECT set_config('app.agency', 'agency-a', true)`)
      const { rows } = await app.query<{ agency_id: string }>(`SELECT DISTINCT agency_id FROM ${name}`)
      await app.query('COMMIT')
      expect(
        rows.every((row) => row.agency_id === 'agency-a'),
        name,
      ).toBe(true)
      if (name.startsWith('record.') && /event|payload|command|attempt/.test(name))
        expect(rows, name).toHaveLength(1)
    }
  })

  test('a row of another agency cannot be written', async () => {
    await app.query('BEGIN')
    await app.query(`SELECT set_config('app.agency', 'agency-a', true)`)
    const written = app.query(
      `INSERT INTO app.draft (draft_id, agency_id, kind, subject_id, body, updated_by) VALUES ('d', 'agency-b', 'x', 'y', '{}', 'z')`,
    )
    await expect(written).rejects.toThrow('row-level security')
    await app.query('ROLLBACK')
  })

  test('the portal reads what is published, and nothing else', async () => {
    const portal = await installation.connectAs('portal')
    for (const { name } of await tables()) {
      if (name.startsWith('published.')) continue
      await expect(portal.query(`SELECT 1 FROM ${name}`), name).rejects.toThrow('permission denied')
    }
  })
})

const RECORD = [
  'record.event',
  'record.payload',
  'record.command',
  'record.attempt',
  'log.leaf',
  'log.checkpoint',
  'log.cosignature',
  'log.anchor',
  'log.witness_answer',
] as const
const changes = (table: string): readonly string[] => [
  `UPDATE ${table} SET ${table.startsWith('log.') ? 'ctid = ctid' : 'agency_id = agency_id'}`,
  `DELETE FROM ${table}`,
  `TRUNCATE ${table}`,
]

describe('the record is only added to', () => {
  test('neither the application nor the sequencer nor the portal may change or delete', async () => {
    for (const role of ['app', 'sequencer', 'portal'] as const) {
      const client = await installation.connectAs(role)
      for (const table of RECORD) {
        for (const verb of ['UPDATE', 'DELETE', 'TRUNCATE']) {
          const { rows } = await client
            .query<{ may: boolean }>(
              'SELECT has_table_privilege(current_user, $1::regclass::oid, $2) AS may',
              [table, verb],
            )
            .catch(() => ({ rows: [{ may: false }] }))
          expect(rows[0]?.may, `${role} ${verb} ${table}`).toBe(false)
        }
      }
    }
  })

  test('the owner is stopped by triggers; with a trigger off the same statement goes through', async () => {
    for (const table of RECORD) {
      for (const sql of changes(table).filter((s) => !s.includes('ctid'))) {
        await expect(owner.query(sql), sql).rejects.toThrow(/only added to|only deleted by the shredder/)
      }
    }
    await owner.query('BEGIN')
    await owner.query('ALTER TABLE record.event DISABLE TRIGGER only_add')
    expect((await owner.query('DELETE FROM record.event')).rowCount).toBe(2)
    await owner.query('ROLLBACK')
  })

  test('the shredder deletes payloads that an event let go of, and nothing else', async () => {
    const shredder = await installation.connectAs('shredder')
    const { rows } = await shredder.query<{ event_id: string }>('SELECT event_id FROM record.payload LIMIT 1')
    // What a statement let go of it deletes in apps/server/src/disposal/shredding.int.test.ts.
    await expect(
      shredder.query(`DELETE FROM record.payload WHERE event_id = $1 AND part = 'personal'`, [
        rows[0]?.event_id,
      ]),
    ).rejects.toThrow('no event of the record let go')
    await expect(shredder.query('DELETE FROM record.event')).rejects.toThrow('permission denied')
    await expect(shredder.query('UPDATE record.payload SET salt = salt')).rejects.toThrow('permission denied')
  })
})
