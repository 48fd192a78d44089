import { openSigner } from '../ledger/signer.ts'
import { serveSigner } from '../ledger/signer-server.ts'
import { liveAsChild } from './child.ts'
import type { SignerSettings } from './settings.ts'

liveAsChild(async ({ config, signerSocket }: SignerSettings) => {
  const signer = await openSigner({ folder: config.folders.signer, origin: config.origin })
  const server = await serveSigner(signer, signerSocket)
  return {
    close: async () => {
      server.close()
    },
  }
})
