import { z } from 'zod'
import { ClauseId } from './limit.ts'

/** A place where a local text and national law say different things, and which of them the system follows. */
export const Conflict = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  local: z.array(ClauseId).min(1),
  national: z.array(ClauseId).min(1),
  applies: z.enum(['national', 'stricter', 'both', 'setting']),
  setting: z.string().optional(),
  note: z.string().min(1),
})
export type Conflict = z.output<typeof Conflict>

export const ConflictFile = z.strictObject({ conflicts: z.array(Conflict) })
