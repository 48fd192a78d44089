import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { SUPERUSER } from '../postgres/data-directory.ts'
import { connect } from '../postgres/pool.ts'
import { databaseUrls, type DatabaseUrls } from '../postgres/roles.ts'
import { EMBEDDED_DATABASE, openDatabaseServer } from '../processes/database-server.ts'

export type ReachedDatabase = Readonly<{ urls: DatabaseUrls; stop(): Promise<void> }>

/** Line 5 of PostgreSQL's lock file is the folder of its sockets, line 8 whether it is ready. */
const runningSockets = async (postgresFolder: string): Promise<string | undefined> => {
  const lines = (
    await readFile(join(postgresFolder, 'data', 'postmaster.pid'), 'utf8').catch(() => '')
  ).split('\n')
  return lines[7]?.trim() === 'ready' && lines[4] !== '' ? lines[4] : undefined
}

const secretAt = (config: Config, name: string): Promise<string> =>
  readFile(join(config.folders.keys, name), 'utf8').then((text) => text.trim())

/** The embedded server of an installation that is serving now; absent when nothing answers. */
const running = async (config: Config): Promise<DatabaseUrls | undefined> => {
  const sockets = await runningSockets(config.folders.postgres)
  if (sockets === undefined) return undefined
  const password = encodeURIComponent(await secretAt(config, 'database-superuser'))
  const admin = `postgres://${SUPERUSER}:${password}@localhost/postgres?host=${encodeURIComponent(sockets)}`
  const secret = config.databaseSecret ?? (await secretAt(config, 'database-roles'))
  const urls = databaseUrls(admin, secret, EMBEDDED_DATABASE)
  try {
    await (await connect(urls.owner, 'liuhen reach')).end()
    return urls
  } catch {
    return undefined
  }
}

/**
 * The installation's database for a command beside it: the running embedded server if there is one, otherwise it is
 * started for as long as the command takes.
 */
export const reachDatabase = async (config: Config): Promise<ReachedDatabase> => {
  const urls = config.databaseUrl === undefined ? await running(config) : undefined
  return urls === undefined ? openDatabaseServer(config) : { urls, stop: () => Promise.resolve() }
}
