import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { simulatedClock, systemClock } from '../clock/clock.ts'
import type { Store } from '../event-store/store.ts'
import { buildApp } from '../http/build-app.ts'
import { createWake } from '../ledger/wake-log.ts'
import { createPool } from '../postgres/pool.ts'
import type { Keys, Settings } from './settings.ts'
import { bindingsOf, openShared, pluginsOf, projectionsOf, type Shared } from './slices.ts'

const WEB_FOLDER = join(import.meta.dirname, '..', '..', '..', 'web', 'dist')
const POOL = 24

export type OpenStore = Readonly<{ shared: Shared; store: Store; close(): Promise<void> }>

/** The application's pool, clock and projections with what the slices share: the same for the API and for jobs. */
export const openStore = async (settings: Settings, keys: Keys, name: string): Promise<OpenStore> => {
  const { library } = settings
  const pool = createPool(settings.urls.app, { max: POOL, name: `liuhen ${name}` })
  // Transactions ask a demonstration what time it is: from their own pool, all of them could wait for one connection more.
  const clockPool =
    settings.kind === 'real'
      ? undefined
      : createPool(settings.urls.app, { max: 1, name: `liuhen ${name} clock` })
  const clock = clockPool === undefined ? systemClock : simulatedClock(clockPool)
  const store: Store = { pool, clock, projections: projectionsOf(library), wake: createWake(pool) }
  const shared = await openShared({ store, library, config: settings.config, ...keys })
  return {
    shared,
    store,
    close: async () => {
      await shared.close()
      await Promise.all([pool.end(), clockPool?.end()])
    },
  }
}

export type RunningApi = Readonly<{ url: string; app: FastifyInstance; store: Store; close(): Promise<void> }>

/** Listens; port 0 takes a free one. */
export const runApi = async (settings: Settings, keys: Keys): Promise<RunningApi> => {
  const { config } = settings
  const { shared, store, close } = await openStore(settings, keys, 'api')
  const app = await buildApp({
    store,
    dataDir: config.dataDir,
    logFolder: config.folders.log,
    witnesses: shared.witnesses.peers.map((p) => p.key.name),
    signer: () => keys.signer.status(),
    webFolder: WEB_FOLDER,
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
    logLevel: config.logLevel,
    bindings: bindingsOf(shared),
    plugins: pluginsOf(shared),
  })
  const url = await app.listen({ host: config.host, port: config.port })
  return {
    url,
    app,
    store,
    close: async () => {
      await app.close()
      await close()
    },
  }
}
