import { z } from 'zod'
import {
  ConfirmLegibility,
  LabelRecording,
  LinkRecording,
  MarkEvidence,
  MarkPoints,
  RegisterRecording,
  ReportInterruption,
} from '@liuhen/domain/recording/commands'
import { PinLine, TranscribeRecording } from '@liuhen/domain/recording/transcript'
import {
  ChainCheck,
  CheckResult,
  KeyPoint,
  LabelDetails,
  PlaybackEntry,
  LinePin,
  Manifest,
  Medium,
  PlaybackLook,
  TranscriptLine,
} from '@liuhen/domain/recording/events'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Done, Id, Page, paged } from '../schema/page.ts'
import { Permission } from '../schema/evaluation.ts'

const ofRecording = z.object({ id: Id })
const tag = '音像'
const writes = [
  'not-permitted',
  'wrong-state',
  'stale-version',
  'not-found',
  'incomplete',
  'duplicate',
  'law-gate',
] as const

export const RecordingRow = z.object({
  id: z.string(),
  version: z.int(),
  /** registered: 未完成，文件还没有完整入库. */
  status: z.enum(['registered', 'stored', 'checked']),
  fileName: z.string(),
  medium: Medium,
  mime: z.string(),
  deviceId: z.string(),
  officerName: z.string(),
  madeFrom: Instant,
  madeTo: Instant,
  sha256: z.string(),
  sizeBytes: z.int(),
  caseId: z.string().optional(),
  step: z.string().optional(),
  scene: z.string().optional(),
  labelled: z.boolean(),
  evidence: z.boolean(),
  verdict: z.enum(['playable', 'broken', 'not-checked']).optional(),
  registeredAt: Instant,
  storedAt: Instant.optional(),
})
export type RecordingRow = z.infer<typeof RecordingRow>

/** What is wrong between a file and its neighbours on the same device: numbers that are missing, minutes, a clock that was set back. */
export const SequenceFinding = z.object({
  kind: z.enum(['missing', 'gap', 'overlap']),
  /** Absent: the one who asks may not view the neighbour. */
  otherId: z.string().optional(),
  otherName: z.string().optional(),
  from: z.int().optional(),
  to: z.int().optional(),
  seconds: z.int().optional(),
})

/** What was written down of a recording: the latest words, and who wrote which version when. */
const Transcript = z.object({
  lines: z.array(TranscriptLine),
  versions: z.array(z.object({ version: z.int(), lines: z.int(), by: z.string(), at: Instant })),
})

export const RecordingView = z.object({
  id: z.string(),
  version: z.int(),
  status: z.enum(['registered', 'stored', 'checked']),
  manifest: Manifest,
  registeredAt: Instant,
  stored: z
    .object({
      at: Instant,
      sha256: z.string(),
      sm3: z.string().optional(),
      sizeBytes: z.int(),
      mime: z.string(),
      chunkRoot: z.string(),
      checksum: z.enum(['per-chunk', 're-read']),
    })
    .optional(),
  check: CheckResult.optional(),
  labels: z
    .object({
      caseNo: z.string(),
      handler: z.string(),
      party: z.string().optional(),
      details: LabelDetails.optional(),
      at: Instant,
    })
    .optional(),
  link: z.object({ caseId: z.string(), step: z.string(), scene: z.string() }).optional(),
  points: z.array(KeyPoint),
  transcript: Transcript.optional(),
  /** Lines of written records whose second in the film somebody heard. */
  pins: z.array(LinePin.extend({ atSeconds: z.number(), by: z.string(), at: Instant })),
  /** There is something to show as captions: a transcript, or what a text wants described of the film. */
  captions: z.boolean(),
  legibility: z.object({ title: z.boolean(), face: z.boolean(), by: z.string(), at: Instant }).optional(),
  interruptions: z.array(ReportInterruption),
  evidence: z.object({ reason: z.string(), at: Instant }).optional(),
  /** Who said whether it plays, the latest word of each. */
  looks: z.array(PlaybackLook.extend({ at: Instant })),
  playbackEntry: PlaybackEntry.extend({ at: Instant }).optional(),
  /** Transfers that brought other bytes than declared; they are in quarantine. */
  rejectedTransfers: z.int(),
  /** Other recordings of the same device and beginning whose bytes differ. */
  conflicts: z.array(z.string()),
  sequence: z.array(SequenceFinding),
  hasPoster: z.boolean(),
  /** What the device signed while it recorded, and how that stands to the bytes. Absent: the device does not sign, only what came is known. */
  chain: z
    .object({
      sha256: z.string(),
      sizeBytes: z.int(),
      check: ChainCheck.optional(),
      /** Other recordings that were signed as the same run; named where the actor may view them. */
      alsoUnder: z.array(z.object({ id: z.string(), fileName: z.string() }).partial()),
    })
    .optional(),
  /** Its bytes are gone according to law, by this batch of disposal. */
  destroyed: z.object({ batchId: z.string(), number: z.string(), at: Instant }).optional(),
  can: z.object({
    describe: Permission,
    copy: Permission,
    confirmLegibility: Permission,
    confirmPlayback: Permission,
  }),
})
export type RecordingView = z.infer<typeof RecordingView>

export const listRecordings = defineRoute({
  id: 'listRecordings',
  method: 'GET',
  path: '/recordings',
  title: '音像记录列表',
  tag,
  access: 'signed-in',
  query: Page.extend({
    caseId: Id.optional(),
    scene: z.string().max(64).optional(),
    status: z.enum(['registered', 'stored', 'checked']).optional(),
    verdict: z.enum(['playable', 'broken', 'not-checked']).optional(),
    unlinked: z.enum(['true', 'false']).optional(),
    mine: z.enum(['true', 'false']).optional(),
    from: Instant.optional(),
    to: Instant.optional(),
    q: z.string().max(60).optional(),
  }),
  response: paged(RecordingRow),
})
/** Before its bytes: digest, size, device, times and officer. The answer's `id` goes into the upload's metadata as `recordingId`. */
export const registerRecording = defineRoute({
  id: 'registerRecording',
  method: 'POST',
  path: '/recordings',
  title: '登记音像记录',
  tag,
  access: ['officer', 'av-custodian'],
  command: true,
  body: RegisterRecording,
  response: Done,
  refusals: ['not-permitted', 'incomplete', 'duplicate'],
})
export const getRecording = defineRoute({
  id: 'getRecording',
  method: 'GET',
  path: '/recordings/:id',
  title: '音像记录',
  tag,
  access: 'signed-in',
  params: ofRecording,
  response: RecordingView,
  refusals: ['not-found'],
})

const change = <B extends z.ZodType>(id: string, verb: string, title: string, body: B) =>
  defineRoute({
    id,
    method: 'POST',
    path: `/recordings/:id/${verb}`,
    title,
    tag,
    access: 'signed-in',
    command: true,
    params: ofRecording,
    body,
    response: Done,
    refusals: writes,
  })

export const labelRecording = change('labelRecording', 'label', '标明案号、当事人和承办人', LabelRecording)
export const linkRecording = change('linkRecording', 'link', '归入案件和环节', LinkRecording)
export const markRecordingPoints = change('markRecordingPoints', 'points', '标注摄录要点', MarkPoints)
export const confirmLegibility = change(
  'confirmLegibility',
  'legibility',
  '核验文书名称和当事人面貌是否清晰',
  ConfirmLegibility,
)
export const reportInterruption = change(
  'reportInterruption',
  'interruptions',
  '登记记录中断',
  ReportInterruption,
)
/** What the device signed while it recorded, as it stands in the device: a signature and a record on each line. */
export const keepChain = change(
  'keepChain',
  'chain',
  '登记切片链',
  z.object({ chain: z.string().min(1).max(900_000) }),
)
export const recordingChain = defineRoute({
  id: 'recordingChain',
  method: 'GET',
  path: '/recordings/:id/chain',
  title: '下载切片链',
  tag,
  access: 'signed-in',
  params: ofRecording,
  bytes: 'text/plain',
  refusals: ['not-found'],
})
/** The whole transcript, each time: what was there before stays in the record. */
export const transcribeRecording = change(
  'transcribeRecording',
  'transcript',
  '整理文字记录',
  TranscribeRecording,
)
export const recordingTranscript = defineRoute({
  id: 'recordingTranscript',
  method: 'GET',
  path: '/recordings/:id/transcript/:version',
  title: '文字记录的一版',
  tag,
  access: 'signed-in',
  params: ofRecording.extend({ version: z.coerce.number().int().min(1) }),
  response: z.object({ lines: z.array(TranscriptLine) }),
  refusals: ['not-found'],
})
/** Why it is copied. */
const Reason = { reason: z.string().max(200).optional() }

/** A track beside the film; never in its picture. To save it is to copy: for the custodian, with a reason, recorded. */
export const recordingCaptions = defineRoute({
  id: 'recordingCaptions',
  method: 'GET',
  path: '/recordings/:id/captions.vtt',
  title: '字幕（WebVTT）',
  tag,
  access: 'signed-in',
  params: ofRecording,
  /** Another version is another address, so that a browser shows what was just written. */
  query: z.object({ version: z.string().max(20).optional(), save: z.enum(['true']).optional(), ...Reason }),
  bytes: 'text/vtt',
  refusals: ['not-found', 'not-permitted', 'incomplete'],
})
export const recordingSubtitles = defineRoute({
  id: 'recordingSubtitles',
  method: 'GET',
  path: '/recordings/:id/captions.srt',
  title: '字幕（SRT）',
  tag,
  access: 'signed-in',
  params: ofRecording,
  query: z.object(Reason),
  bytes: 'application/x-subrip',
  refusals: ['not-found', 'not-permitted', 'incomplete'],
})
export const pinRecordLine = change('pinRecordLine', 'pins', '标定笔录在音像中的位置', PinLine)
export const markEvidence = change('markEvidence', 'evidence', '标为证据', MarkEvidence)

/** Answers byte ranges. Every opening is recorded; `copy` is for the custodian and wants a reason. */
export const recordingMedia = defineRoute({
  id: 'recordingMedia',
  method: 'GET',
  path: '/recordings/:id/media',
  title: '播放或者复制音像',
  tag,
  access: 'signed-in',
  params: ofRecording,
  query: z.object({ copy: z.enum(['true']).optional(), ...Reason }),
  bytes: 'video/mp4',
  refusals: ['not-found', 'not-permitted', 'wrong-state', 'incomplete'],
})
export const recordingPoster = defineRoute({
  id: 'recordingPoster',
  method: 'GET',
  path: '/recordings/:id/poster',
  title: '音像封面',
  tag,
  access: 'signed-in',
  params: ofRecording,
  bytes: 'image/jpeg',
  refusals: ['not-found', 'not-permitted'],
})
export const listOpenings = defineRoute({
  id: 'listOpenings',
  method: 'GET',
  path: '/recordings/:id/openings',
  title: '调看和复制登记',
  tag,
  access: ['av-custodian', 'supervisor', 'audit-admin', 'agency-head'],
  params: ofRecording,
  query: Page,
  response: paged(
    z.object({
      at: Instant,
      userName: z.string(),
      purpose: z.enum(['view', 'copy']),
      reason: z.string().optional(),
      firstByte: z.int(),
      lastByte: z.int(),
      address: z.string(),
    }),
  ),
  refusals: ['not-found'],
})
