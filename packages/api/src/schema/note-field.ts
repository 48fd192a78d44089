import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'
import { Permission } from './evaluation.ts'
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
  /** What a paper of the case says of it already. */
  known: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** A text of the case wants it said. */
  wanted: z.literal(true).optional(),
})
export type NoteField = z.infer<typeof NoteField>

/** A fact that may be noted: id, title and the fields to fill. */
export const Note = z.object({
  name: z.string(),
  title: z.string(),
  step: z.string().optional(),
  /** What the law calls the matter that it belongs to. */
  subject: z.string(),
  fields: z.array(NoteField).default([]),
  /** What it may be about: kinds of thing (`document`, `recording`, `case-file`), or names of noted facts. */
  about: z.array(z.string()).default([]),
  /** Rules of duties that it fulfils. */
  fulfils: z.array(z.string()).default([]),
  /** It lasted: from and to are asked for. */
  span: z.boolean().optional(),
  /** Where in the order of work of a register it stands, and under which heading. */
  group: z.string().optional(),
  /** So many officers take part, named when it is registered. */
  officers: z.int().optional(),
  /** What it says of the thing that it is about, in a word that programs read. */
  means: z.string().optional(),
  /** The way of service in which the paper that it is about goes to the party from here on. */
  sends: z.string().optional(),
  /** How the thing that it is about stands where it is offered beside that thing. */
  while: z.array(z.string()).optional(),
  /** May still happen when the case is archived. */
  afterArchiving: z.boolean().optional(),
  /** Whether the one who asks registers it in this case now, and why not. */
  can: Permission.optional(),
})

/** A fact that was noted and that others may be about, by its `ref`. */
export const NotedFact = z.object({
  ref: z.string(),
  name: z.string(),
  title: z.string(),
  at: Instant,
  step: z.string().optional(),
  /** The thing or earlier fact that it is about, by its id or `ref`. */
  about: z.string().optional(),
  /** Names of those who took part. */
  by: z.array(z.string()),
  /** What was said of it, in words. */
  said: z.array(z.object({ label: z.string(), value: z.string() })),
})
