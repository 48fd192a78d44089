import { escapeIdentifier } from 'pg'
import { prepareQueue } from '../jobs/prepare-queue.ts'
import { migrate } from './migrate.ts'
import { connect } from './pool.ts'
import { databaseUrls, ensureRoles, openDatabase, type DatabaseUrls } from './roles.ts'

const ensureDatabase = async (adminUrl: string, secret: string, database: string): Promise<void> => {
  const admin = await connect(adminUrl, 'liuhen prepare')
  try {
    await ensureRoles(admin, secret)
    const known = await admin.query('SELECT FROM pg_database WHERE datname = $1', [database])
    if (known.rowCount === 0) await admin.query(`CREATE DATABASE ${escapeIdentifier(database)}`)
  } finally {
    await admin.end()
  }
}

const withDatabase = (url: string, database: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** Database name in a URL; the embedded server's `postgres` is only the place to start from. */
export const databaseIn = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1))

/** Roles, database, job queue, migrations: all of it can run again, and does at every start. */
export const prepareDatabase = async (input: {
  adminUrl: string
  secret: string
  database: string
}): Promise<DatabaseUrls> => {
  await ensureDatabase(input.adminUrl, input.secret, input.database)
  const admin = await connect(withDatabase(input.adminUrl, input.database), 'liuhen prepare')
  try {
    await openDatabase(admin)
  } finally {
    await admin.end()
  }
  const urls = databaseUrls(input.adminUrl, input.secret, input.database)
  await prepareQueue(urls.jobs)
  const owner = await connect(urls.owner, 'liuhen migrate')
  try {
    await migrate(owner)
  } finally {
    await owner.end()
  }
  return urls
}
