import { RecordingEvent } from '@liuhen/domain/recording/events'
import { chainVerdict, playbackVerdict } from '@liuhen/domain/recording/sheet'
import { foldRecording, isKept, type KeptRecording } from '@liuhen/domain/recording/state'
import { z } from 'zod'
import type { Found, Verdicts } from '../package-contents/verdicts.ts'
import type { Gathered } from './gather-events.ts'
import type { PackagePlan } from './package-rows.ts'

const Checked = z.object({
  verdict: z.enum(['playable', 'broken', 'not-checked']),
  sm3: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
type Checked = z.infer<typeof Checked>

/** What the last check said of each recording in the package, by the recording's stream. */
const checksOf = (g: Gathered): readonly (readonly [string, Checked])[] =>
  g.streams.flatMap(({ streamId, events }) => {
    const checked = events.findLast((s) => s.event.type === 'RecordingChecked')
    const read = Checked.safeParse(checked?.event.data.internal)
    return read.success ? [[streamId, read.data] as const] : []
  })

export const playbackOf = (g: Gathered): ReadonlyMap<string, Checked['verdict']> =>
  new Map(checksOf(g).map(([id, { verdict }]) => [id, verdict]))

/** SM3 of a whole recording as its last check took it, of the events of its stream. */
export const checkedSm3 = (
  events: readonly Readonly<{ type: string; data: Readonly<{ internal?: unknown }> }>[],
): string | undefined =>
  Checked.safeParse(events.findLast((e) => e.type === 'RecordingChecked')?.data.internal).data?.sm3

/** SM3 of whole recordings, taken when they were checked: their bytes were here, and so was the digest of SHA-256. */
export const sm3Of = (g: Gathered): ReadonlyMap<string, string> =>
  new Map(checksOf(g).flatMap(([id, { sm3 }]) => (sm3 === undefined ? [] : [[id, sm3] as const])))

const PLAYBACK_TONES = { playable: 'ok', broken: 'bad', 'not-checked': 'open' } as const

const playbackFound = (r: KeptRecording, audience: 'whole' | 'party'): Found => {
  const { words, more } = playbackVerdict(r)
  const tone = PLAYBACK_TONES[r.status === 'checked' ? r.check.verdict : 'not-checked']
  return audience === 'whole' ? { words, tone, more } : { words, tone }
}

const chainFound = (r: KeptRecording): Found => {
  const verdict = r.chainCheck?.verdict
  const unsigned = verdict === undefined || verdict === 'ingest-hash-only'
  return { ...chainVerdict(r), tone: verdict === 'ok' ? 'ok' : unsigned ? 'open' : 'bad' }
}

/** What is known of each recording when the package is made. A party is told whether it plays, and nothing of devices. */
export const recordingsFound = (
  g: Gathered,
  { audience, recordings }: Pick<PackagePlan, 'audience' | 'recordings'>,
): Verdicts['recordings'] =>
  new Map(
    g.streams
      .filter(({ streamId }) => recordings.some((r) => r.recordingId === streamId))
      .flatMap(({ streamId, events }) => {
        const r = foldRecording(events.map((s) => RecordingEvent.parse(s.event)))
        if (!isKept(r)) return []
        const playback = playbackFound(r, audience)
        return [[streamId, audience === 'whole' ? { playback, chain: chainFound(r) } : { playback }] as const]
      }),
  )
