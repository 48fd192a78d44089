import { pino, type Logger } from 'pino'
import { startWorker } from '../jobs/worker.ts'
import { startLogKeeper } from '../ledger/log-keeper.ts'
import { tryLocks } from '../stores/lock-probe.ts'
import { jobHandlersOf } from './job-handlers.ts'
import { openStore } from './run-api.ts'
import type { Keys, Settings } from './settings.ts'

const CONCURRENCY = 4

const logOf = (logger: Logger) => ({
  info: (text: string) => logger.info(text),
  error: (error: unknown, text: string) => logger.error({ err: error }, text),
})

/** Sequencer, publisher and jobs. */
export const runWorker = async (settings: Settings, keys: Keys): Promise<{ close(): Promise<void> }> => {
  const log = logOf(pino({ level: settings.config.logLevel, name: 'worker' }))
  const opened = await openStore(settings, keys, 'worker')
  const keeper = await startLogKeeper({
    url: settings.urls.sequencer,
    folder: settings.config.folders.log,
    signer: keys.signer,
    log,
    witnesses: opened.shared.witnesses.peers,
  })
  const worker = await startWorker({
    url: settings.urls.jobs,
    handlers: jobHandlersOf({ ...opened.shared, shredderUrl: settings.urls.shredder }),
    concurrency: CONCURRENCY,
    log,
  })
  const { stores, store } = opened.shared
  tryLocks({ ...stores, store }).catch((e: unknown) =>
    log.error(e, 'the locks of the stores could not be tried'),
  )
  return {
    close: async () => {
      opened.shared.stop()
      await worker.stop()
      await keeper.stop()
      await opened.close()
    },
  }
}
