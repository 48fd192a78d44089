import { z } from 'zod'
import { refuse, refuseTime, titled } from '../refusal.ts'
import { described, kept, type RecordingContext, type Ruling } from './commands.ts'
import { LinePin, TranscriptLine } from './events.ts'
import { LENGTH_TOLERANCE_SECONDS } from './length.ts'
import type { KeptRecording, RecordingState } from './state.ts'

export const TranscribeRecording = z.object({
  /** The version that was on the screen; 0 where nothing was written yet. Who writes over another's words is told. */
  after: z.int().min(0),
  lines: z.array(TranscriptLine).max(3000),
})
export type TranscribeRecording = z.infer<typeof TranscribeRecording>
export const PinLine = LinePin
export type PinLine = z.infer<typeof PinLine>

/** What the file lasts, as the check read it. */
export const lengthOf = (r: KeptRecording): number | undefined =>
  r.status === 'checked' ? r.check.durationSeconds : undefined

const behindEnd = (r: KeptRecording, second: number): boolean =>
  second > (lengthOf(r) ?? Number.POSITIVE_INFINITY) + LENGTH_TOLERANCE_SECONDS

const noTime = (what: string) =>
  titled('照片没有时间', refuse('wrong-state', `照片没有时间，不能${what}。`, '请选择录像或者录音。'))

/** What was written down stays as it was when the film was let go: nobody can hear any more whether other words are right. */
const closed = (r: KeptRecording) =>
  r.destroyed &&
  refuse(
    'wrong-state',
    `这段音像已依法销毁（销毁批次 ${r.destroyed.number}），不能再改文字记录和标定。`,
    '已有的文字记录和标定仍然保存，可以查看。',
  )

const lineProblem = (r: KeptRecording, lines: readonly TranscriptLine[]) => {
  for (const [i, line] of lines.entries()) {
    const n = i + 1
    const before = lines[i - 1]
    if (before !== undefined && line.from < before.from)
      return refuseTime(`第${n}行的开始时间早于第${n - 1}行。`, '请按音像中的先后排列，或者改正时间。')
    if (line.to !== undefined && line.to < line.from)
      return refuseTime(`第${n}行的结束时间早于开始时间。`, '请改正这一行的起止时间。')
    if (behindEnd(r, line.from) || behindEnd(r, line.to ?? 0))
      return refuseTime(`第${n}行的时间超出这段音像的长度。`, '请改正这一行的起止时间。')
  }
  return undefined
}

const byOf = ({ actor }: RecordingContext) => ({
  ...(actor.personId !== undefined && { personId: actor.personId }),
  name: actor.name,
})

/** What is heard, written down with its times. Each saving is a version of its own; the same words again say nothing new. */
export const transcribeRecording = (
  s: RecordingState,
  { after, lines }: TranscribeRecording,
  c: RecordingContext,
): Ruling =>
  described(s, c, () =>
    kept(s, (r) => {
      const gone = closed(r)
      if (gone) return gone
      if (r.manifest.medium === 'photo') return noTime('写文字记录')
      const version = r.transcript?.versions.at(-1)?.version ?? 0
      if (version !== after)
        return refuse(
          'stale-version',
          '这段音像的文字记录刚被别人改过。',
          '请先看最新的一版，再把自己的修改加上。',
        )
      const wrong = lineProblem(r, lines)
      if (wrong) return wrong
      if (JSON.stringify(lines) === JSON.stringify(r.transcript?.lines ?? [])) return []
      const internal = { version: version + 1, lines: lines.length, by: byOf(c) }
      return [
        {
          type: 'RecordingTranscribed',
          schemaVersion: 1,
          occurredAt: c.now,
          data: { internal, personal: { lines: [...lines] } },
        },
      ]
    }),
  )

/** A person heard where this line of a written record is spoken; that stands instead of what was reckoned. */
export const pinLine = (s: RecordingState, pin: PinLine, c: RecordingContext): Ruling =>
  described(s, c, () =>
    kept(s, (r) => {
      const gone = closed(r)
      if (gone) return gone
      if (r.manifest.medium === 'photo') return noTime('标定笔录')
      const { documentId, line, atSeconds } = pin
      if (atSeconds !== undefined && behindEnd(r, atSeconds))
        return refuseTime('标定的时间超出这段音像的长度。', '请在播放到这一句时标定。')
      const before = r.pins?.find((p) => p.documentId === documentId && p.line === line)
      if (before?.atSeconds === atSeconds) return []
      return [
        {
          type: 'RecordingLinePinned',
          schemaVersion: 1,
          occurredAt: c.now,
          data: { internal: { ...pin, by: byOf(c) } },
        },
      ]
    }),
  )

const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')

/** 00:03:25, as papers write a place in a film. */
export const clockIn = (seconds: number): string =>
  `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`

/** The transcript as a paper holds it: a line each, with its stretch and speaker. */
export const transcriptText = (lines: readonly TranscriptLine[]): string =>
  lines
    .map(({ from, to, speaker, text }) => {
      const stretch = to === undefined ? clockIn(from) : `${clockIn(from)}—${clockIn(to)}`
      return `${stretch} ${speaker === undefined ? '' : `${speaker}：`}${text}`
    })
    .join('\n')
