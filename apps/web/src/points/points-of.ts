import type { KeyPoint } from '@liuhen/domain/recording/events'

type Wanted = Readonly<{ code: string; label: string }>
export type PointLine<W extends Wanted = Wanted> = Readonly<{ wanted: W; said: KeyPoint | undefined }>

/** What the texts want to be seen, and what was said of it so far. What several texts name alike stands once. */
export const pointLines = <W extends Wanted>(
  wanted: readonly W[],
  points: readonly KeyPoint[],
): readonly PointLine<W>[] =>
  [...new Map(wanted.map((w) => [w.code, w])).values()].map((w) => ({
    wanted: w,
    said: points.find((p) => p.code === w.code),
  }))

/** All points are said anew each time: one more, one moved, or one taken back. */
export const withPoint = (
  points: readonly KeyPoint[],
  code: string,
  said: Omit<KeyPoint, 'code'> | undefined,
): KeyPoint[] => [
  ...points.filter((p) => p.code !== code),
  ...(said === undefined ? [] : [{ code, ...said }]),
]
