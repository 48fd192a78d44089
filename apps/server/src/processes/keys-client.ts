import { ask, signerAt } from '../ledger/signer-client.ts'
import { sealsOver } from '../seal/seal-client.ts'
import type { Keys } from './settings.ts'

/** The keys as the other processes see them: over the socket of the one that holds them. */
export const keysAt = (socket: string, sealWord?: string): Keys => ({
  signer: signerAt(socket),
  seals: sealsOver((question) => ask(socket, question), sealWord),
})
