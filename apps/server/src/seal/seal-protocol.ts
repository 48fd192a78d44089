import { z } from 'zod'
import { fromBase64 } from '@liuhen/ledger/bytes'

/** Questions about seals over the signer's socket: one JSON object a line each way. */
const Bytes = z.string().transform((text, context) => {
  const bytes = fromBase64(text)
  if (bytes !== undefined) return bytes
  context.addIssue('not base64')
  return z.NEVER
})

const Holder = z.object({
  agencyId: z.string(),
  agencyName: z.string(),
  officer: z.object({ personId: z.string(), name: z.string() }).exactOptional(),
})
const Algorithm = z.enum(['rsa-sha256', 'ecdsa-sha256', 'sm2-sm3'])

export const SealQuestion = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('find-seal'), holder: Holder, at: z.string() }),
  /** Only whoever was told the word may have something sealed: the worker, which makes papers. */
  z.object({
    ask: z.literal('seal'),
    word: z.string(),
    holder: Holder,
    algorithm: Algorithm,
    bytes: Bytes,
  }),
])

export const FoundSeal = z.object({
  certificates: z.array(z.object({ algorithm: Algorithm, certificate: Bytes, authorities: z.array(Bytes) })),
  picture: z.object({ extension: z.enum(['svg', 'png', 'jpg']), bytes: Bytes }).exactOptional(),
})
export const Signature = z.object({ signature: Bytes })
