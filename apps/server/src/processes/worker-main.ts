import { signerAt } from '../ledger/signer-client.ts'
import { liveAsChild } from './child.ts'
import { runWorker } from './run-worker.ts'
import type { Settings } from './settings.ts'

liveAsChild((settings: Settings) => runWorker(settings, signerAt(settings.signerSocket)))
