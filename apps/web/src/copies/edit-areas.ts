import { boxAt } from '@liuhen/domain/derivative/spec'
import type { Area, Box, Span } from '@liuhen/domain/derivative/spec'

/** An area while it is drawn, with a number that stays. */
export type Drawn = Area & Readonly<{ n: number }>

export const SMALLEST = 0.02
/** Two moments so near are one frame. */
const SAME_SECONDS = 0.02

const hundredth = (seconds: number): number => Math.round(seconds * 100) / 100
const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most))

/** Inside the picture, and large enough to be taken hold of. */
export const fitted = ({ x, y, w, h }: Box): Box => {
  const [width, height] = [Math.max(SMALLEST, Math.min(1, w)), Math.max(SMALLEST, Math.min(1, h))]
  return { x: clamp(x, 1 - width), y: clamp(y, 1 - height), w: width, h: height }
}

/** From one corner to the other, whichever way the hand went. */
export const between = (a: Readonly<{ x: number; y: number }>, b: Readonly<{ x: number; y: number }>): Box =>
  fitted({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), w: Math.abs(a.x - b.x), h: Math.abs(a.y - b.y) })

/** Covers from this moment to the end, until somebody says otherwise. */
export const addArea = (areas: readonly Drawn[], box: Box, at: number, length: number): readonly Drawn[] => {
  const n = areas.reduce((most, a) => Math.max(most, a.n), 0) + 1
  const from = Math.min(hundredth(at), Math.max(0, hundredth(length) - 0.1))
  return [...areas, { n, from, to: hundredth(length), frames: [{ at: from, box: fitted(box) }] }]
}

/** Where the area lies at this moment from now on: a key frame of its own. */
export const placeArea = (area: Drawn, box: Box, at: number): Drawn => {
  const moment = hundredth(at)
  const others = area.frames.filter((f) => Math.abs(f.at - moment) > SAME_SECONDS)
  const frames = [...others, { at: moment, box: fitted(box) }].sort((a, b) => a.at - b.at)
  return { ...area, frames }
}

/** The ends stay in order; nothing is covered for less than a tenth of a second. */
export const withEnd = <T extends Span>(span: T, end: 'from' | 'to', at: number): T => {
  const moment = hundredth(at)
  return end === 'from'
    ? { ...span, from: moment, to: Math.max(span.to, moment + 0.1) }
    : { ...span, to: moment, from: Math.min(span.from, Math.max(0, moment - 0.1)) }
}

/** The last key frame of an area is not taken from it. */
export const dropFrame = (area: Drawn, at: number): Drawn =>
  area.frames.length === 1
    ? area
    : { ...area, frames: area.frames.filter((f) => Math.abs(f.at - at) > SAME_SECONDS) }

export const frameNear = (area: Drawn, at: number): number | undefined =>
  area.frames.find((f) => Math.abs(f.at - at) <= SAME_SECONDS)?.at

/** What stands over the picture at this moment; the chosen one also where it covers nothing. */
export const shownAt = (
  areas: readonly Drawn[],
  at: number,
  chosen: number | undefined,
): readonly Readonly<{ area: Drawn; box: Box; covers: boolean }>[] =>
  areas.flatMap((area) => {
    const covers = at >= area.from && at <= area.to
    const box = boxAt(covers ? area : { ...area, from: 0, to: Infinity }, at)
    return box !== undefined && (covers || area.n === chosen) ? [{ area, box, covers }] : []
  })

const STEP = 0.01
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

/** What an arrow key makes of a box; undefined for any other key. */
export const keyed = (box: Box, key: string, resizes: boolean): Box | undefined => {
  const by = MOVES[key]
  if (by === undefined) return undefined
  const [dx, dy] = by
  return fitted(resizes ? { ...box, w: box.w + dx, h: box.h + dy } : { ...box, x: box.x + dx, y: box.y + dy })
}
