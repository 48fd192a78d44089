import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { cacheFolderOf } from '../config/cache-folder.ts'
import { foldersOf, type Config } from '../config/config.ts'
import { openLibrary } from '../law/library.ts'
import { type DatabaseServer, openDatabaseServer } from './database-server.ts'
import { type Installation, openInstallation } from './installation.ts'
import { signerSocketFor, type Settings } from './settings.ts'
import { supervise, type Program, type Supervised } from './supervise.ts'

export type Serving = Readonly<{
  url: string
  portalUrl?: string
  kind: 'real' | 'demonstration'
  /** Processes by name, for tests that kill them. */
  pids(): Readonly<Record<string, number | undefined>>
  /** Resolves, with the reason, when the database ended by itself and does not start again: nothing works then. */
  ended: Promise<string>
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

/** Where a program on this machine reaches one that listens on this address. */
const urlOf = (host: string, port: number): string => {
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`
}

const portalProgram = (config: Config, databaseUrl: string): Program => ({
  name: 'portal',
  file: PORTAL,
  codeCache: codeCacheOf(config),
  environment: {
    LIUHEN_HOST: config.host,
    LIUHEN_PORTAL_PORT: `${config.portalPort}`,
    LIUHEN_PORTAL_DATABASE_URL: databaseUrl,
    LIUHEN_PORTAL_API_URL: urlOf(config.host, config.port),
    LIUHEN_PORTAL_LOG_DIR: config.folders.log,
  },
})

const codeCacheOf = (config: Config): string => join(cacheFolderOf(config.dataDir), 'code')

type Opened = Readonly<{ database: DatabaseServer; installation: Installation }>

const openDatabase = async (
  config: Config,
  options: { demonstrationAt?: string },
  keep: (database: DatabaseServer) => void,
): Promise<Opened> => {
  const database = await openDatabaseServer(config)
  keep(database)
  const { dataDir, origin, storage } = config
  const first = storage.firstStore === undefined ? {} : { firstStore: storage.firstStore }
  const given = { ownerUrl: database.urls.owner, dataDir, origin, ...first, ...options }
  return { database, installation: await openInstallation(given) }
}

/** Signer first. The children load their code while the database starts; each hears its settings when what it needs is there. */
const startAll = async (
  config: Config,
  opening: Promise<Opened>,
  { started, mostPauseMs }: Readonly<{ started: Supervised[]; mostPauseMs: number | undefined }>,
) => {
  const codeCache = codeCacheOf(config)
  const add = (program: Program): Supervised => {
    const one = supervise(program, mostPauseMs)
    started.push(one)
    return one
  }
  const signerSocket = await signerSocketFor(config.dataDir)
  const sealWord = randomBytes(32).toString('hex')
  // The way into a token is told to the signer alone.
  const { token, ...open } = config
  const told = { config: { ...open, ...(token && { token }) }, signerSocket, sealWord }
  const signer = add({ name: 'signer', file: own('signer'), codeCache, settings: told })
  const settle = async (): Promise<Settings> => {
    const [{ database, installation }, library] = await Promise.all([
      opening,
      openLibrary(cacheFolderOf(config.dataDir)),
      signer.ready,
    ])
    return { config: open, urls: database.urls, kind: installation.kind, signerSocket, library }
  }
  const settings = settle()
  const sealing = settings.then((all) => ({ ...all, sealWord }))
  const worker = add({ name: 'worker', file: own('worker'), codeCache, settings: sealing })
  const api = add({ name: 'api', file: own('api'), codeCache, settings })
  const { urls } = (await opening).database
  const portal = existsSync(PORTAL) ? add(portalProgram(config, urls.portal)) : undefined
  const [url, portalUrl] = await Promise.all([api.ready, portal?.ready, worker.ready])
  const pids = () => ({ signer: signer.pid(), worker: worker.pid(), api: api.pid(), portal: portal?.pid() })
  return { url: url ?? '', ...(portalUrl === undefined ? {} : { portalUrl }), pids }
}

export type ServeOptions = Readonly<{
  demonstrationAt?: string
  /** At most so long until a process that ended is started again. */
  mostPauseMs?: number
}>

/**
 * Everything on this machine by one command: PostgreSQL, signer, worker, API and portal as processes of their own, each
 * started again when it ends, all of them stopped together.
 */
export const serve = async (given: Config, options: ServeOptions = {}): Promise<Serving> => {
  const config = await settledConfig(given)
  const started: Supervised[] = []
  let kept: DatabaseServer | undefined
  const { mostPauseMs, ...demonstration } = options
  const opening = openDatabase(config, demonstration, (database) => {
    kept = database
  })
  const stop = async (): Promise<void> => {
    const [signer, ...others] = started
    await Promise.all(others.map((one) => one.stop()))
    await signer?.stop()
    await opening.catch(() => undefined)
    await kept?.stop()
  }
  try {
    const running = await startAll(config, opening, { started, mostPauseMs })
    const { database, installation } = await opening
    const pids = () => ({ ...running.pids(), postgres: database.pid() })
    return { ...running, kind: installation.kind, pids, ended: database.ended, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
