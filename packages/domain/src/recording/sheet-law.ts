import { z } from 'zod'
import { MEDIA } from './events.ts'

const SHEET_RECORDS = ['made', 'maker', 'proves', 'transcript'] as const

const Want = z.strictObject({
  label: z.string().min(1),
  /** Fields of the paper that say it, joined where there are several. */
  fields: z.array(z.string()).min(1),
  join: z.string().default('；'),
  /** Where the recording's own stream says it. */
  record: z.enum(SHEET_RECORDS).optional(),
  /** Left out where nobody says it; what is not so marked reads as not recorded. */
  ifSaid: z.literal(true).optional(),
  /** Asked of these media only. */
  medium: z.array(z.enum(MEDIA)).min(1).optional(),
})

/** law/recording-sheet.yaml: what must be stated of a recording that is handed in as evidence, and where it is found. */
export const SheetLaw = z.strictObject({
  citation: z.strictObject({
    clause: z.string(),
    cite: z.string(),
    duty: z.string(),
    layer: z.literal('national'),
  }),
  /** The paper about one recording that states it. */
  paper: z.string(),
  wants: z.array(Want).min(1),
})
export type SheetLaw = z.infer<typeof SheetLaw>
export type SheetWant = SheetLaw['wants'][number]
