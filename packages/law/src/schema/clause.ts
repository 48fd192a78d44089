import { z } from 'zod'
import { ClauseId } from './limit.ts'

const words = z.string().min(1).nullable()

const Deadline = z.strictObject({
  value: z.int().nullable(),
  unit: z.enum(['workday', 'day', 'hour', 'month', 'year']).nullable(),
  from: words,
  qualitative: z.string().optional(),
  fixed: z.union([z.string(), z.array(z.string())]).optional(),
  cap: z.boolean().optional(),
  note: z.string().optional(),
  exceptions: z.array(z.record(z.string(), z.unknown())).default([]),
})

const Keeping = z.strictObject({
  value: z.int().nullable(),
  unit: z.enum(['month', 'year']).nullable(),
  from: words,
  scope: z.string(),
  min: z.boolean().optional(),
  permanent: z.boolean().optional(),
  longTerm: z.boolean().optional(),
  sameAs: z.string().optional(),
  note: z.string().optional(),
})

/** One normative statement of a regulation, in our words; `ref` says where it stands. `null` = the text does not fix it. */
export const Clause = z.strictObject({
  id: ClauseId,
  ref: z.string().min(1),
  kind: z.string(),
  /** The kinds of act of which it speaks, in the words of the procedures; a register whatever it is of. Absent: all. */
  acts: z.array(z.string()).optional(),
  modality: z.enum(['must', 'must-not', 'may', 'as-needed', 'generally', 'encouraged', 'exempt', 'context']),
  duty: z.string().min(1),
  actor: words,
  trigger: words,
  condition: words,
  output: words,
  deadline: Deadline.nullable(),
  retention: Keeping.nullable(),
  approvals: z.array(z.string()),
  capability: z.string(),
  testable: z.enum(['yes', 'partly', 'no']),
  /** What the system offers where people, not a program, carry the clause out. */
  offers: z.string().min(4).optional(),
})
export type Clause = z.output<typeof Clause>

export const ClauseFile = z.strictObject({
  pack: z.string(),
  prefix: z.string(),
  clauses: z.array(Clause).min(1),
})
