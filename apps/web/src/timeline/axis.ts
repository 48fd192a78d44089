export type Span = Readonly<{ from: number; to: number }>

const DAY = 86_400_000
const STEPS_MS = [
  1000,
  5000,
  15_000,
  60_000,
  300_000,
  900_000,
  3_600_000,
  3 * 3_600_000,
  6 * 3_600_000,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  90 * DAY,
] as const
const CHINA_OFFSET = 8 * 3_600_000

/** The span that holds all the instants, with air on both sides so that nothing sticks to an edge. */
export function spanOf(instants: readonly number[]): Span {
  const from = Math.min(...instants)
  const to = Math.max(...instants)
  const air = Math.max((to - from) * 0.02, 30_000)
  return instants.length === 0 ? { from: 0, to: 1 } : { from: from - air, to: to + air }
}

/** Where an instant lies on the axis, in percent; outside the span it lies on the edge. */
export const placeOf = (at: number, span: Span): number =>
  Math.min(100, Math.max(0, ((at - span.from) / (span.to - span.from)) * 100))

export const isInside = (at: Span, span: Span): boolean => at.to >= span.from && at.from <= span.to

/** Round moments in China time, at most `max` of them. */
export function ticksOf(span: Span, max: number): readonly number[] {
  const length = span.to - span.from
  const step = STEPS_MS.find((ms) => length / ms <= max) ?? Math.ceil(length / max / DAY) * DAY
  const first = Math.ceil((span.from + CHINA_OFFSET) / step) * step - CHINA_OFFSET
  const ticks: number[] = []
  for (let at = first; at <= span.to; at += step) ticks.push(at)
  return ticks
}

/** True when ticks of this span need a clock, not only a day. */
export const needsClock = (span: Span): boolean => span.to - span.from < 4 * DAY

/** Puts things that overlap on lanes of their own: the lane of each, in the order given. */
export function lanesOf(spans: readonly Span[]): readonly number[] {
  const ends: number[] = []
  return spans.map((span) => {
    const free = ends.findIndex((end) => end <= span.from)
    const lane = free < 0 ? ends.length : free
    ends[lane] = span.to
    return lane
  })
}

/** Events too close to be told apart, together: places in percent, nearer than `gap` to the first of their cluster. */
export function clustersOf<T>(
  items: readonly T[],
  place: (item: T) => number,
  gap: number,
): readonly (readonly T[])[] {
  const clusters: T[][] = []
  for (const item of items.toSorted((a, b) => place(a) - place(b))) {
    const last = clusters.at(-1)
    const first = last?.[0]
    if (last && first !== undefined && place(item) - place(first) < gap) last.push(item)
    else clusters.push([item])
  }
  return clusters
}

/** A span made wide enough for its name: at least this share of the whole, and never past its end. */
export function roomFor(at: Span, span: Span, percent: number): Span {
  const room = ((span.to - span.from) * percent) / 100
  const from = Math.max(span.from, Math.min(at.from, span.to - room))
  return { from, to: Math.max(at.to, from + room) }
}

/** A span made wide enough to be hit: at least this share of the whole. */
export const atLeast = (at: Span, span: Span, percent: number): Span => ({
  from: at.from,
  to: Math.max(at.to, at.from + ((span.to - span.from) * percent) / 100),
})
