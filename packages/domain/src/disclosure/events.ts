import { z } from 'zod'

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
