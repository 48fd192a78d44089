import { liveAsChild } from './child.ts'
import { keysAt } from './keys-client.ts'
import { runWorker } from './run-worker.ts'
import type { Settings } from './settings.ts'

liveAsChild((settings: Settings) => runWorker(settings, keysAt(settings.signerSocket, settings.sealWord)))
