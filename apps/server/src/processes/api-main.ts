import { signerAt } from '../ledger/signer-client.ts'
import { liveAsChild } from './child.ts'
import { runApi } from './run-api.ts'
import type { Settings } from './settings.ts'

liveAsChild((settings: Settings) => runApi(settings, signerAt(settings.signerSocket)))
