import type { Condition, CoveredPart } from '../schema/condition.ts'
import { yes } from './check.ts'
import type { Check } from './check.ts'
import { INTERRUPTED, RESUMED, clockOf, coveredBy, gapsIn, interruptionsIn, minutesOf } from './coverage.ts'
import type { Interval } from './coverage.ts'
import { named } from './fact-index.ts'
import { everSought } from './match.ts'
import { soughtBy } from './sought.ts'
import type { TimedFact, World } from './world.ts'

type IntervalCondition = Extract<Condition, { op: 'overlaps' | 'covered' }>

/** Intervals may end after the moment that is judged, so they are sought in the whole record. */
export function checkIntervals(condition: IntervalCondition, world: World): Check {
  const { subject } = world
  if (subject === undefined) return yes
  if (condition.op === 'overlaps') {
    const found = everSought(world, soughtBy(condition.overlaps)).map((f) => shared(f, subject))
    const times = found.filter((i) => i.toMs > i.fromMs)
    return { holds: times.length > 0, facts: { during: clockOf(times), minutes: minutesOf(times) } }
  }
  if (subject.from === undefined || subject.to === undefined) return yes
  const by = everSought(world, soughtBy(condition.by))
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

/** Interruptions of the step, or of no step in particular. */
const explainedIn = (subject: TimedFact, { index }: World): Interval[] =>
  interruptionsIn(
    [...named(index, 'event', INTERRUPTED), ...named(index, 'event', RESUMED)].filter(
      (f) => f.step === undefined || f.step === subject.step,
    ),
    subject.toMs,
  )

function isPart(part: CoveredPart, gap: Interval, activity: Interval): boolean {
  const atStart = gap.fromMs === activity.fromMs
  const atEnd = gap.toMs === activity.toMs
  if (part === 'start') return atStart
  if (part === 'end') return atEnd
  return part === 'whole' || !(atStart || atEnd)
}
