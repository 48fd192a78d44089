import { z } from 'zod'
import { ClauseId } from './limit.ts'

/** A place where a local text and national law say different things, and which of them the system follows. */
export const Conflict = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** Its place in the list. */
  number: z.int().min(1),
  local: z.array(ClauseId).min(1),
  national: z.array(ClauseId).min(1),
  applies: z.enum(['national', 'stricter', 'both', 'setting']),
  setting: z.string().optional(),
  /** The rules in which the resolution can be seen: codes of gates and guards, ids of duties and periods. */
  rules: z.array(z.string()).default([]),
  note: z.string().min(1),
})
export type Conflict = z.output<typeof Conflict>

export const ConflictFile = z.strictObject({ conflicts: z.array(Conflict) })
