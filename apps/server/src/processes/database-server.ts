import type { Config } from '../config/config.ts'
import { checkServer, explainServer } from '../postgres/check-server.ts'
import { databaseIn, prepareDatabase } from '../postgres/prepare-database.ts'
import type { DatabaseUrls } from '../postgres/roles.ts'
import { keepPostgres } from '../postgres/keep-postgres.ts'
import { secretIn } from './secrets.ts'

export type DatabaseServer = Readonly<{
  urls: DatabaseUrls
  /** Of the embedded server that runs now. */
  pid(): number | undefined
  /** Resolves when the embedded server ended by itself and does not start again; never for a server elsewhere. */
  ended: Promise<string>
  stop(): Promise<void>
}>

export const EMBEDDED_DATABASE = 'liuhen'

const prepareGiven = async (adminUrl: string, secret: string): Promise<DatabaseUrls> => {
  try {
    await checkServer(adminUrl)
    return await prepareDatabase({ adminUrl, secret, database: databaseIn(adminUrl) })
  } catch (error) {
    throw explainServer(error)
  }
}

/** The server of DATABASE_URL, or the embedded one on the data directory; roles and migrations are brought forward. */
export const openDatabaseServer = async (config: Config): Promise<DatabaseServer> => {
  const secret = config.databaseSecret ?? (await secretIn(config.folders.keys, 'database-roles'))
  if (config.databaseUrl !== undefined) {
    const adminUrl = config.databaseUrl
    const urls = await prepareGiven(adminUrl, secret)
    return {
      urls,
      pid: () => undefined,
      ended: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    }
  }
  const password = await secretIn(config.folders.keys, 'database-superuser')
  const embedded = await keepPostgres({ folder: config.folders.postgres, password })
  try {
    const urls = await prepareDatabase({ adminUrl: embedded.url, secret, database: EMBEDDED_DATABASE })
    return { ...embedded, urls }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}
