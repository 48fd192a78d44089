import { z } from 'zod'

const text = z.string().min(1)

/** Lists of the case's own packs and procedure that a field offers; `every-`: those of all cases, for what is said in a register. */
export const FIELD_LISTS = [
  'exemptions',
  'interruption-causes',
  'scenes',
  'every-scene',
  'every-step',
] as const
export type FieldList = (typeof FIELD_LISTS)[number]
export const FIELD_TYPES = [
  'text',
  'choice',
  'yes-no',
  'date',
  'moment',
  'number',
  'money',
  'list',
  'person',
] as const
/** `money` is kept in fen and told in yuan. `person` is a name, picked from the agency's people or of one's own. */
export type FieldType = (typeof FIELD_TYPES)[number]

/** One datum of an event, as a form asks for it. */
export const EventField = z.strictObject({
  label: text,
  /** Absent: as the rules of the case read it (packages/law/src/event-fields.ts). */
  type: z.enum(FIELD_TYPES).optional(),
  /** Of a choice or a list: code and word. */
  options: z.record(z.string(), text).default({}),
  /** Of a choice or a list: one that the law of the case has. */
  from: z.enum(FIELD_LISTS).optional(),
  /** Of a choice or a list: what the packs of the case name under this parameter. */
  param: text.optional(),
  /** Of a choice: other words than those offered are taken, too. */
  open: z.boolean().default(false),
  required: z.boolean().default(false),
  /** What a paper of the case says already: `on-the-spot-decision.fine`, from the latest of its kind that was issued. */
  fromPaper: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\.[a-z][a-zA-Z0-9]*$/)
    .optional(),
})
export type EventField = z.output<typeof EventField>

/** In short: the words that name the datum, or `code word | code word` for a choice. */
export const EventDatum = z.union([text, EventField])
export type EventDatum = z.output<typeof EventDatum>
