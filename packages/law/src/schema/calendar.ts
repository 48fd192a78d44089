import { z } from 'zod'

/** One year of the State Council's holiday notice: days off (weekends inside them included) and weekend days that are worked. */
export const Calendar = z.strictObject({
  year: z.int().min(2000).max(2100),
  source: z.string().min(1),
  off: z.array(z.strictObject({ name: z.string().min(1), from: z.iso.date(), to: z.iso.date() })).min(1),
  work: z.array(z.iso.date()),
})
export type Calendar = z.infer<typeof Calendar>
