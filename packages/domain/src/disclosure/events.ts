import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'

/** What leaves the house, and nothing else: every column of the public site's table comes from here. */
export const PublishedSummary = z.strictObject({
  decisionNo: z.string().min(1).max(120),
  agency: z.string().min(1).max(120),
  /** Masked where the party is a natural person. */
  party: z.string().min(1).max(120),
  partyKind: z.enum(['person', 'sole-trader', 'organisation']),
  violation: z.string().min(1).max(2000),
  penalty: z.string().min(1).max(4000),
  basis: z.string().min(1).max(2048),
  decidedOn: z.iso.date(),
})
export type PublishedSummary = z.infer<typeof PublishedSummary>

/** Stream `disclosure`, one per published summary: what happens to it after publication. */
export const DisclosureEventData = {
  DisclosureWithdrawn: z.object({
    public: z.object({ disclosureId: z.string(), caseId: z.string(), reason: z.string().min(2).max(500) }),
  }),
} as const

export type DisclosureEvent = Readonly<{
  type: 'DisclosureWithdrawn'
  schemaVersion: 1
  occurredAt: Instant
  data: z.infer<(typeof DisclosureEventData)['DisclosureWithdrawn']>
}>
