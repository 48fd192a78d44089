import { z } from 'zod'
import type { Reason } from '@liuhen/law/evaluation'
import type { Fact, Instant } from '@liuhen/law/fact'
import { civilDateOf, instantOfMs, msOf } from '@liuhen/law/civil-date'
import type { Actor } from '../event.ts'
import { deny, refuse, type Decision } from '../refusal.ts'
import { canConfirmPlayback } from './can.ts'
import type { PlaybackEntry, PlaybackLook, RecordingEvent } from './events.ts'
import { evolveRecording, isKept, type KeptRecording, type RecordingState } from './state.ts'

export const ConfirmPlayback = z.object({
  playable: z.boolean(),
  note: z.string().max(200).optional(),
})
export type ConfirmPlayback = z.infer<typeof ConfirmPlayback>

/** Who says that a film plays has seen at least so much of it. Ours: no text says how long one looks. */
export const LOOK_SECONDS = 3

export type PlaybackContext = Readonly<{
  now: Instant
  actor: Actor
  handlesCase: boolean
  /** Seconds of the film that the actor has seen, each once; absent when the actor never opened it. */
  watchedSeconds: number | undefined
  /** What the texts of the agency say against an entry in the list, given what is known of the recording. */
  againstEntry: (known: readonly Fact[], entry: Fact) => readonly Reason[]
}>

const PLAYBACK_CONFIRMED = 'playback-confirmed'
const ENTERED = 'recording-ledgered'

const lookFact = (recordingId: string, look: PlaybackLook & { at: string }): Fact => ({
  kind: 'event',
  name: PLAYBACK_CONFIRMED,
  at: look.at,
  ref: recordingId,
  about: recordingId,
  by: [{ ...look.by, as: look.as }],
  data: { playable: look.playable },
})

const entryFact = (recordingId: string, entry: PlaybackEntry, at: Instant): Fact => ({
  kind: 'event',
  name: ENTERED,
  at,
  ref: recordingId,
  about: recordingId,
  data: { ...entry, certNo: entry.certNo ?? null },
})

/** The latest word of each who looked: who finds out that it does not play after all takes back what was said before. */
export const standingLooks = (r: KeptRecording) => [
  ...new Map((r.looks ?? []).map((look) => [`${look.as} ${look.by.personId}`, look])).values(),
]

/** What the law sees of looks at a recording and of its place in the list. */
export const playbackFacts = (recordingId: string, r: KeptRecording): readonly Fact[] => [
  ...standingLooks(r).map((look) => lookFact(recordingId, look)),
  ...(r.playbackEntry ? [entryFact(recordingId, r.playbackEntry, r.playbackEntry.at)] : []),
]

/** 09:30, as clocks in China show it. */
const clockOf = (at: Instant): string => instantOfMs(msOf(at)).slice(11, 16)

/** Name, certificate, day and hours (ft-23-6): they stand in what was registered. */
export const entryOf = ({ manifest: m }: KeptRecording): PlaybackEntry => ({
  officer: m.officer.name,
  ...(m.officer.certNo !== undefined && { certNo: m.officer.certNo }),
  date: civilDateOf(m.madeFrom),
  period: `${clockOf(m.madeFrom)}—${clockOf(m.madeTo)}`,
})

/** Entered by itself once nobody says that it does not play and the agency's texts have nothing against it. */
const entered = (id: string, r: RecordingState, c: PlaybackContext): RecordingEvent[] => {
  if (!isKept(r) || r.playbackEntry !== undefined) return []
  const looks = standingLooks(r)
  if (looks.some((look) => !look.playable)) return []
  const entry = entryOf(r)
  const against = c.againstEntry(playbackFacts(id, r), entryFact(id, entry, c.now))
  if (against.some((reason) => reason.effect === 'refuse')) return []
  return [{ type: 'RecordingLedgered', schemaVersion: 1, occurredAt: c.now, data: { internal: entry } }]
}

const enough = (r: KeptRecording, watched: number | undefined, playable: boolean): boolean => {
  if (watched === undefined) return false
  if (!playable || r.manifest.medium === 'photo') return true
  const length = r.status === 'checked' ? r.check.durationSeconds : undefined
  return watched >= Math.min(LOOK_SECONDS, length === undefined ? LOOK_SECONDS : length * 0.8)
}

/** A person says whether it plays, after having looked. Both answers are recorded. */
export const confirmPlayback = (
  id: string,
  s: RecordingState,
  said: ConfirmPlayback,
  c: PlaybackContext,
): Decision<RecordingEvent> => {
  if (s.status === 'none') return refuse('not-found', '没有这段音像记录。', '请核对编号，或者先登记。')
  if (!isKept(s))
    return refuse(
      'wrong-state',
      '这段音像的文件还没有完整入库。',
      '请等待上传完成；中断的上传可以从断点继续。',
    )
  if (s.destroyed !== undefined)
    return refuse(
      'wrong-state',
      '这段音像已依法销毁，不能再回放。',
      `登记和办理过程继续保存，见销毁批次 ${s.destroyed.number}。`,
    )
  const can = canConfirmPlayback(s, c.actor, c.handlesCase)
  if (can !== true) return deny(can)
  if (!enough(s, c.watchedSeconds, said.playable))
    return refuse(
      'incomplete',
      '您还没有回放过这段音像。',
      `请先打开播放（录像、录音至少看、听 ${LOOK_SECONDS} 秒），再登记能否正常回放。`,
    )
  const note = said.note?.trim() ?? ''
  if (!said.playable && note.length < 2)
    return refuse('incomplete', '不能正常回放的，须写明情况。', '请写明是打不开、没有声音还是画面损坏等。')
  const { personId } = c.actor
  const confirmed: RecordingEvent = {
    type: 'RecordingPlaybackConfirmed',
    schemaVersion: 1,
    occurredAt: c.now,
    data: {
      internal: {
        playable: said.playable,
        ...(note !== '' && { note }),
        watchedSeconds: Math.round((c.watchedSeconds ?? 0) * 10) / 10,
        as: personId === s.manifest.officer.personId ? 'officer' : 'keeper',
        by: { personId: personId ?? c.actor.userId, name: c.actor.name },
      },
    },
  }
  return [confirmed, ...entered(id, evolveRecording(s, confirmed), c)]
}
