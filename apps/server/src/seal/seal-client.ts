import { toBase64 } from '@liuhen/ledger/bytes'
import { FoundSeal, Signature } from './seal-protocol.ts'
import type { SealProvider } from './seal-provider.ts'

/** Keys in another process, asked one question at a time. */
export const sealsOver = (ask: (question: object) => Promise<unknown>, word = ''): SealProvider => ({
  find: async (holder, at) => FoundSeal.parse(await ask({ ask: 'find-seal', holder, at })),
  sign: async (holder, algorithm, bytes) =>
    Signature.parse(await ask({ ask: 'seal', word, holder, algorithm, bytes: toBase64(bytes) })).signature,
})
