import { SPEEDS } from '@liuhen/domain/recording/viewing'

/** A stretch that is played again and again: from A to B. */
export type Loop = Readonly<{ a?: number | undefined; b?: number | undefined }>

/** Sets one end; ends that would be the wrong way round change places. */
export const withEnd = (loop: Loop, end: 'a' | 'b', at: number): Loop => {
  const next = { ...loop, [end]: at }
  if (next.a === undefined || next.b === undefined || next.a < next.b) return next
  return next.a === next.b ? loop : { a: next.b, b: next.a }
}

/** Where playing goes on: at the beginning once the end is reached, else nowhere else. */
export const loopedTo = ({ a, b }: Loop, now: number): number | undefined =>
  a !== undefined && b !== undefined && now >= b ? a : undefined

/** The next speed up or down; at the ends it stays. */
export const nextSpeed = (speed: number, by: 1 | -1): number => {
  const at = SPEEDS.findIndex((s) => s === speed)
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + by))] ?? 1
}
