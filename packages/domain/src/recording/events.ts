import { z } from 'zod'
import { Shredding } from '@liuhen/ledger/shredding'
import { CHAIN_ASPECTS, CHAIN_FAULTS, CHAIN_VERDICTS } from '@liuhen/ledger/chain/finding'
import { CLOSINGS } from '@liuhen/ledger/chain/record'
import { Instant } from '@liuhen/law/fact'
import { Actor } from '../event.ts'
import { goneOr } from '../gone.ts'
import { DeclaredPlace, Point } from './place.ts'

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

/** Stored bytes, as every event names them: under the key `blob`, so that a verifier finds them without knowing the event. */
export const BlobRef = z.object({
  sha256: Sha256Hex,
  sizeBytes: z.int().positive(),
  mime: z.string().max(100),
  sm3: Sha256Hex.optional(),
})
export type BlobRef = z.infer<typeof BlobRef>

/** Why a recording stopped although the act went on (zml-18-1). */
export const INTERRUPTION_CAUSES = ['device-fault', 'weather', 'battery', 'storage', 'other'] as const
export const InterruptionCause = z.enum(INTERRUPTION_CAUSES)
export type InterruptionCause = z.infer<typeof InterruptionCause>

/** Why the bytes could not be handed over in the ordinary time (zml-25-5). */
export const LateTransfer = z.object({
  reason: z.enum(['continuous-work', 'off-site', 'remote-area']),
  returnedAt: Instant,
})
export type LateTransfer = z.infer<typeof LateTransfer>

/** How it was recorded; `surveillance` is a fixed camera that runs by itself. */
export const MEDIA = ['video', 'audio', 'photo', 'surveillance'] as const
export const Medium = z.enum(MEDIA)
export type Medium = z.infer<typeof Medium>

export const Manifest = z.object({
  sha256: Sha256Hex,
  sizeBytes: z.int().positive(),
  fileName: z.string().min(1).max(200),
  mime: z.string().max(100),
  medium: Medium,
  device: z.object({
    id: z.string().max(64),
    name: z.string().max(100).optional(),
    /** Device clock minus ours when it was docked; the times below are left as the device gave them. */
    clockOffsetMs: z.int().optional(),
    /** The true offset lies within this much on either side of it. */
    clockUncertaintyMs: z.int().min(0).optional(),
    /** Made for places where things may explode (sjz-8-1). */
    explosionProof: z.boolean().optional(),
  }),
  officer: z.object({ personId: z.string(), name: z.string(), certNo: z.string().optional() }),
  madeFrom: Instant,
  madeTo: Instant,
  /** Segments of one session are numbered from 1. */
  session: z.object({ id: z.string().max(64), segment: z.int().min(1) }).optional(),
  /** What the officer believes it belongs to; only a link binds. */
  suggestion: z
    .object({ caseId: z.string().optional(), step: z.string().optional(), scene: z.string().optional() })
    .optional(),
  lateTransfer: LateTransfer.optional(),
  /** The docking that brought it, and where it lay on the card. */
  docking: z.object({ id: z.string(), path: z.string().max(400) }).optional(),
  /** Where it was made, as the device says; the file's own word goes before it. */
  place: DeclaredPlace.optional(),
})
export type Manifest = z.infer<typeof Manifest>

export const Gap = z.object({
  atSeconds: z.number(),
  seconds: z.number(),
  /** The sound stops while the picture goes on. */
  sound: z.literal(true).optional(),
})
export type Gap = z.infer<typeof Gap>

/** A place where one recording seems to end and another to begin: an uneven step of time, or another picture format. */
export const Break = z.object({ atSeconds: z.number(), kind: z.enum(['time', 'picture']) })
export type Break = z.infer<typeof Break>

/** What a photo says of itself. */
export const PhotoFacts = z.object({
  device: z.string().max(100).optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
})
export type PhotoFacts = z.infer<typeof PhotoFacts>

/** What the media tools said. `not-checked` is never read as playable. */
export const CheckResult = z.object({
  verdict: z.enum(['playable', 'broken', 'not-checked']),
  /** For people: what is wrong, or why nothing was checked. */
  note: z.string().max(500).optional(),
  /** The tools' own words, for whoever mends devices. */
  detail: z.string().max(500).optional(),
  /** Declared and found length, where they differ by more than the tolerance. */
  lengthDiffers: z.object({ declaredSeconds: z.number(), fileSeconds: z.number() }).optional(),
  durationSeconds: z.number().optional(),
  container: z.string().optional(),
  video: z
    .object({ codec: z.string(), width: z.int(), height: z.int(), fps: z.number().optional() })
    .optional(),
  audio: z.object({ codec: z.string() }).optional(),
  frames: z
    .object({
      declared: z.int().optional(),
      read: z.int(),
      /** From one frame to the next, as most of them are apart. */
      everySeconds: z.number().positive().optional(),
      /** They are not evenly apart. */
      uneven: z.literal(true).optional(),
    })
    .optional(),
  gaps: z.array(Gap).max(100).default([]),
  breaks: z.array(Break).max(100).optional(),
  /** When it was made, as the file itself says: by the device's clock. */
  madeAt: Instant.optional(),
  /** The file's own time lies outside the time for which it was registered, by so much. */
  clockDiffers: z.object({ fileSays: Instant, seconds: z.number() }).optional(),
  /** The program that wrote the file, where it is one that edits or converts. */
  writtenBy: z.string().max(100).optional(),
  photo: PhotoFacts.optional(),
  /** Where a film says that it was made. */
  place: Point.optional(),
  decoded: z.enum(['full', 'keyframes', 'none']).default('none'),
  tool: z.string().optional(),
  /** False when the tools ran without a sandbox. */
  isolated: z.boolean().optional(),
})
export type CheckResult = z.infer<typeof CheckResult>

/** How the chain of a run stood when its bytes had come: every finding, and by whose key. */
export const ChainCheck = z.object({
  verdict: z.enum(CHAIN_VERDICTS),
  findings: z.array(
    z.object({
      fault: z.enum(CHAIN_FAULTS),
      from: z.int(),
      to: z.int(),
      of: z.enum(CHAIN_ASPECTS),
    }),
  ),
  records: z.int(),
  segments: z.int(),
  /** Fingerprint of the key that signed, and how it stood then. */
  key: z.string().optional(),
  /** Which run of a camera it is, as signed: two recordings of one run are told of each other. */
  run: z.object({ chain: z.string(), session: z.string(), take: z.int() }).optional(),
  keyStatus: z.enum(['unknown', 'requested', 'approved', 'revoked']),
  closed: z
    .object({ why: z.enum(CLOSINGS), cause: z.string().optional(), detail: z.string().optional() })
    .optional(),
})
export type ChainCheck = z.infer<typeof ChainCheck>

export const KeyPoint = z
  .object({
    code: z.string().max(64),
    atSeconds: z.number().min(0).optional(),
    notApplicable: z.string().min(1).max(200).optional(),
  })
  .refine((p) => (p.atSeconds === undefined) !== (p.notApplicable === undefined), {
    error: '请标注要点出现的时间，或者说明不适用的原因（二者选一）。',
  })
export type KeyPoint = z.infer<typeof KeyPoint>

const Interruption = z.object({
  from: Instant,
  to: Instant.optional(),
  cause: InterruptionCause,
  detail: z.string().max(500).optional(),
  /** Where in the resumed recording the reason is spoken (zml-18-1). */
  spokenAtSeconds: z.number().min(0).optional(),
  /** The recording could not be resumed: the head was told, a written statement follows (zml-18-2, zml-18-3). */
  abandoned: z
    .object({ reportedTo: z.string(), reportedAt: Instant, statementId: z.string().optional() })
    .optional(),
})
export type Interruption = z.infer<typeof Interruption>

/** What some texts want on a recording beside case, party and handler, by the keys of those texts (pxs-11-3, sjz-17-2, sjz-17-3). */
export const LabelDetails = z.record(z.string().regex(/^[a-z][a-zA-Z]{0,39}$/), z.string().min(1).max(500))
export type LabelDetails = z.infer<typeof LabelDetails>

/** As whom somebody looked: who made the recording, or who keeps recordings. */
export const LookCapacity = z.enum(['officer', 'keeper'])
/** A person's verdict on whether it plays, beside the machine's (ft-23-4). */
export const PlaybackLook = z.object({
  playable: z.boolean(),
  note: z.string().max(200).optional(),
  /** Seconds of it that were really played before. */
  watchedSeconds: z.number().min(0),
  as: LookCapacity,
  by: z.object({ personId: z.string(), name: z.string() }),
})
export type PlaybackLook = z.infer<typeof PlaybackLook>

/** A line of the list of recordings (ft-23-5, ft-23-6). */
export const PlaybackEntry = z.object({
  officer: z.string(),
  certNo: z.string().optional(),
  date: z.iso.date(),
  period: z.string().max(40),
})
export type PlaybackEntry = z.infer<typeof PlaybackEntry>

/** A line of what is heard: from which second, who speaks, what is said. Without an end it lasts until the next. */
export const TranscriptLine = z.object({
  from: z.number().min(0),
  to: z.number().min(0).optional(),
  speaker: z.string().min(1).max(30).optional(),
  text: z.string().min(1).max(1000),
})
export type TranscriptLine = z.infer<typeof TranscriptLine>

/** Where in the film a line of a written record is spoken, as somebody heard it; without a second the word is taken back. */
export const LinePin = z.object({
  documentId: z.string().max(64),
  /** From 1. */
  line: z.int().min(1),
  atSeconds: z.number().min(0).optional(),
})
export type LinePin = z.infer<typeof LinePin>

const By = z.object({ personId: z.string().optional(), name: z.string() })

const base = { schemaVersion: z.literal(1), occurredAt: Instant }
const event = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...base, type: z.literal(type), data })

const Stored = z.object({
  blob: BlobRef,
  /** Root of the RFC 6962 tree over the SHA-256 digests of the 4 MiB chunks, base64. */
  chunkRoot: z.string(),
  chunkSizeBytes: z.int(),
  /** How the bytes were checked on their way: every chunk against the sender's digest, or by reading back only. */
  checksum: z.enum(['per-chunk', 're-read']),
})
export type Stored = z.infer<typeof Stored>

/**
 * Events whose internal part goes with the case file: what people wrote of the recording and what they did with it. What it
 * was, that it came whole, in which case and list it stood and by which batch it went is no more than its number says. Ours:
 * no text says what of a record goes with a file (docs/design/042).
 */
export const GOES_WITH_FILE: ReadonlySet<string> = new Set<z.infer<typeof Told>['type']>([
  'RecordingLabelled',
  'RecordingPointsMarked',
  'RecordingLegibilityConfirmed',
  'RecordingPlaybackConfirmed',
  'RecordingInterrupted',
  'RecordingChainChecked',
  'RecordingTranscribed',
  'RecordingLinePinned',
  'RecordingMarkedEvidence',
])

const Told = z.discriminatedUnion('type', [
  event('RecordingRegistered', z.object({ internal: Manifest })),
  event(
    'RecordingStored',
    z.object({ public: Stored, internal: z.object({ uploadId: z.string() }).optional() }),
  ),
  /** Bytes came whole but are not those that were declared; they are kept in quarantine. */
  event(
    'RecordingTransferRejected',
    z.object({ internal: z.object({ uploadId: z.string(), declared: Sha256Hex, received: Sha256Hex }) }),
  ),
  event('RecordingChecked', z.object({ internal: CheckResult.extend({ sm3: Sha256Hex.optional() }) })),
  event(
    'RecordingLabelled',
    z.object({
      internal: z.object({ caseNo: z.string(), handler: z.string(), details: LabelDetails.optional() }),
      personal: z.object({ party: z.string() }).optional(),
    }),
  ),
  event(
    'RecordingLinked',
    z.object({
      internal: z.object({
        caseId: z.string(),
        step: z.string(),
        scene: z.string(),
        about: z.string().optional(),
      }),
    }),
  ),
  event('RecordingPointsMarked', z.object({ internal: z.object({ points: z.array(KeyPoint) }) })),
  event(
    'RecordingLegibilityConfirmed',
    z.object({
      internal: z.object({
        title: z.boolean(),
        face: z.boolean(),
        by: Actor.pick({ userId: true, name: true }),
      }),
    }),
  ),
  event('RecordingPlaybackConfirmed', z.object({ internal: PlaybackLook })),
  /** Entered in the playback register; only the stored name calls it otherwise. */
  event('RecordingLedgered', z.object({ internal: PlaybackEntry })),
  event('RecordingInterrupted', z.object({ internal: Interruption })),
  /** What the device signed while it recorded: a file beside the bytes, never of them. */
  event(
    'RecordingChainKept',
    z.object({ internal: z.object({ chain: z.object({ sha256: Sha256Hex, sizeBytes: z.int() }) }) }),
  ),
  event('RecordingChainChecked', z.object({ internal: ChainCheck })),
  /** What is said and by whom is told of persons; that it was written down, and by whom, is not. */
  event(
    'RecordingTranscribed',
    z.object({
      internal: z.object({ version: z.int().min(1), lines: z.int(), by: By }),
      personal: z.object({ lines: z.array(TranscriptLine) }).optional(),
    }),
  ),
  event('RecordingLinePinned', z.object({ internal: LinePin.extend({ by: By }) })),
  event('RecordingMarkedEvidence', z.object({ internal: z.object({ reason: z.string() }) })),
  /** The case file went, and with it what people wrote of its recordings, which were destroyed before. */
  event('ContentShredded', z.object({ public: Shredding })),
  /** Stands for an event whose content went with the case file: something happened, and nobody knows any more what. */
  event('ContentGone', z.object({})),
  /** Its bytes are destroyed according to law; what is known of it stays. */
  event('RecordingDestroyed', z.object({ internal: z.object({ batchId: z.string(), number: z.string() }) })),
])
/** An event of a recording's stream, also when lawful disposal has let go of what it said. */
export const RecordingEvent = z.preprocess((e) => goneOr(e, GOES_WITH_FILE), Told)
export type RecordingEvent = z.infer<typeof Told>
