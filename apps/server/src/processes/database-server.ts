import type { Config } from '../config/config.ts'
import { databaseIn, prepareDatabase } from '../postgres/prepare-database.ts'
import type { DatabaseUrls } from '../postgres/roles.ts'
import { startPostgres } from '../postgres/supervisor.ts'
import { secretIn } from './secrets.ts'

export type DatabaseServer = Readonly<{
  urls: DatabaseUrls
  /** Resolves when the embedded server ends by itself; never for a server elsewhere. */
  ended: Promise<unknown>
  stop(): Promise<void>
}>

export const EMBEDDED_DATABASE = 'liuhen'

/** The server of DATABASE_URL, or the embedded one on the data directory; roles and migrations are brought forward. */
export const openDatabaseServer = async (config: Config): Promise<DatabaseServer> => {
  const secret = config.databaseSecret ?? (await secretIn(config.folders.keys, 'database-roles'))
  if (config.databaseUrl !== undefined) {
    const adminUrl = config.databaseUrl
    const urls = await prepareDatabase({ adminUrl, secret, database: databaseIn(adminUrl) })
    return { urls, ended: new Promise(() => undefined), stop: () => Promise.resolve() }
  }
  const password = await secretIn(config.folders.keys, 'database-superuser')
  const embedded = await startPostgres({ folder: config.folders.postgres, password })
  try {
    const urls = await prepareDatabase({ adminUrl: embedded.url, secret, database: EMBEDDED_DATABASE })
    return { urls, ended: embedded.exited, stop: () => embedded.stop() }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}
