import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client, Pool } from 'pg'
import { inject } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { systemClock, type Clock } from '../apps/server/src/clock/clock.ts'
import type { Projection, Store } from '../apps/server/src/event-store/store.ts'
import { connect, createPool } from '../apps/server/src/postgres/pool.ts'
import { databaseUrls, openDatabase, type DatabaseUrls } from '../apps/server/src/postgres/roles.ts'
import { TEMPLATE } from './postgres-setup.ts'

export type TestInstallation = Readonly<{
  urls: DatabaseUrls
  /** Pool of the application's role. */
  pool: Pool
  store: Store
  dataDir: string
  /** A connection of its own as any role; closed with the installation. */
  connectAs(role: keyof DatabaseUrls | 'admin'): Promise<Client>
  /** A copy of the database as it is now, with its URLs. Breaks idle connections to the original. */
  copyDatabase(): Promise<CopiedDatabase>
  close(): Promise<void>
}>

export type CopiedDatabase = Readonly<{
  urls: DatabaseUrls
  /** As superuser. */
  adminUrl: string
  drop(): Promise<unknown>
}>

const withDatabase = (url: string, database: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

const PATIENCE = 600

/** Pools and job runners close their connections a moment after they say so; a forced drop would break them in use. */
const untilUnused = async (admin: Client, database: string): Promise<void> => {
  for (let i = 0; i < PATIENCE; i += 1) {
    const { rows } = await admin.query<{ n: number }>(
      'SELECT count(*) AS n FROM pg_stat_activity WHERE datname = $1',
      [database],
    )
    if (rows[0]?.n === 0) return
    await pause(50)
  }
}

/** A migrated database, a store and a data directory of one's own. Call `close` in afterAll. */
export const createTestInstallation = async (
  options: { projections?: readonly Projection[]; clock?: Clock } = {},
): Promise<TestInstallation> => {
  const { adminUrl, secret } = inject('postgres')
  const database = `test_${randomBytes(6).toString('hex')}`
  const admin = await connect(adminUrl, 'test admin')
  const createDatabase = async (name: string, template: string): Promise<void> => {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
    const inside = await connect(withDatabase(adminUrl, name), 'test admin')
    await openDatabase(inside)
    await inside.end()
  }
  await createDatabase(database, TEMPLATE)
  const urls = databaseUrls(adminUrl, secret, database)
  const pool = createPool(urls.app, { max: 40, name: 'test' })
  const dataDir = await mkdtemp(join(tmpdir(), 'liuhen-data-'))
  const clients: Client[] = []
  return {
    urls,
    pool,
    dataDir,
    store: { pool, clock: options.clock ?? systemClock, projections: options.projections ?? [] },
    connectAs: async (role) => {
      const url = role === 'admin' ? withDatabase(adminUrl, database) : urls[role]
      const client = await connect(url, `test ${role}`)
      clients.push(client)
      return client
    },
    copyDatabase: async () => {
      const copy = `test_${randomBytes(6).toString('hex')}`
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
        database,
      ])
      await untilUnused(admin, database)
      await createDatabase(copy, database)
      return {
        urls: databaseUrls(adminUrl, secret, copy),
        adminUrl: withDatabase(adminUrl, copy),
        drop: () => admin.query(`DROP DATABASE ${copy} WITH (FORCE)`),
      }
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end().catch(() => undefined)))
      await pool.end()
      await untilUnused(admin, database)
      await admin.query(`DROP DATABASE ${database} WITH (FORCE)`)
      await admin.end()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export const testActor = (agencyId: string, more: Partial<Actor> = {}): Actor => ({
  userId: randomUUID(),
  personId: randomUUID(),
  name: '张三',
  certNo: '01000000001',
  roles: ['officer'],
  agencyId,
  ...more,
})
