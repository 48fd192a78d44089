import type { z } from 'zod'

/** A job runs at least once: what it does a second time must change nothing. */
export type JobHandler = Readonly<{
  name: string
  /** Minute hour day month weekday, in UTC; the payload is then empty. */
  cron?: string
  run(payload: unknown): Promise<void>
  /** It will not be tried again: whoever waits for it must learn so. May run more than once. */
  gaveUp?(payload: unknown, error: unknown): Promise<void>
}>

/** A handler whose payload is read by a schema. */
export const jobHandler = <P extends z.ZodType>(
  name: string,
  payload: P,
  run: (payload: z.infer<P>) => Promise<void>,
  gaveUp?: (payload: z.infer<P>, error: unknown) => Promise<void>,
): JobHandler => ({
  name,
  run: (given) => run(payload.parse(given)),
  ...(gaveUp === undefined ? {} : { gaveUp: (given, error) => gaveUp(payload.parse(given), error) }),
})

/** A handler that runs by the clock, and when somebody adds it. */
export const scheduledJob = (name: string, cron: string, run: () => Promise<void>): JobHandler => ({
  name,
  cron,
  run,
})
