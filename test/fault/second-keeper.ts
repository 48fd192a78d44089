import { startLogKeeper } from '../../apps/server/src/ledger/log-keeper.ts'
import { signerAt } from '../../apps/server/src/ledger/signer-client.ts'
import { liveAsChild } from '../../apps/server/src/processes/child.ts'

type Settings = Readonly<{ url: string; folder: string; signerSocket: string }>

/** Another machine's sequencer and publisher on the same record, log and signer. */
liveAsChild(async ({ url, folder, signerSocket }: Settings) => {
  const log = { info: () => undefined, error: () => undefined }
  const keeper = await startLogKeeper({ url, folder, signer: signerAt(signerSocket), log })
  return { close: () => keeper.stop() }
})
