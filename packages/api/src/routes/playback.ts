import { z } from 'zod'
import { PlaybackEntry, Medium, PlaybackLook } from '@liuhen/domain/recording/events'
import { FrameRun } from '@liuhen/domain/recording/frame-runs'
import { ConfirmPlayback } from '@liuhen/domain/recording/playback'
import { Purpose, WatchedRange } from '@liuhen/domain/recording/viewing'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Permission, Reason } from '../schema/evaluation.ts'
import { Done, Id, Page, paged } from '../schema/page.ts'

const tag = '音像'
const ofRecording = z.object({ id: Id })

/** Opens the player: from now on what is really played is reported under the answer's `id`. */
export const beginViewing = defineRoute({
  id: 'beginViewing',
  method: 'POST',
  path: '/recordings/:id/viewings',
  title: '开始调看音像',
  tag,
  access: 'signed-in',
  command: true,
  params: ofRecording,
  body: z.object({
    purpose: Purpose,
    reason: z.string().max(200).optional(),
    /** A copy of it, where that is what is watched. */
    derivativeId: Id.optional(),
  }),
  response: z.object({ id: z.string() }),
  refusals: ['not-found', 'incomplete'],
})

/**
 * What was played since the last report; the same part again changes nothing. `seconds` is what was believed: not behind
 * the end of the film, nor more than there was time for since the viewing began.
 */
export const reportWatched = defineRoute({
  id: 'reportWatched',
  method: 'POST',
  path: '/viewings/:id/watched',
  title: '报告实际播放的时段',
  tag,
  access: 'signed-in',
  command: true,
  params: z.object({ id: z.uuid() }),
  body: z.object({ part: z.int().min(0), ranges: z.array(WatchedRange).min(1).max(500) }),
  response: z.object({ seconds: z.number() }),
  refusals: ['not-found'],
})

export const ViewingRow = z.object({
  id: z.string(),
  at: Instant,
  userName: z.string(),
  purpose: Purpose,
  reason: z.string().optional(),
  /** The number of the copy that was watched; absent where it was the recording itself. */
  copy: z.string().optional(),
  /** Seconds that were played, what was played twice counted twice. */
  watchedSeconds: z.number(),
  /** Seconds of the recording that were seen at all. */
  coveredSeconds: z.number(),
  ranges: z.array(WatchedRange),
})
export type ViewingRow = z.infer<typeof ViewingRow>

export const listViewings = defineRoute({
  id: 'listViewings',
  method: 'GET',
  path: '/recordings/:id/viewings',
  title: '调看登记',
  tag,
  access: ['av-custodian', 'supervisor', 'audit-admin', 'agency-head'],
  params: ofRecording,
  query: Page,
  response: paged(ViewingRow),
  refusals: ['not-found'],
})

export const confirmPlayback = defineRoute({
  id: 'confirmPlayback',
  method: 'POST',
  path: '/recordings/:id/playback',
  title: '确认能否正常回放',
  tag,
  access: ['officer', 'av-custodian'],
  command: true,
  params: ofRecording,
  body: ConfirmPlayback,
  response: Done,
  refusals: ['not-permitted', 'not-found', 'wrong-state', 'incomplete', 'stale-version'],
})

/** Several that were looked at one after the other; each is answered by itself. */
export const confirmPlaybacks = defineRoute({
  id: 'confirmPlaybacks',
  method: 'POST',
  path: '/playback/confirmations',
  title: '批量确认能够正常回放',
  tag,
  access: ['officer', 'av-custodian'],
  command: true,
  body: z.object({ ids: z.array(Id).min(1).max(200) }),
  response: z.object({
    confirmed: z.array(z.string()),
    refused: z.array(z.object({ id: z.string(), why: Permission })),
  }),
})

const Look = PlaybackLook.extend({ at: Instant })
export const PlaybackRow = z.object({
  id: z.string(),
  fileName: z.string(),
  medium: Medium,
  mime: z.string(),
  deviceId: z.string(),
  officerName: z.string(),
  madeFrom: Instant,
  madeTo: Instant,
  caseId: z.string().optional(),
  caseNo: z.string().optional(),
  storedAt: Instant,
  /** The machine's. */
  verdict: z.enum(['playable', 'broken', 'not-checked']).optional(),
  note: z.string().optional(),
  looks: z.array(Look),
  /** Seconds that the one who asks has seen of it, each once; absent while never opened. */
  watchedSeconds: z.number().optional(),
})
export type PlaybackRow = z.infer<typeof PlaybackRow>

/** Recordings at which the one who asks has not looked yet; what does not play comes first, then the oldest. */
export const listPlaybackQueue = defineRoute({
  id: 'listPlaybackQueue',
  method: 'GET',
  path: '/playback/queue',
  title: '待回放核验',
  tag,
  access: ['officer', 'av-custodian'],
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(100) }),
  response: z.object({ items: z.array(PlaybackRow), total: z.int() }),
})

export const PlaybackRegisterRow = PlaybackRow.omit({ watchedSeconds: true }).extend({
  sha256: z.string(),
  sizeBytes: z.int(),
  entry: PlaybackEntry,
  enteredAt: Instant,
})
export type PlaybackRegisterRow = z.infer<typeof PlaybackRegisterRow>
const Span = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() })

export const listPlaybackRegister = defineRoute({
  id: 'listPlaybackRegister',
  method: 'GET',
  path: '/playback/register',
  title: '音像台账',
  tag,
  access: 'signed-in',
  query: Page.extend(Span.shape),
  response: paged(PlaybackRegisterRow),
})

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const exportPlaybackRegister = defineRoute({
  id: 'exportPlaybackRegister',
  method: 'GET',
  path: '/playback/register.csv',
  title: '导出音像台账',
  tag,
  access: ['av-custodian', 'archivist', 'supervisor', 'agency-head'],
  query: Span,
  bytes: 'text/csv',
})

export const exportPlaybackRegisterSheet = defineRoute({
  id: 'exportPlaybackRegisterSheet',
  method: 'GET',
  path: '/playback/register.xlsx',
  title: '导出音像台账（XLSX）',
  tag,
  access: ['av-custodian', 'archivist', 'supervisor', 'agency-head'],
  query: Span,
  bytes: SHEET,
})

/** Helps for looking, made when somebody looks: never the original, never evidence. */
export const PlaybackAids = z.object({
  /** making: they come, ask again; none: this machine cannot make them. */
  state: z.enum(['ready', 'making', 'none']),
  seconds: z.number().optional(),
  /** When each frame is shown. Empty: unknown, the pace is computed. */
  frames: z.array(FrameRun),
  /** Level of the sound over the length, 0 to 100. */
  peaks: z.array(z.int()),
  sprite: z
    .object({ times: z.array(z.number()), columns: z.int(), tileWidth: z.int(), tileHeight: z.int() })
    .optional(),
  /** A small film for browsers that cannot play the original. */
  proxy: z.enum(['none', 'making', 'ready', 'impossible']),
})
export type PlaybackAids = z.infer<typeof PlaybackAids>

export const getPlaybackAids = defineRoute({
  id: 'getPlaybackAids',
  method: 'GET',
  path: '/recordings/:id/aids',
  title: '缩略图、波形和帧时间',
  tag,
  access: 'signed-in',
  params: ofRecording,
  query: z.object({ proxy: z.enum(['asked']).optional() }),
  response: PlaybackAids,
  refusals: ['not-found', 'wrong-state'],
})
export const playbackSprite = defineRoute({
  id: 'playbackSprite',
  method: 'GET',
  path: '/recordings/:id/sprite',
  title: '缩略图',
  tag,
  access: 'signed-in',
  params: ofRecording,
  bytes: 'image/jpeg',
  refusals: ['not-found', 'wrong-state'],
})
/** Answers byte ranges; every opening is recorded like one of the original. */
export const playbackProxy = defineRoute({
  id: 'playbackProxy',
  method: 'GET',
  path: '/recordings/:id/proxy',
  title: '播放代理',
  tag,
  access: 'signed-in',
  params: ofRecording,
  bytes: 'video/mp4',
  refusals: ['not-found', 'wrong-state'],
})

const Stretch = z.object({ from: Instant, to: Instant })
/** A camera of the case: its times as the device gave them, and how its clock stood. */
export const Camera = z.object({
  id: z.string(),
  fileName: z.string(),
  medium: Medium,
  mime: z.string(),
  deviceId: z.string(),
  step: z.string(),
  from: Instant,
  to: Instant,
  /** Device clock minus ours. Absent: nobody has compared it. */
  clockOffsetMs: z.int().optional(),
  clockUncertaintyMs: z.int().optional(),
  /** Whether the one who asks may play it. */
  view: Permission,
})
export type Camera = z.infer<typeof Camera>
export const StepCoverage = Stretch.extend({
  step: z.string(),
  name: z.string(),
  /** Time of the activity that neither a recording nor a registered interruption covers. */
  gaps: z.array(Stretch),
  /** What the texts say of that, with their clauses. */
  reasons: z.array(Reason),
})
export type StepCoverage = z.infer<typeof StepCoverage>

/** When the steps of a case took place, and what of that time was recorded. */
export const getCoverage = defineRoute({
  id: 'getCoverage',
  method: 'GET',
  path: '/cases/:id/coverage',
  title: '录制覆盖情况',
  tag,
  access: 'signed-in',
  params: z.object({ id: Id }),
  response: z.object({ steps: z.array(StepCoverage), cameras: z.array(Camera) }),
  refusals: ['not-found'],
})
