import type {
  ChainCheck,
  CheckResult,
  Interruption,
  KeyPoint,
  LabelDetails,
  PlaybackEntry,
  LinePin,
  Manifest,
  PlaybackLook,
  RecordingEvent,
  Stored,
  TranscriptLine,
} from './events.ts'

/** The latest of what was written down of a recording, and who wrote which version when. */
export type Transcript = Readonly<{
  lines: readonly TranscriptLine[]
  versions: readonly Readonly<{ version: number; lines: number; by: string; at: string }>[]
}>
export type Pinned = LinePin & Readonly<{ atSeconds: number; by: string; at: string }>

type Common = Readonly<{
  manifest: Manifest
  registeredAt: string
  labels?: Readonly<{
    caseNo: string
    handler: string
    party?: string
    details?: LabelDetails | undefined
    at: string
  }>
  link?: Readonly<{ caseId: string; step: string; scene: string; about?: string | undefined }>
  interruptions: readonly Interruption[]
  rejected: readonly Readonly<{ uploadId: string; received: string }>[]
  /** What the device signed; absent for devices that do not sign. */
  chain?: Readonly<{ sha256: string; sizeBytes: number }>
  chainCheck?: ChainCheck
}>

type Kept = Common &
  Readonly<{
    stored: Stored
    storedAt: string
    points: readonly KeyPoint[]
    legibility?: Readonly<{ title: boolean; face: boolean; by: string; at: string }>
    transcript?: Transcript
    /** Lines of written records that somebody found in the film. */
    pins?: readonly Pinned[]
    evidence?: Readonly<{ reason: string; at: string }>
    /** Who looked whether it plays, the latest look of each capacity last. */
    looks?: readonly (PlaybackLook & Readonly<{ at: string }>)[]
    playbackEntry?: PlaybackEntry & Readonly<{ at: string }>
    /** Its bytes are gone, by which batch of disposal. */
    destroyed?: Readonly<{ batchId: string; number: string; at: string }>
  }>

/** Registered: announced, its bytes are not here yet. Stored: they are, whole and as declared. Checked: the tools have spoken. */
export type RecordingState =
  | Readonly<{ status: 'none' }>
  | (Common & Readonly<{ status: 'registered' }>)
  | (Kept & Readonly<{ status: 'stored' }>)
  | (Kept & Readonly<{ status: 'checked'; check: CheckResult; checkedAt: string }>)

export type KnownRecording = Exclude<RecordingState, { status: 'none' }>
export type KeptRecording = Exclude<KnownRecording, { status: 'registered' }>

export const initialRecording: RecordingState = { status: 'none' }

export const isKept = (s: RecordingState): s is KeptRecording =>
  s.status === 'stored' || s.status === 'checked'

/** An event that does not fit the state is a programmer's error: the store never holds such a stream. */
const misplaced = (s: RecordingState, type: string): never => {
  throw new Error(`${type} cannot follow a recording that is ${s.status}`)
}

const transcribed = (
  s: KeptRecording,
  e: Extract<RecordingEvent, { type: 'RecordingTranscribed' }>,
): Transcript => {
  const { version, lines, by } = e.data.internal
  const made = { version, lines, by: by.name, at: e.occurredAt }
  return { lines: e.data.personal?.lines ?? [], versions: [...(s.transcript?.versions ?? []), made] }
}

const pinned = (
  s: KeptRecording,
  e: Extract<RecordingEvent, { type: 'RecordingLinePinned' }>,
): readonly Pinned[] => {
  const { documentId, line, atSeconds, by } = e.data.internal
  const others = (s.pins ?? []).filter((p) => p.documentId !== documentId || p.line !== line)
  return atSeconds === undefined
    ? others
    : [...others, { documentId, line, atSeconds, by: by.name, at: e.occurredAt }]
}

const evolveKept = (s: KeptRecording, e: RecordingEvent): RecordingState => {
  const at = e.occurredAt
  switch (e.type) {
    case 'RecordingChecked': {
      const { sm3, ...check } = e.data.internal
      const blob = sm3 === undefined ? s.stored.blob : { ...s.stored.blob, sm3 }
      return { ...s, status: 'checked', stored: { ...s.stored, blob }, check, checkedAt: at }
    }
    case 'RecordingPointsMarked':
      return { ...s, points: e.data.internal.points }
    case 'RecordingLegibilityConfirmed': {
      const { title, face, by } = e.data.internal
      return { ...s, legibility: { title, face, by: by.name, at } }
    }
    case 'RecordingPlaybackConfirmed':
      return { ...s, looks: [...(s.looks ?? []), { ...e.data.internal, at }] }
    case 'RecordingLedgered':
      return { ...s, playbackEntry: { ...e.data.internal, at } }
    case 'RecordingTranscribed':
      return { ...s, transcript: transcribed(s, e) }
    case 'RecordingLinePinned':
      return { ...s, pins: pinned(s, e) }
    case 'RecordingMarkedEvidence':
      return { ...s, evidence: { reason: e.data.internal.reason, at } }
    case 'RecordingDestroyed':
      return { ...s, destroyed: { ...e.data.internal, at } }
    default:
      return misplaced(s, e.type)
  }
}

const evolveKnown = (s: KnownRecording, e: RecordingEvent): RecordingState => {
  switch (e.type) {
    case 'RecordingLabelled':
      return { ...s, labels: { ...e.data.internal, ...e.data.personal, at: e.occurredAt } }
    case 'RecordingLinked':
      return { ...s, link: e.data.internal }
    case 'ContentShredded':
    case 'ContentGone':
      return s
    case 'RecordingInterrupted':
      return { ...s, interruptions: [...s.interruptions, e.data.internal] }
    case 'RecordingChainKept':
      return { ...s, chain: e.data.internal.chain }
    case 'RecordingChainChecked':
      return { ...s, chainCheck: e.data.internal }
    case 'RecordingTransferRejected': {
      const { uploadId, received } = e.data.internal
      return { ...s, rejected: [...s.rejected, { uploadId, received }] }
    }
    case 'RecordingStored':
      return s.status === 'registered'
        ? { ...s, status: 'stored', stored: e.data.public, storedAt: e.occurredAt, points: [] }
        : misplaced(s, e.type)
    default:
      return s.status === 'registered' ? misplaced(s, e.type) : evolveKept(s, e)
  }
}

export const evolveRecording = (s: RecordingState, e: RecordingEvent): RecordingState => {
  if (s.status !== 'none') return evolveKnown(s, e)
  if (e.type !== 'RecordingRegistered') return misplaced(s, e.type)
  return {
    status: 'registered',
    manifest: e.data.internal,
    registeredAt: e.occurredAt,
    interruptions: [],
    rejected: [],
  }
}

export const foldRecording = (events: readonly RecordingEvent[]): RecordingState =>
  events.reduce(evolveRecording, initialRecording)
