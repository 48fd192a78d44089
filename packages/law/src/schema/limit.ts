import { z } from 'zod'

export const Unit = z.enum(['workday', 'day', 'hour', 'month', 'year'])
export type Unit = z.infer<typeof Unit>

/** A period of time as a text fixes it. The starting day or moment is not counted. */
export const Limit = z.strictObject({
  value: z.int().min(0),
  unit: Unit,
  /** False where the last day stays although it is a holiday: retention, fixed dates, limits on liberty. */
  roll: z.boolean().optional(),
})
export type Limit = z.infer<typeof Limit>

/** A fixed day, so many years after that of the moment it runs from. */
export type FixedDay = Readonly<{ fixed: string; years: number }>

export const ClauseId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, '条款编号应形如 zml-21-2 或 pen-44')

/** A period in a pack: with the moment from which it runs and the clause that fixes it. `value: null` with `qualitative` where the text gives no number. */
export const PackLimit = z.strictObject({
  value: z.int().min(0).nullable(),
  unit: Unit.nullable(),
  from: z.string(),
  clause: ClauseId,
  /** 一般, 原则上: late is marked, never refused. */
  soft: z.boolean().optional(),
  qualitative: z.string().optional(),
  /** A setting in which the agency puts a number of workdays where the text gives none. */
  valueSetting: z.string().optional(),
  roll: z.boolean().optional(),
  note: z.string().optional(),
})
export type PackLimit = z.infer<typeof PackLimit>
