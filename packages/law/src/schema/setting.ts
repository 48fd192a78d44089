import { z } from 'zod'
import { ClauseId } from './limit.ts'

const Value = z.union([z.string(), z.number(), z.boolean()])

/** Something no text fixes, or that can be read in two ways: the agency sets it, and `default` is the reading until then. */
export const Setting = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  label: z.string().min(1),
  why: z.string().min(1),
  clauses: z.array(ClauseId).min(1),
  default: Value.nullable(),
  options: z.array(z.strictObject({ value: Value, label: z.string() })).default([]),
  /** Several of the options may be chosen; they are kept as their words with 、 between them. */
  several: z.boolean().default(false),
  /** A whole number in this unit; options, if there are any, may be chosen instead. `money` is kept in fen and told in yuan. */
  number: z
    .strictObject({
      unit: z.string(),
      min: z.int().default(0),
      max: z.int().default(1_000_000),
      money: z.boolean().default(false),
    })
    .optional(),
  /** Under which heading people look for it. */
  subject: z.string().min(1).default('其他'),
  /** What holds as long as nothing is set. */
  unset: z.string().optional(),
  /** Also left open where none of the agency's texts has this group of parameters: then by the national clauses alone. */
  whereNone: z.literal('retention').optional(),
  /** `new`: it chooses which texts bind a case, and a case keeps those with which it began. */
  reaches: z.enum(['all', 'new']).default('all'),
})
export type Setting = z.output<typeof Setting>

export const SettingFile = z.strictObject({ settings: z.array(Setting) })

export const Scene = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: z.string().min(1),
  /** A moment of an activity: a recording must say that it shows it; the others are met by any recording of the step. */
  part: z.boolean().default(false),
})
export const SceneFile = z.strictObject({ scenes: z.array(Scene).min(1) })
