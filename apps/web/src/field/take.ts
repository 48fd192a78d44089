import type { ChainMedium } from '@liuhen/ledger/chain/record'
import type { ChainVerdict } from '@liuhen/ledger/chain/finding'
import { reminderDay } from '@liuhen/domain/field-session/reminder-day'
import type { InterruptionCause } from '@liuhen/domain/recording/events'
import type { DeclaredPlace } from '@liuhen/domain/recording/place'
import type { Labels } from '../recording/labels-for.ts'

/** What is being filmed. */
export type Work = Readonly<{
  caseId: string
  caseNo: string
  title: string
  step: string
  stepName: string
  scene: string
  sceneName: string
  labels: Labels
}>

/** Why a run ended although the act went on, and how it went on. */
export type Break = Readonly<{
  from: string
  cause: InterruptionCause
  detail?: string
  to?: string
  /** Where in the run that follows the reason is spoken. */
  spokenAtSeconds?: number
  abandoned?: Readonly<{ reportedTo: string; reportedAt: string }>
}>

/** One run of the camera, as the phone knows it. Its bytes and its chain are files; this can be lost without them. */
export type Take = Readonly<{
  chain: string
  session: string
  take: number
  personId: string
  medium: ChainMedium
  mime: string
  work?: Work
  begunAt: string
  /** When the last segment came. */
  endedAt: string
  /** Bytes of each segment that is on the phone's disk with its record. */
  sizes: readonly number[]
  marks: readonly Readonly<{ code: string; atSeconds: number }>[]
  state: TakeState
  /** False: no key could sign its end. */
  isClosed: boolean
  break?: Break
  /** The page was ended while it ran; somebody still has to say why. */
  isUnexplained?: boolean
  /** The phone's clock beside the server's, measured when it was first to be sent. */
  clock?: Readonly<{ clockOffsetMs: number; clockUncertaintyMs: number }>
  /** Where the phone was when it began, where the officer lets it say so. */
  place?: DeclaredPlace
  recordingId?: string
  verdict?: ChainVerdict
  /** What went wrong last, in the words of the server; it is tried again. */
  problem?: string
  /** It is in the store and could not be filed in its case: why. */
  unfiled?: string
  /** What was told to the server after it had the bytes. */
  told: readonly Told[]
}>
export type Told = 'link' | 'label' | 'points' | 'break'

/**
 * recording: the camera runs · kept: whole on the phone · sending · stored: the server has read it back · confirmed: its
 * chain was recomputed there too, and the phone's copy is gone · held: something does not hold, the phone keeps its copy.
 */
export type TakeState =
  | Readonly<{ is: 'recording' }>
  | Readonly<{ is: 'kept' }>
  | Readonly<{ is: 'sending'; sent: number }>
  | Readonly<{ is: 'stored' }>
  | Readonly<{ is: 'confirmed' }>
  | Readonly<{ is: 'held' }>

/** Something went wrong that the server had no words for. */
export const NO_WORDS = 'unexpected'

export type SegmentState = 'written' | 'sent' | 'stored'

export const bytesOf = (take: Pick<Take, 'sizes'>): number => take.sizes.reduce((sum, size) => sum + size, 0)

/** How far each segment has come. Sent is what the server has acknowledged whole. */
export const segmentStates = ({ sizes, state }: Pick<Take, 'sizes' | 'state'>): readonly SegmentState[] => {
  if (state.is !== 'sending')
    return sizes.map(() =>
      state.is === 'stored' || state.is === 'confirmed' || state.is === 'held' ? 'stored' : 'written',
    )
  let end = 0
  return sizes.map((size) => {
    end += size
    return end <= state.sent ? 'sent' : 'written'
  })
}

/** The phone holds the only copy. */
export const isOnlyHere = ({ state }: Pick<Take, 'state'>): boolean =>
  state.is === 'recording' || state.is === 'kept' || state.is === 'sending'

/** The last of the days on which the phone warns, for the oldest of what is only here: those on which the office hears of it. */
export const warningDay = (
  takes: readonly Pick<Take, 'state' | 'begunAt'>[],
  nowMs: number,
): ReturnType<typeof reminderDay> => {
  const oldest = Math.min(...takes.filter(isOnlyHere).map((take) => Date.parse(take.begunAt)))
  return reminderDay(oldest, nowMs)
}

/** Damage that somebody has to look at while the phone still has its copy. */
const DAMAGE: ReadonlySet<ChainVerdict> = new Set(['altered', 'spliced', 'duplicated', 'reordered', 'gap'])
export const isDamaged = (verdict: ChainVerdict): boolean => DAMAGE.has(verdict)

const EXTENSIONS: Readonly<Record<string, string>> = {
  'video/webm': 'webm',
  'video/mp4': 'mp4',
  'audio/webm': 'webm',
  'audio/mp4': 'm4a',
  'image/jpeg': 'jpg',
}
/** Session and run in the name, so that files of one act lie together. */
export const fileNameOf = ({ session, take, mime }: Pick<Take, 'session' | 'take' | 'mime'>): string =>
  `${session.slice(0, 8)}-${String(take).padStart(3, '0')}.${EXTENSIONS[mime] ?? 'bin'}`
