import { signerAt } from '../ledger/signer-client.ts'
import { liveAsChild } from './child.ts'
import { runWorker } from './run-worker.ts'

liveAsChild((settings) => runWorker(settings, signerAt(settings.signerSocket)))
