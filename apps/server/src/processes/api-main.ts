import { liveAsChild } from './child.ts'
import { keysAt } from './keys-client.ts'
import { runApi } from './run-api.ts'
import type { Settings } from './settings.ts'

liveAsChild((settings: Settings) => runApi(settings, keysAt(settings.signerSocket)))
