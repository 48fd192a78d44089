import { z } from 'zod'
import type { Job } from '../event-store/store.ts'

export const CARRY_OUT_DISPOSAL = 'carry-out-disposal'
export const DisposalJob = z.object({ agencyId: z.string(), batchId: z.string() })
export type DisposalJob = z.infer<typeof DisposalJob>

export const carryOutJob = (payload: DisposalJob): Job => ({
  name: CARRY_OUT_DISPOSAL,
  payload,
  key: `${CARRY_OUT_DISPOSAL}:${payload.batchId}`,
})
