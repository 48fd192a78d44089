import type { WatchedRange } from '@liuhen/domain/recording/viewing'

/** What was played since the last report, and where the player stood at the last look. */
export type Played = Readonly<{ ranges: readonly WatchedRange[]; at?: number | undefined }>
export const NOTHING_PLAYED: Played = { ranges: [] }

/** Players look several times a second; whoever is further on, at four times the speed, has leapt. */
const LEAP_SECONDS = 2.5
const JOIN_SECONDS = 0.05

/** The player stands at `at`, having played since the last look. */
export const playedTo = (p: Played, at: number): Played => {
  if (p.at === undefined || at <= p.at || at - p.at > LEAP_SECONDS) return { ...p, at }
  const last = p.ranges.at(-1)
  const grows = last !== undefined && Math.abs(last.to - p.at) <= JOIN_SECONDS
  const ranges = grows
    ? [...p.ranges.slice(0, -1), { from: last.from, to: at }]
    : [...p.ranges, { from: p.at, to: at }]
  return { ranges, at }
}

/** Somebody went elsewhere, or stopped: nothing was played in between. */
export const movedTo = (p: Played, at: number | undefined): Played => ({ ...p, at })

const thousandth = (seconds: number): number => Math.round(seconds * 1000) / 1000

/** What is to be reported; shorter than a tenth of a second is nothing. */
export const reportOf = (p: Played): WatchedRange[] =>
  p.ranges
    .filter((r) => r.to - r.from >= 0.1)
    .map((r) => ({ from: thousandth(r.from), to: thousandth(r.to) }))
