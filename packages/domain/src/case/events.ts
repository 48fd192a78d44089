import { z } from 'zod'
import { Fact, FactPerson, Instant } from '@liuhen/law/fact'
import { Enclosure } from '@liuhen/ledger/package/documents'
import { Shredding } from '@liuhen/ledger/shredding'
import { Fingermark } from '../document/fingermark.ts'
import { Medium } from '../recording/events.ts'

/** Bytes in the blob store, as events name them; the package verifier looks for the key `blob`. */
export const BlobRef = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().min(0),
  mime: z.string(),
})
export type BlobRef = z.infer<typeof BlobRef>

const Digest = z.string().regex(/^[0-9a-f]{64}$/)
const SealAlgorithm = z.enum(['rsa-sha256', 'ecdsa-sha256', 'sm2-sm3'])

/** Signatures on a paper's archival PDF, and what they are to be compared with. */
export const Sealing = z.object({
  /** The paper before the first signature: its first bytes, which are there still. */
  unsealed: z.object({ sha256: Digest, sizeBytes: z.int().min(1) }),
  /** Inside the PDF, the earliest first. */
  seals: z
    .array(
      z.object({
        by: z.enum(['agency', 'officer']),
        algorithm: SealAlgorithm,
        /** SHA-256 of the certificate. */
        certificate: Digest,
        /** Bytes that it covers, as in the PDF. */
        range: z.tuple([z.literal(0), z.int(), z.int(), z.int()]).readonly(),
      }),
    )
    .min(1),
  /** Beside the PDF, over all of its bytes: for algorithms that readers of PDF do not know. */
  beside: z
    .array(
      z.object({
        by: z.literal('agency'),
        algorithm: SealAlgorithm,
        certificate: Digest,
        /** The certificate itself and the signature, in base64. */
        x509: z.string(),
        signature: z.string(),
      }),
    )
    .optional(),
})
export type Sealing = z.infer<typeof Sealing>

/**
 * Why a paper that bears the agency's seal has none of its key: it is stamped by hand. `not-in-pdf`: the agency has a
 * valid certificate, of an algorithm that no reader of PDF knows.
 */
export const NotSealed = z.enum(['no-certificate', 'not-valid', 'not-in-pdf'])
export type NotSealed = z.infer<typeof NotSealed>

export const LawSelection = z.object({
  /** Base pack id, or `national` alone. */
  base: z.string(),
  overlays: z.array(z.string()),
  /** The agency's settings for what no text fixes, as at the case's beginning; later ones come by SettingsAdopted. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type LawSelection = z.infer<typeof LawSelection>

/** Where a case comes from: the five of zml-9-1 … 9-5, or the application of the party (依申请). */
export const Source = z.enum(['inspection', 'report', 'application', 'superior', 'transfer', 'other'])
export type Source = z.infer<typeof Source>

export const Party = z.object({
  kind: z.enum(['person', 'sole-trader', 'organisation']),
  name: z.string().min(1).max(120),
  idNumber: z.string().optional(),
  orgCode: z.string().optional(),
  representative: z.string().max(60).optional(),
  address: z.string().max(200).optional(),
  phone: z.string().max(30).optional(),
})
export type Party = z.infer<typeof Party>

const Json = z.json()
/** What a form or a step brought, as it will be stored. */
export const JsonRecord = z.record(z.string(), Json)
export type JsonRecord = z.infer<typeof JsonRecord>
const Data = JsonRecord
const None = z.undefined().optional()

const event = <P extends z.ZodType, I extends z.ZodType, Q extends z.ZodType>(
  pub: P,
  internal: I,
  personal: Q,
) => z.object({ public: pub, internal: internal, personal: personal })

/** Who gave an opinion; in whose place, where that head was away, and by which record. */
const Opinion = z.object({
  by: FactPerson,
  opinion: z.string(),
  standsInFor: z.object({ delegationId: z.string(), personId: z.string(), name: z.string() }).optional(),
})

/** What the law sees of the recording, as of this event (recording/facts.ts). */
const RecordingFacts = z.object({ facts: z.array(Fact) })

/** Data of every event of a case stream, by type and compartment. */
export const CaseEventData = {
  LeadRegistered: event(
    z.object({
      leadNo: z.string(),
      procedure: z.string(),
      law: LawSelection,
      source: Source,
      receivedAt: Instant,
    }),
    z.object({
      title: z.string(),
      summary: z.string(),
      place: z.string().optional(),
      occurredAt: Instant.optional(),
      violation: z.string().optional(),
      /** The informant gave a name; who it is stands in the personal part. */
      realName: z.boolean().optional(),
    }),
    z
      .object({ informant: z.object({ name: z.string().optional(), phone: z.string().optional() }) })
      .optional(),
  ),
  /** A register (台账) begins: what the agency keeps without a case. It has no source, no party and no file. */
  RegisterOpened: event(
    z.object({ registerNo: z.string(), procedure: z.string(), law: LawSelection, openedAt: Instant }),
    z.object({ title: z.string() }),
    None,
  ),
  PartyNamed: event(z.object({ kind: Party.shape.kind }), None, Party.optional()),
  HandlersAssigned: event(
    z.object({ count: z.int() }),
    z.object({ handlers: z.array(FactPerson).min(1) }),
    None,
  ),
  CaseFlagged: event(z.object({ flag: z.string(), on: z.boolean() }), z.object({ reason: z.string() }), None),
  StepBegun: event(
    z.object({ step: z.string(), from: Instant }),
    z.object({
      place: z.string().optional(),
      officers: z.array(FactPerson),
    }),
    None,
  ),
  StepCompleted: event(
    z.object({ step: z.string(), from: Instant, to: Instant }),
    z.object({
      place: z.string().optional(),
      officers: z.array(FactPerson),
      data: Data,
    }),
    None,
  ),
  /** Anything a rule waits for that is neither step, document nor recording: a waiver, a payment, the act's end. */
  FactNoted: event(
    /** By `ref` other facts are about it. */
    z.object({
      name: z.string(),
      at: Instant,
      ref: z.string().optional(),
      /** From when to when it lasted, where that is asked for. */
      from: Instant.optional(),
      to: Instant.optional(),
      /** The case is dealt with anew: it is open again if it was archived. */
      anew: z.literal(true).optional(),
    }),
    z.object({
      step: z.string().optional(),
      about: z.string().optional(),
      data: Data,
      note: z.string().optional(),
      /** Who took part, with capacity and rank; in older records it is whoever registered it. */
      by: z.array(FactPerson).optional(),
    }),
    None,
  ),
  DocumentSubmitted: event(
    z.object({
      documentId: z.string(),
      type: z.string(),
      step: z.string(),
      version: z.int(),
      dataHash: z.string(),
      about: z.string().optional(),
      data: Data.optional(),
      /** It is to take the place of the paper that it is about, as that approval says. */
      corrects: z.literal(true).optional(),
      approvalId: z.string().optional(),
      /** It was written by hand on this numbered blank. */
      preNumber: z.string().optional(),
    }),
    /** Rules must know that a personal field is filled, and go on knowing it when its value is no longer kept. */
    z.object({ data: Data, filled: z.array(z.string()).optional() }),
    z.object({ data: Data }).optional(),
  ),
  DocumentApproved: event(
    z.object({ documentId: z.string(), rank: z.string(), dataHash: z.string() }),
    Opinion,
    None,
  ),
  DocumentReturned: event(z.object({ documentId: z.string(), rank: z.string() }), Opinion, None),
  DocumentSigned: event(
    z.object({
      documentId: z.string(),
      role: z.string(),
      method: z.enum(['handwriting', 'refused']),
      dataHash: z.string(),
      signedAt: Instant,
      /** The signer had the paper in hand. */
      handedOver: z.literal(true).optional(),
    }),
    z.object({
      by: FactPerson.optional(),
      /** Canonical JSON of the pen's strokes, kept whole: points with time and pressure. */
      strokes: z.string().optional(),
      refusal: z.object({ reason: z.string(), witnesses: z.array(z.string()) }).optional(),
    }),
    /** Of somebody from outside the agency. */
    z.object({ name: z.string(), fingermark: Fingermark.optional() }).optional(),
  ),
  DocumentIssued: event(
    z.object({
      documentId: z.string(),
      type: z.string(),
      number: z.string().optional(),
      issuedOn: z.iso.date(),
      dataHash: z.string(),
    }),
    None,
    None,
  ),
  /** A paper taken back by its author before anybody relied on it; its number stays used. */
  DocumentVoided: event(
    z.object({ documentId: z.string(), type: z.string(), number: z.string().optional() }),
    z.object({ by: FactPerson, reason: z.string() }),
    None,
  ),
  /** A correction took the place of an issued paper, which stays as it is. */
  DocumentCorrected: event(
    z.object({ documentId: z.string(), by: z.string(), type: z.string(), approvalId: z.string().optional() }),
    None,
    None,
  ),
  CaseNumbered: event(z.object({ caseNo: z.string() }), None, None),
  DocumentRendered: event(
    z.object({
      documentId: z.string(),
      blob: BlobRef,
      pages: z.int(),
      checkpoint: z.string().optional(),
      sealing: Sealing.optional(),
      notSealed: NotSealed.optional(),
    }),
    None,
    None,
  ),
  DocumentServed: event(
    z.object({ documentId: z.string(), mode: z.string(), servedAt: Instant }),
    z.object({
      receiptId: z.string().optional(),
      recordingIds: z.array(z.string()),
      place: z.string().optional(),
      by: z.array(FactPerson),
      proof: z.string().optional(),
    }),
    /** `party`: on whom, of several whom the paper names; who received it may be somebody else. */
    z
      .object({ recipient: z.string(), relation: z.string().optional(), party: z.string().optional() })
      .optional(),
  ),
  /** A service that was registered wrongly counts no more: which of the paper's, from 0, and how many are left. */
  DocumentServiceRetracted: event(
    z.object({ documentId: z.string(), serving: z.int(), remaining: z.int() }),
    z.object({ by: FactPerson, reason: z.string() }),
    None,
  ),
  RecordingLinked: event(
    z.object({
      recordingId: z.string(),
      scene: z.string(),
      step: z.string(),
      from: Instant,
      to: Instant,
      medium: Medium,
      blob: BlobRef,
      /** Head of the recording's own stream when it was linked. */
      head: z.object({ version: z.int(), leafHash: z.string() }).optional(),
    }),
    RecordingFacts,
    None,
  ),
  /** What is now known of a linked recording: labels, legibility, interruptions. Takes the place of what was known before. */
  RecordingNoted: event(z.object({ recordingId: z.string(), what: z.string() }), RecordingFacts, None),
  /** A rule that only warns was overridden, with the reason given (decisions: refuse or warn is data). */
  WarningOverridden: event(
    z.object({ on: z.string(), codes: z.array(z.string()), clauses: z.array(z.string()) }),
    z.object({ reason: z.string(), messages: z.array(z.string()) }),
    None,
  ),
  DutyExcused: event(
    z.object({ duty: z.string(), rule: z.string() }),
    z.object({ reason: z.string(), approvedBy: FactPerson.optional() }),
    None,
  ),
  /** What the agency has set since the case began. Withheld: what would let something be kept shorter than was told. */
  SettingsAdopted: event(
    z.object({
      proposalId: z.string(),
      settings: LawSelection.shape.settings,
      withheld: z.array(z.string()),
    }),
    None,
    None,
  ),
  CaseFileAssembled: event(
    z.object({
      items: z.array(
        z.object({
          no: z.int(),
          title: z.string(),
          audience: z.enum(['main', 'sub']),
          pageFrom: z.int(),
          pageTo: z.int(),
          documentId: z.string().optional(),
          recordingId: z.string().optional(),
          number: z.string().optional(),
          date: z.string().optional(),
          sha256: z.string(),
        }),
      ),
    }),
    None,
    None,
  ),
  CaseArchived: event(
    z.object({ archiveNo: z.string(), keptUntil: z.iso.date().optional(), why: z.string() }),
    None,
    None,
  ),
  DisclosurePublished: event(
    z.object({ disclosureId: z.string(), documentId: z.string(), summary: Data, channel: z.string() }),
    None,
    None,
  ),
  /** The reason is told to the public (pen-48); `since` is when the decision was overturned, where that is why. */
  DisclosureWithdrawn: event(
    z.object({
      disclosureId: z.string(),
      documentId: z.string(),
      reason: z.string().min(2).max(500),
      since: Instant.optional(),
    }),
    None,
    None,
  ),
  PackageExported: event(
    z.object({
      packageId: z.string(),
      audience: z.enum(['whole', 'party']),
      streams: z.array(z.object({ streamId: z.string(), head: z.int(), leafHash: z.string() })),
      documents: z.int(),
      recordings: z.int(),
      /** Digest of the payload manifest: makes every byte of the package's payload part of the record. */
      payloadManifestSha256: Digest.optional(),
      /** The same by SM3 alone: SM3 of the manifest of SM3, where that of every file was known. */
      payloadManifestSm3: Digest.optional(),
      /** The package holds, with proofs, the checkpoints on its papers: one that is missing was taken out. */
      issuedCheckpoints: z.literal('enclosed').optional(),
      /** The internal part lists the metadata and encapsulations that the package holds. */
      enclosures: z.literal('listed').optional(),
    }),
    /** Free words, which may name people: a package for a party tells nothing of who else was given one. */
    z.object({
      recipient: z.string(),
      purpose: z.string(),
      /** Paths in the package, which name papers; of metadata the digest too. */
      enclosed: z.array(Enclosure).optional(),
    }),
    None,
  ),
  /** Lawful disposal let go of what earlier events say: their internal and personal parts are gone with their salts. */
  ContentShredded: event(Shredding, None, None),
} as const

export type CaseEventType = keyof typeof CaseEventData
export type CaseEventOf<T extends CaseEventType> = Readonly<{
  type: T
  schemaVersion: 1
  occurredAt: Instant
  data: z.infer<(typeof CaseEventData)[T]>
}>
export type CaseEvent = { [T in CaseEventType]: CaseEventOf<T> }[CaseEventType]
