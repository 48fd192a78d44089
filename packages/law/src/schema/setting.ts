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
