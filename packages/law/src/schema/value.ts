import { z } from 'zod'
import { FactPattern } from './fact-pattern.ts'
import { Unit } from './limit.ts'

const text = z.string().min(1)

/** A number taken times a factor or divided by one that a pack fixes, and rounded: one device for two officers is `per: { param: … }, round: up`. */
const scaled = {
  times: z.number().optional(),
  per: z.strictObject({ param: text, key: text }).optional(),
  round: z.enum(['up', 'down']).optional(),
}

/** Where a comparison takes its values from. Without `of`, from the fact in question; with it, from the latest that matches. */
export const Value = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  /** A value in a fact. An instant or a date is compared as a time. */
  z.strictObject({ data: text, of: FactPattern.optional(), ...scaled }),
  /** When a fact happened, began or ended; `plus` moves it by the clock or by the calendar, without rolling. */
  z.strictObject({
    time: z.enum(['at', 'from', 'to']),
    of: FactPattern.optional(),
    plus: z.strictObject({ value: z.number(), unit: Unit.extract(['hour', 'day', 'month']) }).optional(),
  }),
  /** How many such facts there are, or how many different values of a data key they carry. */
  z.strictObject({ count: FactPattern, distinct: text.optional(), ...scaled }),
  /** The sum of a number over such facts. */
  z.strictObject({ sum: text, of: FactPattern, ...scaled }),
  /** A number or word that the agency has set, or its default. */
  z.strictObject({ setting: text, ...scaled }),
  /** A parameter of a pack of the case, or what stands in it under a key: `key: report.to`. */
  z.strictObject({ param: text, key: text.optional() }),
])
export type Value = z.output<typeof Value>
