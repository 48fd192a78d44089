import type { Condition, CoveredPart } from '../schema/condition.ts'
import { yes } from './check.ts'
import type { Check } from './check.ts'
import { clockOf, coveredBy, gapsIn, interruptionsIn, minutesOf } from './coverage.ts'
import type { Interval } from './coverage.ts'
import { isSought, soughtBy } from './sought.ts'
import type { TimedFact, World } from './world.ts'

type IntervalCondition = Extract<Condition, { op: 'overlaps' | 'covered' }>

/** Intervals may end after the moment that is judged, so they are sought in the whole record. */
export function checkIntervals(condition: IntervalCondition, world: World): Check {
  const { subject } = world
  if (subject === undefined) return yes
  if (condition.op === 'overlaps') {
    const sought = soughtBy(condition.overlaps)
    const found = world.all.filter((f) => isSought(sought, f, subject)).map((f) => shared(f, subject))
    const times = found.filter((i) => i.toMs > i.fromMs)
    return { holds: times.length > 0, facts: { during: clockOf(times), minutes: minutesOf(times) } }
  }
  if (subject.from === undefined || subject.to === undefined) return yes
  const sought = soughtBy(condition.by)
  const by = world.all.filter((f) => isSought(sought, f, subject))
  const gaps = gapsIn(subject, [...coveredBy(by), ...explainedIn(subject, world)]).filter((gap) =>
    isPart(condition.covered, gap, subject),
  )
  if (gaps.length === 0) return yes
  return { holds: false, facts: { uncoveredMinutes: minutesOf(gaps), gaps: clockOf(gaps) } }
}

const shared = (a: Interval, b: Interval): Interval => ({
  fromMs: Math.max(a.fromMs, b.fromMs),
  toMs: Math.min(a.toMs, b.toMs),
})

const explainedIn = (subject: TimedFact, world: World): Interval[] =>
  interruptionsIn(
    world.all.filter((f) => f.step === undefined || f.step === subject.step),
    subject.toMs,
  )

function isPart(part: CoveredPart, gap: Interval, activity: Interval): boolean {
  const atStart = gap.fromMs === activity.fromMs
  const atEnd = gap.toMs === activity.toMs
  if (part === 'start') return atStart
  if (part === 'end') return atEnd
  return part === 'whole' || !(atStart || atEnd)
}
