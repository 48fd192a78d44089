import { z } from 'zod'
import { fromBase64, toBase64 } from '@liuhen/ledger/bytes'
import type { SignAnswer, SignerStatus } from './signer.ts'

/** What passes over the signer's socket: one JSON object a line each way, answered in order. */
const Bytes = z.string().transform((text, context) => {
  const bytes = fromBase64(text)
  if (bytes !== undefined) return bytes
  context.addIssue('not base64')
  return z.NEVER
})

export const Question = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('status') }),
  z.object({ ask: z.literal('sign'), size: z.int().min(0), root: Bytes, proof: z.array(Bytes).max(130) }),
  z.object({
    ask: z.literal('receipt'),
    acceptedAt: z.string(),
    leafHashes: z.array(Bytes).min(1).max(1_000),
  }),
])

export const Status = z.object({
  vkey: z.string(),
  vkeys: z.array(z.string()),
  retiring: z.array(z.object({ vkey: z.string(), until: z.string() })),
  sm2Vkey: z.string().exactOptional(),
  trouble: z.string().exactOptional(),
  origin: z.string(),
  size: z.int(),
  root: Bytes,
})
export const Answer = z.union([
  z.object({ note: z.string() }),
  z.object({ refused: z.enum(['rollback', 'fork']) }),
])

/** Instead of an answer: the key could not be reached, and nothing was signed. */
export const Unreached = z.object({ unreached: z.string() })

export const ReceiptAnswer = z.object({ receipt: z.string() })

export const statusLine = (s: SignerStatus): string => `${JSON.stringify({ ...s, root: toBase64(s.root) })}\n`
export const answerLine = (a: SignAnswer): string => `${JSON.stringify(a)}\n`
