import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { prepareDatabase } from '../apps/server/src/postgres/prepare-database.ts'
import { startPostgres } from '../apps/server/src/postgres/supervisor.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser's URL of the PostgreSQL server that integration tests share, and the secret of its roles. */
    postgres: { adminUrl: string; secret: string }
  }
}

export const TEMPLATE = 'liuhen_template'

/** One server for all integration tests, one migrated database from which each test file copies its own. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const secret = 'only-for-tests-only-for-tests-only-for-tests'
  const given = process.env['LIUHEN_TEST_DATABASE_URL']
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-test-'))
  const embedded =
    given === undefined
      ? await startPostgres({ folder, password: 'test', durable: false, maxConnections: 300 })
      : undefined
  const adminUrl = given ?? embedded?.url ?? ''
  await prepareDatabase({ adminUrl, secret, database: TEMPLATE })
  project.provide('postgres', { adminUrl, secret })
  return async () => {
    await embedded?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
