import { signerAt } from '../ledger/signer-client.ts'
import { liveAsChild } from './child.ts'
import { runApi } from './run-api.ts'

liveAsChild((settings) => runApi(settings, signerAt(settings.signerSocket)))
