import pg from 'pg'
import { buildPortal } from './app.ts'
import { askServer } from './ask-server.ts'
import type { PortalConfig } from './config.ts'
import { logFiles } from './log-files.ts'
import { readVerifier } from './verifier.ts'

export type RunningPortal = Readonly<{ url: string; close: () => Promise<void> }>

/** Listens and answers with its address; port 0 takes a free one. */
export const startPortal = async (config: PortalConfig): Promise<RunningPortal> => {
  const pool = new pg.Pool({
    connectionString: config.databaseUrl,
    max: 8,
    application_name: 'liuhen portal',
    statement_timeout: 5_000,
    options: '-c default_transaction_read_only=on',
  })
  // A connection that breaks while idle is replaced by the next use.
  pool.on('error', () => undefined)
  const verifier = await readVerifier()
  const app = await buildPortal({
    pool,
    ask: askServer(config.apiUrl),
    ...(verifier && { verifier }),
    ...(config.logDir === undefined ? {} : { log: logFiles(config.logDir) }),
  })
  const url = await app.listen({ host: config.host, port: config.port })
  return {
    url,
    close: async () => {
      await app.close()
      await pool.end()
    },
  }
}
