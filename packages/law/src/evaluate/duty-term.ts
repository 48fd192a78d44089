import { civilDateAt } from '../civil-date.ts'
import type { Citation } from '../evaluation.ts'
import { computeLimit } from '../time-limit.ts'
import type { ComputedLimit } from '../time-limit.ts'
import { exceptionsFor, limitsFor } from './duty-limits.ts'
import type { DatedLimit } from './duty-limits.ts'
import { once } from './found.ts'
import { lengthened } from './lengthened.ts'
import type { ReadyDuty } from './ready-duty.ts'
import type { TimedFact, World } from './world.ts'

/** Until when something must be done, and by which clause. */
export type Term = Readonly<{
  citations: readonly Citation[]
  why: string
  target?: string | undefined
  due?: string | undefined
  dueMs: number
  soft: boolean
}>
/** The fact that opened a duty, the same as the period runs from it, and the one that closed it. */
type Opened = Readonly<{ opener: TimedFact; started: TimedFact; closing: TimedFact | undefined }>

/** The term of one instance of a duty; undefined where no text of the case fixes any. */
export function termFor(duty: ReadyDuty, opened: Opened, world: World): Term | undefined {
  const exceptions = exceptionsFor(duty, opened.started, world)
  if (!duty.ofDay || exceptions.length > 0) return findTerm(duty, opened, exceptions, world)
  const byDay = once((world.found.terms ??= new Map()), duty, () => new Map<string, Term | null>())
  const find = (): Term | null => findTerm(duty, opened, exceptions, world) ?? null
  return once(byDay, civilDateAt(opened.started.ms), find) ?? undefined
}

function findTerm(
  duty: ReadyDuty,
  { opener, started, closing }: Opened,
  exceptions: readonly DatedLimit[],
  world: World,
): Term | undefined {
  const limits = limitsFor(duty, started, world)
  if (limits.length === 0) return undefined
  const later = (limit: DatedLimit): DatedLimit => lengthened(limit, duty.rule, opener, world)
  const granted = exceptions.filter(({ start }) => start !== undefined || closing === undefined)
  const term = strictest(limits.map(later), granted.map(later), world)
  return { ...term, citations: citationsFor(duty, term.citations, world) }
}

/** The clause that fixes the date; where the rule itself fixes it, every text that says the same. */
function citationsFor(duty: ReadyDuty, dating: readonly Citation[], world: World): readonly Citation[] {
  const own = duty.cite(world.date)
  return dating.length === 0 || dating.some((d) => own.some((o) => o.clause === d.clause)) ? own : dating
}

type Dated = Readonly<{ from: DatedLimit; computed: ComputedLimit | undefined }>

const compute = (limit: DatedLimit, world: World): Dated => ({
  from: limit,
  computed:
    limit.start === undefined || limit.limit === undefined
      ? undefined
      : computeLimit(limit.start.at, limit.limit, world.caseLaw.law.calendar),
})

const NEVER = Number.POSITIVE_INFINITY

const dueMs = ({ computed }: Dated): number => (computed?.ok === true ? computed.dueMs : NEVER)

/** The earliest of what the texts fix; a pack's own exception may only move its date later. */
function strictest(limits: readonly DatedLimit[], exceptions: readonly DatedLimit[], world: World): Term {
  const [only] = limits
  if (only !== undefined && limits.length === 1 && exceptions.length === 0)
    return termOf(compute(only, world))
  const dated = limits.map((l) => compute(l, world))
  const refused = dated.find((d) => d.computed?.ok === false)
  if (refused !== undefined) return termOf(refused)
  const earliest = dated.toSorted((a, b) => dueMs(a) - dueMs(b))[0]
  if (earliest === undefined) return { citations: [], why: '', dueMs: NEVER, soft: false }
  const waiting = exceptions.find((e) => e.start === undefined)
  if (waiting !== undefined) return termOf({ from: waiting, computed: undefined })
  const later = exceptions
    .map((e) => compute(e, world))
    .filter((e) => e.computed?.ok === true && dueMs(e) > dueMs(earliest))
    .toSorted((a, b) => dueMs(b) - dueMs(a))[0]
  return termOf(later ?? earliest)
}

function termOf({ from, computed }: Dated): Term {
  const citations = from.citation === undefined ? [] : [from.citation]
  const soft = from.soft
  if (computed === undefined)
    return {
      citations,
      soft,
      dueMs: NEVER,
      why:
        from.limit === undefined
          ? `文本未写日数${from.qualitative === undefined ? '' : `（“${from.qualitative}”）`}`
          : '起算的事实尚未登记，登记后推算到期日',
    }
  if (!computed.ok)
    return {
      citations,
      soft,
      dueMs: NEVER,
      why: computed.message,
      target: computed.target,
    }
  const why = from.exception ? `适用例外：${computed.why}` : computed.why
  return { citations, soft, why, target: computed.target, due: computed.due, dueMs: computed.dueMs }
}
