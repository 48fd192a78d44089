import { z } from 'zod'
import { FIELD_LISTS, FIELD_TYPES } from '@liuhen/law/schema/event-field'

/** What a form asks when a fact is noted (packages/law/src/event-fields.ts), as it travels. */
export const NoteField = z.object({
  key: z.string(),
  label: z.string(),
  type: z.enum(FIELD_TYPES),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  /** The list of the law that the options come from. */
  from: z.enum(FIELD_LISTS).optional(),
  /** Other words than those offered are taken, too. */
  open: z.boolean(),
  required: z.boolean(),
})
export type NoteField = z.infer<typeof NoteField>
