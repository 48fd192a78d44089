import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'
import type { NewEvent } from '../event.ts'
import { BlobRef, Medium } from '../recording/events.ts'
import { StoreName } from '../stores/events.ts'

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
const Cited = z.object({ clause: z.string(), cite: z.string() })

/** A recording whose retention has ended, as the law reckoned it when it was proposed. */
export const RecordingItem = z.object({
  recordingId: z.string(),
  sha256: Sha256Hex,
  sizeBytes: z.int(),
  fileName: z.string(),
  medium: Medium,
  madeFrom: Instant,
  madeTo: Instant,
  caseId: z.string(),
  caseNo: z.string(),
  evidence: z.boolean(),
  /** The last day on which it had to be kept. */
  keptThrough: z.iso.date(),
  why: z.string(),
  citations: z.array(Cited),
})
export type RecordingItem = z.infer<typeof RecordingItem>

/** Bytes that go with a case file: its papers, what is attached to them, and the packages that were made of it. */
export const FilePaper = z.object({ sha256: Sha256Hex, sizeBytes: z.int() })
export type FilePaper = z.infer<typeof FilePaper>

/** A case file whose retention has ended. It is named by its numbers alone: this stays when the file is gone. */
export const FileItem = z.object({
  /** The case. */
  caseFile: z.string(),
  caseNo: z.string(),
  archiveNo: z.string(),
  /** Parts of events that go: what is internal and what is personal. */
  parts: z.int(),
  papers: z.array(FilePaper),
  /** Of the papers. */
  sizeBytes: z.int(),
  keptThrough: z.iso.date(),
  why: z.string(),
  citations: z.array(Cited),
})
export type FileItem = z.infer<typeof FileItem>

export const DisposalItem = z.union([RecordingItem, FileItem])
export type DisposalItem = z.infer<typeof DisposalItem>

/** What an item is: a recording, or the file of a case; one of the two is there. */
const About = { recordingId: z.string().optional(), caseFile: z.string().optional() }
type About = Readonly<{ recordingId?: string | undefined; caseFile?: string | undefined }>

/** Id of the recording or of the case: unique within a batch. */
export const refOf = ({ recordingId, caseFile }: About): string => recordingId ?? caseFile ?? ''
export const aboutOf = (item: About): Pick<RecordingItem, 'recordingId'> | Pick<FileItem, 'caseFile'> =>
  item.caseFile === undefined ? { recordingId: item.recordingId ?? '' } : { caseFile: item.caseFile }
export const isFile = <I extends About>(item: I): item is I & Readonly<{ caseFile: string }> =>
  item.caseFile !== undefined

/** Our own safeguards, as the agency had set them when the batch began. */
export const DisposalLimits = z.object({ items: z.int(), bytes: z.int(), coolingDays: z.int() })
export type DisposalLimits = z.infer<typeof DisposalLimits>

export const STRUCK_HOW = ['review', 'objection', 'recheck'] as const
const Struck = z.object({ ...About, reason: z.string() })

/** What became of one copy. `shared`: the same bytes must still be kept for something else. */
export const CopyFate = z.discriminatedUnion('outcome', [
  z.object({ store: StoreName, outcome: z.literal('destroyed'), at: Instant }),
  z.object({ store: StoreName, outcome: z.literal('absent') }),
  z.object({ store: StoreName, outcome: z.literal('locked'), until: Instant }),
  z.object({ store: StoreName, outcome: z.literal('shared'), because: z.string() }),
])
export type CopyFate = z.infer<typeof CopyFate>

export const DestroyedRecording = z.object({
  recordingId: z.string(),
  sha256: Sha256Hex,
  copies: z.array(CopyFate).min(1),
  /** Copies that had been made of it, and what became of each. */
  derivatives: z
    .array(z.object({ number: z.string(), sha256: Sha256Hex, copies: z.array(CopyFate).optional() }))
    .optional(),
})
export type DestroyedRecording = z.infer<typeof DestroyedRecording>

/** What became of a case file: by which events its content was let go, how many parts of them are gone, and its papers. */
export const DestroyedFile = z.object({
  caseFile: z.string(),
  at: Instant,
  parts: z.int(),
  /** The events that say what went, by stream and version, with their leaf hashes. */
  statements: z.array(z.object({ streamId: z.string(), version: z.int(), leafHash: z.string() })).min(1),
  papers: z.array(z.object({ sha256: Sha256Hex, copies: z.array(CopyFate).min(1) })),
})
export type DestroyedFile = z.infer<typeof DestroyedFile>

export const DestroyedItem = z.union([DestroyedRecording, DestroyedFile])
export type DestroyedItem = z.infer<typeof DestroyedItem>

const base = { schemaVersion: z.literal(1), occurredAt: Instant }
const event = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...base, type: z.literal(type), data })

const Counted = z.object({ items: z.int(), bytes: z.int() })

export const DisposalEvent = z.discriminatedUnion('type', [
  event(
    'DisposalProposed',
    z.object({
      public: Counted.extend({ number: z.string() }),
      internal: z.object({ items: z.array(DisposalItem).min(1), limits: DisposalLimits }),
    }),
  ),
  event(
    'DisposalReviewed',
    z.object({ internal: z.object({ opinion: z.string(), struck: z.array(Struck) }) }),
  ),
  event(
    'DisposalApproved',
    z.object({ public: z.object({ coolsUntil: Instant }), internal: z.object({ opinion: z.string() }) }),
  ),
  event('DisposalRejected', z.object({ internal: z.object({ reason: z.string() }) })),
  event('DisposalStopped', z.object({ internal: z.object({ reason: z.string() }) })),
  event(
    'DisposalItemStruck',
    z.object({ internal: Struck.extend({ how: z.enum(STRUCK_HOW), citations: z.array(Cited) }) }),
  ),
  event(
    'DisposalOrdered',
    z.object({
      public: Counted,
      internal: z.object({ witness: z.object({ personId: z.string(), name: z.string() }) }),
    }),
  ),
  /** Weighed once more and let go: from here on its bytes are destroyed, whatever is cut off in between. */
  event(
    'DisposalItemReleased',
    z.object({
      internal: z.object({
        ...About,
        /** The recording's bytes. */
        sha256: Sha256Hex.optional(),
        /** Those of a case file. */
        papers: z.array(FilePaper).optional(),
      }),
    }),
  ),
  event('DisposalCarriedOut', z.object({ internal: z.object({ items: z.array(DestroyedItem) }) })),
  event('DisposalCertified', z.object({ public: z.object({ blob: BlobRef }) })),
])
export type DisposalEvent = z.infer<typeof DisposalEvent> & NewEvent
