import { present } from '../present.ts'
import type { LabelDetails, TranscriptLine } from './events.ts'
import type { KeptRecording } from './state.ts'
import { lengthOf } from './transcript.ts'

/** A caption on its own: never burnt into the picture, shown or not as the viewer wants. */
type Cue = Readonly<{ from: number; to: number; text: string; top?: true }>

export type Captioned = Readonly<{
  lines: readonly TranscriptLine[]
  /** What a text wants described of the film (sjz-17-3), told while it begins. */
  details?: LabelDetails | undefined
  durationSeconds?: number | undefined
}>

const HEAD_SECONDS = 5
/** A last line whose end nobody gave. */
const LAST_SECONDS = 5
const SHORTEST_SECONDS = 0.5
const HEADS = [
  ['place', '场所'],
  ['content', '内容'],
] as const

const headOf = ({ details, durationSeconds }: Captioned): readonly Cue[] => {
  const said = HEADS.flatMap(([key, name]) => {
    const text = details?.[key]?.trim()
    return text === undefined || bodyOf(text) === '' ? [] : [`${name}：${text}`]
  })
  return said.length === 0
    ? []
    : [
        {
          from: 0,
          to: Math.min(HEAD_SECONDS, durationSeconds ?? HEAD_SECONDS),
          text: said.join('\n'),
          top: true,
        },
      ]
}

const cuesOf = (film: Captioned): readonly Cue[] => {
  const { lines, durationSeconds = Number.POSITIVE_INFINITY } = film
  const endOf = ({ from, to }: TranscriptLine, next: TranscriptLine | undefined): number =>
    Math.max(to ?? next?.from ?? Math.min(durationSeconds, from + LAST_SECONDS), from + SHORTEST_SECONDS)
  const spoken = lines.flatMap((line, i) => {
    // A line of blanks is still an end for the one before it.
    if (bodyOf(line.text) === '') return []
    return [
      {
        from: line.from,
        to: endOf(line, lines[i + 1]),
        text: line.speaker === undefined ? line.text : `${line.speaker}：${line.text}`,
      },
    ]
  })
  return [...headOf(film), ...spoken]
}

/** What a recording has to show as captions: a photo has no time in which to show any. */
export const captionedOf = (r: KeptRecording): Captioned =>
  r.manifest.medium === 'photo'
    ? { lines: [] }
    : present({ lines: r.transcript?.lines ?? [], details: r.labels?.details, durationSeconds: lengthOf(r) })

/** Is there anything to show as captions. */
export const hasCaptions = (film: Captioned): boolean => cuesOf(film).length > 0

const timeOf = (seconds: number, point: '.' | ','): string => {
  const ms = Math.round(seconds * 1000)
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  const clock = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`
  return `${clock}${point}${String(ms % 1000).padStart(3, '0')}`
}

/** An empty line would end the cue; what a player could take for its own signs is written as text. */
const bodyOf = (text: string): string =>
  text
    .split(/\r\n|[\r\n\u2028\u2029]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n')

const escaped = (text: string): string =>
  bodyOf(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** WebVTT (W3C): what browsers show as a track. */
export const webVtt = (film: Captioned): string =>
  [
    'WEBVTT',
    ...cuesOf(film).map(
      ({ from, to, text, top }, i) =>
        `${i + 1}\n${timeOf(from, '.')} --> ${timeOf(to, '.')}${top === true ? ' line:0' : ''}\n${escaped(text)}`,
    ),
  ].join('\n\n') + '\n'

const wide = (text: string): string =>
  text.replaceAll('<', '＜').replaceAll('{', '｛').replaceAll('}', '｝').replaceAll('-->', '—＞')

/** SubRip: what players outside a browser show. It knows no escapes, so what looks like a sign of it is written wide. */
export const subRip = (film: Captioned): string =>
  cuesOf(film)
    .map(
      ({ from, to, text }, i) =>
        `${i + 1}\n${timeOf(from, ',')} --> ${timeOf(to, ',')}\n${wide(bodyOf(text))}`,
    )
    .join('\n\n') + '\n'
