import { z } from 'zod'
import { Rank } from '../fact.ts'
import { ClauseId, PackLimit } from './limit.ts'
import { Named, PackRecording } from './pack-recording.ts'

const text = z.string().min(1)
const src = { clause: ClauseId, note: z.string().optional() }
const Said = z.strictObject({ items: z.array(text).min(1), ...src })
const Mark = z.strictObject(src)
const Approver = z.strictObject({ rank: Rank, said: text, ...src })
/** Absent in the file and null are the same: the text does not fix it, and nothing may be borrowed for it. */
const open = <T extends z.ZodType>(schema: T) => schema.nullable().default(null)
const list = <T extends z.ZodType>(schema: T) => z.array(schema).default([])

const intake = z.strictObject({
  form: open(z.strictObject({ document: text, ...src })),
  sources: list(Named),
  decline: open(z.strictObject({ onSite: z.boolean(), written: z.boolean(), ...src })),
  transfer: open(PackLimit),
  notifyNonFiling: open(
    z.strictObject({ to: z.array(text), realNameOnly: z.boolean(), written: z.boolean(), ...src }),
  ),
})

const filing = z.strictObject({
  form: open(z.strictObject({ said: text, document: text, ...src })),
  fields: open(Said),
  approvers: open(z.strictObject({ ranks: z.array(Rank).min(1), said: z.array(text), ...src })),
  retroactive: open(PackLimit),
})

const device = z.strictObject({
  types: open(Said),
  allocation: open(z.strictObject({ item: text, persons: z.int().min(1), ...src })),
  precheck: open(Said),
  faultReport: open(z.strictObject({ to: text, stopUse: z.boolean(), ...src })),
  keepers: list(Named),
})

const upload = z.strictObject({
  base: PackLimit,
  exceptions: list(
    PackLimit.extend({
      reasons: z.array(text).min(1),
      laterOf: z.boolean().default(true),
      reasonRequired: z.boolean().default(true),
    }),
  ),
  labelFields: open(Said),
  classification: open(PackLimit.extend({ fields: z.array(text) })),
  playbackVerify: open(Said),
  ledgerFields: open(Said),
  media: open(Said),
  offsiteBackup: open(z.strictObject({ said: text, ...src })),
})

const retention = z.strictObject({
  caseFile: open(PackLimit),
  avDefault: open(PackLimit.extend({ min: z.boolean() })),
  patrolAV: open(PackLimit.extend({ min: z.boolean() })),
  evidenceAV: open(z.strictObject({ rule: z.enum(['same-as-case', 'permanent']), scope: text, ...src })),
  clockStart: open(z.strictObject({ from: text, ...src })),
  triggers: list(
    z.strictObject({ code: text, label: text, mode: z.enum(['permanent', 'long-term']), ...src }),
  ),
  media: open(Said),
})

const archive = z.strictObject({
  case: open(PackLimit),
  permit: open(PackLimit),
  recipient: open(z.strictObject({ said: text, ...src })),
  avWithCase: open(Mark),
})

const access = z.strictObject({
  handler: open(z.strictObject({ said: text, ...src })),
  internalApprover: open(Approver.extend({ mustBeBefore: z.boolean() })),
  partyApprover: open(Approver),
  externalProvider: open(z.strictObject({ said: text, keepCopy: z.boolean(), ...src })),
  purposes: open(Said),
  ledgerFields: open(Said),
  public: open(z.strictObject({ rule: z.enum(['internal-only']), ...src })),
  maskInformants: open(Mark),
  secrecy: open(Said),
  realtime: open(Mark),
})

const service = z.strictObject({
  modes: list(
    z.strictObject({
      mode: z.enum(['direct', 'leave', 'mail', 'electronic', 'entrusted', 'forwarded', 'public-notice']),
      requires: z.array(text),
      ...src,
    }),
  ),
  /** Decisions may not be served by these modes. */
  decisionNotBy: open(z.strictObject({ modes: z.array(text).min(1), ...src })),
})

const legalReview = z.strictObject({
  gate: open(Mark),
  /** Every case goes to legal review. */
  unified: open(Mark),
  expandToNonSimple: open(z.strictObject({ optional: z.boolean(), ...src })),
  criteria: list(Named),
  contents: list(Named),
  opinion: open(Mark),
  staffRatio: open(
    z.strictObject({ percent: z.int(), rounding: z.enum(['ceil']), soft: z.boolean(), ...src }),
  ),
  practices: list(Named),
})

const publicity = z.strictObject({
  before: list(Named),
  general: open(PackLimit),
  permitPenalty: open(PackLimit),
  elements: open(Said),
  withdraw: open(Mark),
  separationOfDuties: open(Mark),
  channel: open(z.strictObject({ said: text, ...src })),
  maskBefore: open(Mark),
  reviewBy: open(z.strictObject({ said: text, ...src })),
})

const other = {
  evidenceAV: open(
    z.strictObject({
      fields: z.array(text),
      disc: z.boolean(),
      copyConsistency: z.string().nullable(),
      ...src,
    }),
  ),
  correction: open(z.strictObject({ affectingRights: Said, notAffecting: Said })),
  decision: open(z.strictObject({ fields: list(Named), simple: list(Named) })),
  enforcement: open(
    z.strictObject({
      demand: open(Mark),
      measures: list(Named),
      closeAfter: open(PackLimit),
      decideAndServe: open(PackLimit),
    }),
  ),
  statistics: open(z.strictObject({ fixed: z.array(text), recipients: z.array(text), ...src })),
  permit: open(
    z.strictObject({ toCity: open(PackLimit), toSuperior: open(PackLimit), own: open(PackLimit) }),
  ),
  petition: open(z.strictObject({ base: PackLimit, cap: PackLimit })),
  police: open(z.strictObject({ onSpot: Said, venue: Mark, property: Said })),
  prohibitions: list(Named),
  violations: list(Named),
}

export const PackParams = z.strictObject({
  intake: open(intake),
  filing: open(filing),
  recording: PackRecording.prefault({}),
  device: open(device),
  upload: open(upload),
  retention: open(retention),
  archive: open(archive),
  access: open(access),
  service: open(service),
  legalReview: open(legalReview),
  publicity: open(publicity),
  ...other,
})
export type PackParams = z.output<typeof PackParams>

export const Pack = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: text,
  /** As it is cited: the title without the name of the publisher's collection. */
  issuer: text,
  jurisdiction: text,
  layer: z.enum(['base', 'overlay']),
  /** Null where the text names no date; it then applies from the day on which the agency adopts it. */
  effectiveFrom: z.iso.date().nullable(),
  effectiveNote: z.string().optional(),
  source: text,
  acts: z.array(text).min(1),
  /** How acts, starts and stages are listed, where a text lists them. */
  params: PackParams,
})
export type Pack = z.output<typeof Pack>

/** Every `group` and `group.key` that a rule may name, read off the schema itself so that the two cannot differ. */
export const PARAM_PATHS: ReadonlySet<string> = new Set(
  Object.entries(PackParams.shape).flatMap(([group, schema]) => [
    group,
    ...keysOf(schema).map((k) => `${group}.${k}`),
  ]),
)

/** Looks through null and default wrappers for the object inside. */
function keysOf(schema: unknown): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape)
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodPrefault)
    return keysOf(schema.unwrap())
  return []
}
