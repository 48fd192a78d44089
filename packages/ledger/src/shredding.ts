import { z } from 'zod'
import { fromBase64, toBase64 } from './bytes.ts'
import { PARTS, type PartName } from './leaf.ts'

/** Type of the event that lets content go after lawful disposal. It lies in the stream whose content goes. */
export const SHRED_EVENT = 'ContentShredded'

const Digest = z.string().refine((s) => fromBase64(s)?.length === 32, 'not the base64 of 32 bytes')

/**
 * Public part of that event: which compartments of which earlier events of its stream go, each event by version and leaf
 * hash, so that the commitments of what went stay fixed; and the batch of disposal that decided it.
 */
export const Shredding = z.object({
  batchId: z.string().min(1),
  /** The batch's number, as on the certificate. */
  number: z.string().min(1),
  events: z
    .array(
      z.object({
        n: z.int().min(1),
        leaf: Digest,
        parts: z.array(z.enum(PARTS)).min(1),
      }),
    )
    .min(1),
})
export type Shredding = z.infer<typeof Shredding>

/** By what a compartment went: the event's version in the stream, and the batch's number. */
export type ShreddedBy = Readonly<{ version: number; number: string }>

/** What the statements of one stream let go. A statement reaches back only: nothing lets go of what comes after it. */
export const shreddedIn = (
  statements: readonly Readonly<{ version: number; statement: Shredding }>[],
): ((leafHash: Uint8Array, part: PartName) => ShreddedBy | undefined) => {
  const gone = new Map<string, ShreddedBy>()
  for (const { version, statement } of statements)
    for (const { n, leaf, parts } of statement.events)
      for (const part of parts) {
        const key = `${leaf} ${part}`
        if (n < version && !gone.has(key)) gone.set(key, { version, number: statement.number })
      }
  return (leafHash, part) => gone.get(`${toBase64(leafHash)} ${part}`)
}
