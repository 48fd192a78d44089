import { z } from 'zod'
import { Fact, Instant } from '../fact.ts'

/**
 * A question to the law, as a file: which law, which procedure, what happened, and as of when. See
 * docs/design/003-law-as-data.md for the facts that a procedure reads, and vectors/timelines/ for examples.
 */
export const Timeline = z.strictObject({
  /** What the example shows; for people. */
  about: z.string().optional(),
  /** Base pack, or `national` for national law alone. */
  pack: z.string(),
  overlays: z.array(z.string()).default([]),
  /** `off` reads the pack by itself, without national law. */
  national: z.enum(['on', 'off']).default('on'),
  procedure: z.string(),
  startedAt: Instant,
  /** Decides which national substance applies (kinds and amounts); procedure goes by the date of the step. */
  violationAt: Instant.optional(),
  flags: z.array(z.string()).default([]),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  facts: z.array(Fact),
  now: Instant,
})
export type Timeline = z.output<typeof Timeline>
