import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/config.ts'
import type { Store } from '../event-store/store.ts'
import { openLibrary } from '../law/library.ts'
import type { DatabaseUrls } from '../postgres/roles.ts'
import { openInstallation } from './installation.ts'
import { openLogSigner } from './log-keys.ts'
import { runApi } from './run-api.ts'
import { runWorker } from './run-worker.ts'
import { sealKeysOf } from './seal-keys.ts'
import { settledConfig } from './serve.ts'
import type { Settings } from './settings.ts'

export type InProcess = Readonly<{ url: string; app: FastifyInstance; store: Store; stop(): Promise<void> }>

/** API, sequencer and jobs in this process, with the signer as an object, on a database that is there: for tests. */
export const startInProcess = async (input: {
  config: Config
  urls: DatabaseUrls
  demonstrationAt?: string
}): Promise<InProcess> => {
  const config = await settledConfig(input.config)
  const { kind } = await openInstallation({
    ownerUrl: input.urls.owner,
    dataDir: config.dataDir,
    origin: config.origin,
    ...(input.demonstrationAt === undefined ? {} : { demonstrationAt: input.demonstrationAt }),
  })
  const settings: Settings = {
    config,
    urls: input.urls,
    kind,
    signerSocket: '',
    library: await openLibrary(),
  }
  const signer = await openLogSigner(config)
  const keys = { signer, seals: sealKeysOf(config) }
  const worker = await runWorker(settings, keys)
  const api = await runApi(settings, keys)
  return {
    url: api.url,
    app: api.app,
    store: api.store,
    stop: async () => {
      await api.close()
      await worker.close()
    },
  }
}
