import { z } from 'zod'
import { FactInput, InstantInput } from './fact-input.ts'

/**
 * A question to the law, as a file: which law, which procedure, what happened, and as of when. See
 * docs/reference/law-evaluate.md for how to write one and for the facts that each procedure reads, and vectors/timelines/ for examples.
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
  startedAt: InstantInput,
  /** Decides which national substance applies (kinds and amounts); procedure goes by the date of the step. */
  violationAt: InstantInput.optional(),
  flags: z.array(z.string()).default([]),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  facts: z.array(FactInput),
  /** Would the law allow these? Each is judged at its own time against the facts, and not added. */
  attempts: z.array(FactInput).default([]),
  now: InstantInput,
})
export type Timeline = z.output<typeof Timeline>
