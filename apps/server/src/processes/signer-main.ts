import { openSigner } from '../ledger/signer.ts'
import { serveSigner } from '../ledger/signer-server.ts'
import { answerSeals } from '../seal/seal-server.ts'
import { liveAsChild } from './child.ts'
import { sealKeysOf } from './seal-keys.ts'
import type { SignerSettings } from './settings.ts'

/** The one process that reads keys: the log's and the seals'. */
liveAsChild(async ({ config, signerSocket, sealWord }: SignerSettings) => {
  const signer = await openSigner({ folder: config.folders.signer, origin: config.origin })
  const server = await serveSigner(signer, signerSocket, answerSeals(sealKeysOf(config), sealWord))
  return {
    close: async () => {
      server.close()
    },
  }
})
