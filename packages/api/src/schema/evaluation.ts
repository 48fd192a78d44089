import { z } from 'zod'
import type { Reason as LawReason } from '@liuhen/law/evaluation'
import { Instant } from '@liuhen/law/fact'

/** What packages/law answers, as it travels. Kept equal to its types by `schema/evaluation.test.ts`. */
export const Citation = z.object({
  clause: z.string(),
  cite: z.string(),
  duty: z.string(),
  layer: z.enum(['national', 'base', 'overlay', 'agency']),
})
const Effect = z.enum(['refuse', 'warn'])
const Facts = z.record(z.string(), z.union([z.string(), z.number()])).optional()

export const Reason = z.object({
  code: z.string(),
  effect: Effect,
  message: z.string(),
  todo: z.string(),
  citations: z.array(Citation),
  facts: Facts,
})
export type Reason = z.infer<typeof Reason>

/** Whether something may be done, and for what may not, why: the same reasons with which the command would refuse. */
export const Permission = z.union([z.literal(true), z.array(Reason)])
export type Permission = z.infer<typeof Permission>

/** What a `can` said, as it travels. */
export const told = (can: true | readonly LawReason[]): Permission =>
  can === true ? true : can.map((reason) => ({ ...reason, citations: [...reason.citations] }))

export const StepView = z.object({
  id: z.string(),
  name: z.string(),
  stage: z.string(),
  status: z.enum(['done', 'begun', 'possible', 'blocked', 'not-needed']),
  optional: z.boolean(),
  by: z.array(z.string()),
  corrects: z.string().optional(),
  documents: z.array(z.object({ type: z.string(), required: z.boolean(), done: z.boolean() })),
  recordings: z.array(
    z.object({
      scene: z.string(),
      strength: z.enum(['must', 'as-needed', 'may', 'must-not']),
      done: z.boolean(),
      /** Not asked yet: it will be, if what it hangs on happens. */
      ahead: z.literal(true).optional(),
      /** A moment of an activity: a recording of the whole shows it, once somebody says that it does. */
      part: z.literal(true).optional(),
      citations: z.array(Citation),
    }),
  ),
  /** When its present occurrence began. */
  begunAt: Instant.optional(),
  /** An event that ends the step; nobody reports it as done. */
  endsBy: z.object({ name: z.string(), label: z.string() }).optional(),
  before: z.array(Reason),
  missing: z.array(Reason),
  citations: z.array(Citation),
})
export type StepView = z.infer<typeof StepView>

export const Duty = z.object({
  id: z.string(),
  rule: z.string(),
  what: z.string(),
  step: z.string().optional(),
  citations: z.array(Citation),
  /** Texts that come to a later day; without one where they fix none, or none can be computed yet. */
  later: z.array(z.object({ citations: z.array(Citation), due: Instant.optional() })).optional(),
  why: z.string(),
  since: Instant,
  openedBy: z.string().optional(),
  target: Instant.optional(),
  due: Instant.optional(),
  state: z.enum(['open', 'met', 'met-late', 'overdue', 'excused']),
  metAt: Instant.optional(),
  metBy: z.string().optional(),
  effect: Effect,
})
export type Duty = z.infer<typeof Duty>

export const Finding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  citations: z.array(Citation),
  facts: Facts,
})
export type Finding = z.infer<typeof Finding>

export const KeptItem = z.object({
  item: z.string(),
  rule: z.enum(['until', 'permanent', 'long-term', 'open']),
  keptThrough: z.string().optional(),
  disposableFrom: z.string().optional(),
  why: z.string(),
  citations: z.array(Citation),
})
export type KeptItem = z.infer<typeof KeptItem>

export const Evaluation = z.object({
  steps: z.array(StepView),
  duties: z.array(Duty),
  findings: z.array(Finding),
  /** How long each recording and the case file must be kept, and why. */
  keeping: z.array(KeptItem),
})
