import { instantOfMs } from '../civil-date.ts'
import type { TimedFact } from './world.ts'

export type Interval = Readonly<{ fromMs: number; toMs: number }>

/** Parts of an activity that no interval covers. A gap of less than a second is the clock's rounding. */
export function gapsIn(activity: Interval, covers: readonly Interval[]): Interval[] {
  const gaps: Interval[] = []
  let reached = activity.fromMs
  for (const { fromMs, toMs } of covers.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (fromMs - reached >= 1000) gaps.push({ fromMs: reached, toMs: Math.min(fromMs, activity.toMs) })
    reached = Math.max(reached, toMs)
    if (reached >= activity.toMs) return gaps
  }
  if (activity.toMs - reached >= 1000) gaps.push({ fromMs: reached, toMs: activity.toMs })
  return gaps
}

/** Whole minutes, rounded up: a missing half minute is missing. */
export const minutesOf = (gaps: readonly Interval[]): number =>
  Math.ceil(gaps.reduce((sum, g) => sum + (g.toMs - g.fromMs), 0) / 60_000)

const clock = (ms: number): string => instantOfMs(ms).slice(11, 16)

/** The gaps as people read them: 10:10—11:30. */
export const clockOf = (gaps: readonly Interval[]): string =>
  gaps.map((g) => `${clock(g.fromMs)}—${clock(g.toMs)}`).join('、')

/**
 * When the activity of a step took place: as its end states, else as a document of the step states. Undefined while only
 * the beginning is known.
 */
export function activityOf(facts: readonly TimedFact[]): Interval | undefined {
  const stated = facts.findLast(
    (f) => (f.kind === 'step' || f.kind === 'document') && f.from !== undefined && f.to !== undefined,
  )
  return stated === undefined ? undefined : { fromMs: stated.fromMs, toMs: stated.toMs }
}

/** Time that recordings cover. Photos show moments; a recording whose times nobody knows covers nothing. */
export const coveredBy = (recordings: readonly TimedFact[]): Interval[] =>
  recordings.filter((r) => r.from !== undefined && r.to !== undefined && r.data?.['medium'] !== 'photo')

export const INTERRUPTED = 'recording-interrupted'
export const RESUMED = 'recording-resumed'

/** Time in which recording had stopped for a registered objective cause. An interruption without end lasts to the end of the activity. */
export const interruptionsIn = (facts: readonly TimedFact[], until: number): Interval[] =>
  facts
    .filter((f) => f.kind === 'event' && f.name === INTERRUPTED && Boolean(f.data?.['cause']))
    .map((f) => {
      const resumed = facts.find((r) => r.kind === 'event' && r.name === RESUMED && r.ms >= f.fromMs)
      return { fromMs: f.fromMs, toMs: f.to === undefined ? (resumed?.ms ?? until) : f.toMs }
    })
