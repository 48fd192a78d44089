import { z } from 'zod'
import { ClauseId, Limit } from './limit.ts'

/** One article of national law that binds everyone, in our words. Amended law is a second entry with the same id and a later effectiveFrom. */
export const NationalProvision = z.strictObject({
  id: ClauseId,
  cite: z.string().min(1),
  duty: z.string().min(1),
  effectiveFrom: z.iso.date(),
  effectiveTo: z.iso.date().optional(),
  /** False where we know the rule but did not read its text: configurable, and shown as unconfirmed. */
  confirmed: z.boolean(),
  note: z.string().optional(),
  /** The kinds of act that it reaches, where its statute does not reach all: the loader puts here what the file says. */
  acts: z.array(z.string()).optional(),
  /** Numbers that the article fixes, by name; `limit` is the one meant when a rule names none. */
  values: z.record(z.string(), z.union([Limit, z.number(), z.string()])).default({}),
})
export type NationalProvision = z.output<typeof NationalProvision>

export const ProvisionFile = z.strictObject({
  title: z.string(),
  source: z.string(),
  /** The kinds of act that the statute reaches, in the words of the procedures; a register whatever it is of. Absent: all. */
  acts: z.array(z.string()).optional(),
  provisions: z.array(NationalProvision).min(1),
})
