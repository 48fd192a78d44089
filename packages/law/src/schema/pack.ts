import { z } from 'zod'
import { Rank } from '../fact.ts'
import { ClauseId, PackLimit } from './limit.ts'
import { Asked, Named, PackRecording } from './pack-recording.ts'

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
  /** Kinds of device of which the equipment standard gives numbers. */
  standard: open(Said),
  allocation: open(z.strictObject({ item: text, persons: z.int().min(1), ...src })),
  /** What is looked at before use, by the key of the check. */
  precheck: list(Named),
  faultReport: open(z.strictObject({ to: text, stopUse: z.boolean(), ...src })),
  keepers: list(Named),
  /** Who must be named as keeper, maintainer, supplier or manager of each kind of thing. */
  facilityMaintainer: open(Said),
  storageSupplier: open(Said),
  storageManager: open(Said),
})

const upload = z.strictObject({
  base: open(PackLimit),
  exceptions: list(
    PackLimit.extend({
      reasons: z.array(z.strictObject({ code: text, label: text })).min(1),
      /** Any reason that is stated will do; the words in `reasons` only say what the text calls it. */
      anyReason: z.boolean().default(false),
      laterOf: z.boolean().default(true),
      reasonRequired: z.boolean().default(true),
    }),
  ),
  /** By the key under which a recording's description holds them. */
  labelFields: list(Asked),
  classification: open(PackLimit.extend({ fields: z.array(Asked) })),
  playbackVerify: open(Said),
  ledgerFields: list(Named),
  media: open(Said),
  offsiteBackup: open(z.strictObject({ said: text, ...src })),
})

const retention = z.strictObject({
  caseFile: open(PackLimit),
  avDefault: open(PackLimit.extend({ min: z.boolean() })),
  /** `scenes`: what a register films of a patrol; what a case films is the case's. */
  patrolAV: open(PackLimit.extend({ min: z.boolean(), scenes: z.array(text).min(1) })),
  evidenceAV: open(
    z.strictObject({
      rule: z.enum(['same-as-case', 'permanent']),
      scope: text,
      /** The kinds of act whose evidence the text speaks of; absent: all. */
      acts: z.array(text).optional(),
      /** Procedures of those acts that it does not speak of. */
      exceptProcedures: z.array(text).default([]),
      ...src,
    }),
  ),
  /** Recordings that go with the file although nobody calls them evidence: those of one stage, or all of a case. */
  caseAV: open(z.strictObject({ said: text, stage: text.optional(), ...src })),
  clockStart: open(z.strictObject({ from: text, ...src })),
  triggers: list(
    z.strictObject({
      code: text,
      label: text,
      mode: z.enum(['permanent', 'long-term']),
      /** Recordings of these scenes show the situation, whether somebody says so or not. */
      scenes: z.array(text).default([]),
      ...src,
    }),
  ),
  media: open(Said),
})

const archive = z.strictObject({
  case: open(PackLimit),
  permit: open(PackLimit),
  /** When the file is handed to the archives room, where the text says so. */
  handOver: open(PackLimit),
  recipient: open(z.strictObject({ said: text, ...src })),
  avWithCase: open(Mark),
})

const access = z.strictObject({
  handler: open(z.strictObject({ said: text, ...src })),
  internalApprover: open(Approver.extend({ mustBeBefore: z.boolean() })),
  partyApprover: open(Approver),
  externalProvider: open(z.strictObject({ said: text, keepCopy: z.boolean(), ...src })),
  purposes: open(Said),
  /** What the register of reading and copying holds, by key. */
  ledgerFields: list(Named),
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
  /** Decisions that the catalogue must list. */
  criteria: list(Named),
  /** By what the catalogue tells major decisions from others. */
  scopeFactors: list(Named),
  contents: list(Named),
  opinion: open(Mark),
  staffRatio: open(
    z.strictObject({
      percent: z.int(),
      /** The same without fractions: one reviewer for so many officers. */
      oneFor: z.int().min(1),
      rounding: z.enum(['ceil']),
      soft: z.boolean(),
      ...src,
    }),
  ),
  practices: list(Named),
})

const publicity = z.strictObject({
  /** What is published beforehand, and where. */
  before: list(Named),
  channels: list(Named),
  /** The laws and the duties that a text lists one by one. */
  basis: list(Named),
  duties: list(Named),
  windowSign: list(Named),
  guide: list(Named),
  card: list(Named),
  /** Who does what until something is published. */
  roles: list(Named),
  general: open(PackLimit),
  permitPenalty: open(PackLimit),
  elements: open(Said),
  withdraw: open(Mark),
  separationOfDuties: open(Mark),
  /** Where decisions are made public. `by`: another body publishes, and the unit only registers that it has. */
  channel: open(z.strictObject({ said: text, by: z.enum(['province']).optional(), ...src })),
  maskBefore: open(Mark),
  reviewBy: open(z.strictObject({ said: text, ...src })),
})

const other = {
  evidenceAV: open(
    z.strictObject({
      /** What the written description states, by the key of the form. */
      fields: z.array(Named),
      disc: z.boolean(),
      copyConsistency: z.string().nullable(),
      ...src,
    }),
  ),
  /** Kinds of written record that the text lists, and the forms that must be used. */
  documents: open(
    z.strictObject({ kinds: open(Said), templateSet: open(z.strictObject({ said: text, ...src })) }),
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
  police: open(
    z.strictObject({ organ: open(Mark), onSpot: open(Said), venue: open(Mark), property: open(Said) }),
  ),
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
  /** The text reaches no other acts than these, and of these only those that the agency has taken up; absent: it may be applied to any. */
  actsOnly: Mark.optional(),
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
