import { z } from 'zod'
import { Medium } from '../recording/events.ts'

/** One element of a scheme, with the elements within it. Without `from` and `value` the record does not hold it. */
export type SchemeElement = Readonly<{
  /** As the standard numbers it, where that is known. */
  no?: string | undefined
  name: string
  /** The standard wants it. */
  must?: true | undefined
  /** It begins to be with the archiving of the case. */
  archived?: true | undefined
  /** The same for every object. */
  value?: string | undefined
  /** Name of the fact that fills it. */
  from?: string | undefined
  /** What the scheme calls each value of that fact, where the record has a word of its own. */
  words?: Readonly<Record<string, string>> | undefined
  /** Once for each entry of this list of facts, and from the entry. */
  each?: string | undefined
  of?: readonly SchemeElement[] | undefined
}>

const Element: z.ZodType<SchemeElement> = z
  .strictObject({
    no: z
      .string()
      .regex(/^M\d+$/)
      .optional(),
    name: z.string().min(1),
    must: z.literal(true).optional(),
    archived: z.literal(true).optional(),
    value: z.string().min(1).optional(),
    from: z.string().optional(),
    words: z.record(z.string(), z.string().min(1)).optional(),
    each: z.string().optional(),
    get of() {
      return z.array(Element).min(1).optional()
    },
  })
  .refine((e) => [e.value, e.from, e.of].filter((way) => way !== undefined).length <= 1, {
    error: 'an element is filled in one way',
  })

const OBJECTS = ['document', ...Medium.options] as const

/** law/archival/*.yaml: a metadata scheme of the archives, and what of a case fills it. */
export const ArchivalScheme = z.strictObject({
  standard: z.string().regex(/^DA\/T \d+-\d{4}$/),
  title: z.string(),
  cite: z.string(),
  /** Which objects are described by it. */
  of: z.array(z.enum(OBJECTS)).min(1),
  /** Whether it is known which elements the standard obliges; where it is not, nothing fails for want of one. */
  obligations: z.enum(['read', 'not-read']),
  elements: z.array(Element).min(1),
  /** Events by type, and what the standard calls them. */
  acts: z.record(z.string(), z.string()).optional(),
})
export type ArchivalScheme = z.infer<typeof ArchivalScheme>
