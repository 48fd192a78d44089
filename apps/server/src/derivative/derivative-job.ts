import { z } from 'zod'
import type { Job } from '../event-store/store.ts'

export const MAKE_DERIVATIVE = 'make-derivative'
export const DerivativeJob = z.object({ agencyId: z.string(), derivativeId: z.string() })
export type DerivativeJob = z.infer<typeof DerivativeJob>

/** One at a time: whoever makes copies shall not take the machine from whoever uploads. */
export const makeJob = (payload: DerivativeJob): Job => ({
  name: MAKE_DERIVATIVE,
  payload,
  key: `${MAKE_DERIVATIVE}:${payload.derivativeId}`,
  queue: MAKE_DERIVATIVE,
  maxAttempts: 3,
})
