import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'

/** Local settings for what no text fixes; the administrator's to set, never borrowed from another pack. */
export const AgencySettings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
export type AgencySettings = z.infer<typeof AgencySettings>

/** An agency as the record knows it. Nothing here is personal: an agency is a public body. */
export const AgencyProfile = z.object({
  name: z.string(),
  /** 机关代字, as it stands in document numbers. */
  shortName: z.string(),
  code: z.string(),
  address: z.string().optional(),
  phone: z.string().optional(),
  /** Base pack id, or `national` alone. */
  base: z.string(),
  overlays: z.array(z.string()),
  reconsiderationBody: z.string().optional(),
  court: z.string().optional(),
  paymentBank: z.string().optional(),
  paymentAccount: z.string().optional(),
})
export type AgencyProfile = z.infer<typeof AgencyProfile>

const Id = z.string()
const Kept = z.object({
  rule: z.enum(['until', 'permanent', 'long-term', 'open']),
  keptThrough: z.string().optional(),
})
const OfCase = { caseId: z.string(), caseNo: z.string() }

/** What a proposal would make of the agency's cases and recordings, as of a moment. Lists are cut; the counts are whole. */
export const DryRun = z.object({
  at: Instant,
  cases: z.int(),
  casesChanged: z.int(),
  openCasesChanged: z.int(),
  dutiesMoved: z.int(),
  dutiesOverdue: z.int(),
  recordings: z.int(),
  recordingsChanged: z.int(),
  becomeDisposable: z.int(),
  /** Things whose date would come earlier: for them the present setting goes on. */
  wouldShorten: z.int(),
  duties: z.array(
    z.object({
      ...OfCase,
      what: z.string(),
      from: Instant.optional(),
      to: Instant.optional(),
      becomesOverdue: z.boolean(),
    }),
  ),
  keeping: z.array(
    z.object({
      ...OfCase,
      item: z.string(),
      from: Kept,
      to: Kept,
      shortens: z.boolean(),
      becomesDisposable: z.boolean(),
    }),
  ),
  steps: z.array(z.object({ ...OfCase, names: z.array(z.string()) })),
  /** Cases that could not be weighed: whoever decides knows that nothing is told of them. */
  casesFailed: z.int().optional(),
  failed: z.array(z.object(OfCase)).optional(),
})
export type DryRun = z.infer<typeof DryRun>

export const SettingChange = z.object({
  setting: z.string(),
  from: AgencySettings.valueType,
  to: AgencySettings.valueType,
})
export type SettingChange = z.infer<typeof SettingChange>

export const AgencyEventData = {
  AgencyRegistered: z.object({
    public: AgencyProfile.pick({ name: true, shortName: true, code: true, base: true, overlays: true }),
    internal: AgencyProfile.omit({
      name: true,
      shortName: true,
      code: true,
      base: true,
      overlays: true,
    }).extend({
      settings: AgencySettings,
    }),
  }),
  SettingsProposed: z.object({
    public: z.object({ proposalId: Id, changes: z.array(SettingChange) }),
    internal: z.object({ reason: z.string() }),
  }),
  /** The dry run of a proposal is done; only then may it be decided. */
  SettingsWeighed: z.object({
    public: z.object({ proposalId: Id }),
    internal: z.object({ dryRun: DryRun }),
  }),
  SettingsApproved: z.object({
    public: z.object({ proposalId: Id, changes: z.array(SettingChange) }),
    internal: z.object({ opinion: z.string() }),
  }),
  SettingsRejected: z.object({
    public: z.object({ proposalId: Id }),
    internal: z.object({ reason: z.string() }),
  }),
  SettingsWithdrawn: z.object({
    public: z.object({ proposalId: Id }),
    internal: z.object({ reason: z.string() }),
  }),
  /** Every case that had begun has taken the approved settings over, but for those that could not: they keep what they had. */
  SettingsCarriedOut: z.object({
    public: z.object({
      proposalId: Id,
      cases: z.int(),
      withheld: z.int(),
      failed: z.array(Id).optional(),
    }),
    internal: z.undefined().optional(),
  }),
  /** The agency's own phrases for one field of one paper: the whole list, an empty one takes it back. */
  PhrasesKept: z.object({
    public: z.object({ document: Id, field: Id }),
    internal: z.object({ phrases: z.array(z.string()) }),
  }),
} as const

export type AgencyEventType = keyof typeof AgencyEventData
export type AgencyEvent = {
  [T in AgencyEventType]: Readonly<{
    type: T
    schemaVersion: 1
    occurredAt: Instant
    data: z.infer<(typeof AgencyEventData)[T]>
  }>
}[AgencyEventType]
