import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { foldersOf, type Config } from '../config/config.ts'
import { openDatabaseServer } from './database-server.ts'
import { openInstallation } from './installation.ts'
import { signerSocketFor, type Settings } from './settings.ts'
import { supervise, type Program, type Supervised } from './supervise.ts'

export type Serving = Readonly<{
  url: string
  portalUrl?: string
  kind: 'real' | 'demonstration'
  /** Processes by name, for tests that kill them. */
  pids(): Readonly<Record<string, number | undefined>>
  /** Resolves when the database ends by itself: nothing works then. */
  ended: Promise<unknown>
  stop(): Promise<void>
}>

const PORTAL = join(import.meta.dirname, '..', '..', '..', 'portal', 'src', 'main.ts')
const own = (name: string): string => join(import.meta.dirname, `${name}-main.ts`)

/** A process that is started again must come back where it was, so a free port is chosen once. */
const settledPort = async (host: string, port: number): Promise<number> => {
  if (port !== 0) return port
  const probe = createServer()
  probe.listen(0, host)
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

/** One name for the folder, however it is reached; ports that are numbers. */
export const settledConfig = async (config: Config): Promise<Config> => {
  await mkdir(config.dataDir, { recursive: true })
  const dataDir = await realpath(config.dataDir)
  return {
    ...config,
    dataDir,
    folders: foldersOf(dataDir),
    port: await settledPort(config.host, config.port),
    portalPort: await settledPort(config.host, config.portalPort),
  }
}

const portalProgram = (settings: Settings, apiUrl: string): Program => ({
  name: 'portal',
  file: PORTAL,
  environment: {
    LIUHEN_HOST: settings.config.host,
    LIUHEN_PORTAL_PORT: `${settings.config.portalPort}`,
    LIUHEN_PORTAL_DATABASE_URL: settings.urls.portal,
    LIUHEN_PORTAL_API_URL: apiUrl,
    LIUHEN_PORTAL_LOG_DIR: settings.config.folders.log,
  },
})

const startAll = async (settings: Settings, started: Supervised[]) => {
  const add = async (program: Program): Promise<Supervised> => {
    const one = await supervise(program)
    started.push(one)
    return one
  }
  const signer = await add({ name: 'signer', file: own('signer'), settings })
  const [worker, api] = await Promise.all([
    add({ name: 'worker', file: own('worker'), settings }),
    add({ name: 'api', file: own('api'), settings }),
  ])
  const portal = existsSync(PORTAL) ? await add(portalProgram(settings, api.url ?? '')) : undefined
  return { signer, worker, api, portal }
}

/**
 * Everything on this machine by one command: PostgreSQL, signer, worker, API and portal as processes of their own, each
 * started again when it ends, all of them stopped together.
 */
export const serve = async (given: Config, options: { demonstrationAt?: string } = {}): Promise<Serving> => {
  const config = await settledConfig(given)
  const database = await openDatabaseServer(config)
  const started: Supervised[] = []
  const stop = async (): Promise<void> => {
    for (const one of started.toReversed()) await one.stop()
    await database.stop()
  }
  try {
    const installation = await openInstallation({
      ownerUrl: database.urls.owner,
      dataDir: config.dataDir,
      origin: config.origin,
      ...options,
    })
    const signerSocket = await signerSocketFor(config.dataDir)
    const settings: Settings = { config, urls: database.urls, kind: installation.kind, signerSocket }
    const { signer, worker, api, portal } = await startAll(settings, started)
    return {
      url: api.url ?? '',
      ...(portal?.url === undefined ? {} : { portalUrl: portal.url }),
      kind: installation.kind,
      pids: () => ({ signer: signer.pid(), worker: worker.pid(), api: api.pid(), portal: portal?.pid() }),
      ended: database.ended,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
