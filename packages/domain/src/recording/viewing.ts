import { z } from 'zod'

/** For what somebody watches a recording. */
export const PURPOSES = [
  'case-work',
  'playback-check',
  'review',
  'supervision',
  'consultation',
  'other',
] as const
export const Purpose = z.enum(PURPOSES)
export type Purpose = z.infer<typeof Purpose>

/** Seconds of a recording that were played, from one to the other. */
export const WatchedRange = z
  .object({ from: z.number().min(0), to: z.number().min(0) })
  .refine((r) => r.to > r.from, { error: '播放的时段须有先后。' })
export type WatchedRange = z.infer<typeof WatchedRange>

/** What a player offers. */
export const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4] as const
/** Seconds of a film that a second can show at the most: cameras that are kept in step run a little faster still. */
export const MOST_IN_A_SECOND = Math.max(...SPEEDS) * 1.1

const round = (seconds: number): number => Math.round(seconds * 10) / 10

/** What was played, what was played twice counted twice. */
export const playedSeconds = (ranges: readonly WatchedRange[]): number =>
  round(ranges.reduce((sum, r) => sum + r.to - r.from, 0))

/** Put together where they touch, in order. */
export const mergeRanges = (ranges: readonly WatchedRange[]): WatchedRange[] => {
  const merged: WatchedRange[] = []
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last !== undefined && range.from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
    else merged.push(range)
  }
  return merged
}

/**
 * What of a report can be true: nothing behind the end of the film, where its length is known, and no more seconds than
 * there was time for. What is over that is left out, from the end of the report.
 */
export const believable = (
  ranges: readonly WatchedRange[],
  most: Readonly<{ seconds: number; length?: number | undefined }>,
): WatchedRange[] => {
  let left = Math.max(0, most.seconds)
  return ranges.flatMap(({ from, to }) => {
    const end = Math.min(to, from + left, most.length ?? Infinity)
    if (end <= from) return []
    left -= end - from
    return [{ from, to: end }]
  })
}
