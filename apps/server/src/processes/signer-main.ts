import { serveSigner } from '../ledger/signer-server.ts'
import { answerSeals } from '../seal/seal-server.ts'
import { liveAsChild } from './child.ts'
import { openLogSigner } from './log-keys.ts'
import { sealKeysOf } from './seal-keys.ts'
import type { SignerSettings } from './settings.ts'

/** The one process that reads keys: the log's and the seals'. */
liveAsChild(async ({ config, signerSocket, sealWord }: SignerSettings) => {
  const signer = await openLogSigner(config)
  const server = await serveSigner(signer, signerSocket, answerSeals(sealKeysOf(config), sealWord))
  return {
    close: async () => {
      server.close()
    },
  }
})
