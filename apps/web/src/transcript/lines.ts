import type { TranscriptLine } from '@liuhen/domain/recording/events'

/** A line while it is being written; the key stays with it wherever it moves. */
export type EditLine = Readonly<{
  key: number
  from: number
  to?: number | undefined
  speaker: string
  text: string
}>
/** Which line has the cursor, besides the lines. */
export type Written = Readonly<{ lines: readonly EditLine[]; at: number }>

const tenth = (seconds: number): number => Math.round(Math.max(0, seconds) * 10) / 10
const nextKey = (lines: readonly EditLine[]): number => Math.max(0, ...lines.map((l) => l.key)) + 1

export const editLines = (lines: readonly TranscriptLine[]): readonly EditLine[] =>
  lines.map(({ from, to, speaker, text }, i) => ({ key: i + 1, from, to, speaker: speaker ?? '', text }))

/** Two who talk take turns: the next to speak is who spoke before this one. */
const turnAfter = (lines: readonly EditLine[], i: number): string => {
  const own = lines[i]?.speaker ?? ''
  return lines.slice(0, i).findLast((l) => l.speaker !== '' && l.speaker !== own)?.speaker ?? ''
}

/** A line ends where the film stands, and the next begins there; never before its own beginning, nor behind the line that follows. */
export const nextLine = (lines: readonly EditLine[], i: number, now: number): Written => {
  const own = lines[i]
  const follows = lines[i + 1]
  const from = tenth(Math.min(Math.max(now, own?.from ?? 0), follows?.from ?? Number.POSITIVE_INFINITY))
  const fresh: EditLine = { key: nextKey(lines), from, speaker: turnAfter(lines, i), text: '' }
  const ended = own && from > own.from ? { ...own, to: from } : own
  return {
    lines: [...lines.slice(0, i), ...(ended ? [ended] : []), fresh, ...lines.slice(i + 1)],
    at: fresh.key,
  }
}

export const changed = (
  lines: readonly EditLine[],
  key: number,
  change: Partial<EditLine>,
): readonly EditLine[] => lines.map((l) => (l.key === key ? { ...l, ...change } : l))

/** The beginning or the end of a line is where the film stands. */
export const stamped = (
  lines: readonly EditLine[],
  key: number,
  which: 'from' | 'to',
  now: number,
): readonly EditLine[] => changed(lines, key, { [which]: tenth(now) })

/** An empty line goes, and the cursor to the one before it. */
export const withoutLine = (lines: readonly EditLine[], key: number): Written => {
  const i = lines.findIndex((l) => l.key === key)
  const rest = lines.filter((l) => l.key !== key)
  return { lines: rest, at: rest[Math.max(0, i - 1)]?.key ?? 0 }
}

/** What is sent: in the order of the film, without lines that say nothing. */
export const linesToSend = (lines: readonly EditLine[]): TranscriptLine[] =>
  lines
    .filter((l) => l.text.trim() !== '')
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to, speaker, text }) => ({
      from,
      ...(to !== undefined && { to }),
      ...(speaker.trim() !== '' && { speaker: speaker.trim() }),
      text: text.trim(),
    }))

/** The line that is being spoken; none in a pause, where the line before has ended. */
export const lineNow = (lines: readonly TranscriptLine[], now: number): number => {
  const i = lines.findLastIndex((l) => l.from <= now + 0.05)
  const end = lines[i]?.to
  return end !== undefined && end < now ? -1 : i
}

/** 1:02:03.5, 62:03 or 12 as seconds; undefined where it is no time. */
export const parseClock = (text: string): number | undefined => {
  const parts = text.trim().replaceAll('\uff1a', ':').split(':')
  if (parts.length > 3 || !parts.every((p) => /^\d+(\.\d+)?$/.test(p))) return undefined
  return tenth(parts.reduce((sum, p) => sum * 60 + Number(p), 0))
}

/** 02:03.5: as exactly as lines want it. */
export const tenthClock = (seconds: number): string => {
  const at = tenth(seconds)
  const [h, m, s] = [Math.floor(at / 3600), Math.floor((at / 60) % 60), at % 60]
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${h > 0 ? `${two(h)}:` : ''}${two(m)}:${s.toFixed(1).padStart(4, '0')}`
}
