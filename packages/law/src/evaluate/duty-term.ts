import { civilDateAt } from '../civil-date.ts'
import type { Citation, LaterLimit } from '../evaluation.ts'
import { computeLimit } from '../time-limit.ts'
import type { ComputedLimit } from '../time-limit.ts'
import { exceptionsFor, limitsFor } from './duty-limits.ts'
import type { DatedLimit } from './duty-limits.ts'
import { remembered } from './clock.ts'
import type { Lasting } from './clock.ts'
import { once } from './found.ts'
import { lengthened } from './lengthened.ts'
import type { ReadyDuty } from './ready-duty.ts'
import type { TimedFact, World } from './world.ts'

/** Until when something must be done, by which texts, and which give more time. */
export type Term = Readonly<{
  citations: readonly Citation[]
  why: string
  target?: string | undefined
  due?: string | undefined
  later?: readonly LaterLimit[] | undefined
  dueMs: number
  soft: boolean
}>
/** The fact that opened a duty, the same as the period runs from it, and the one that closed it. */
type Opened = Readonly<{ opener: TimedFact; started: TimedFact; closing: TimedFact | undefined }>

/** The term of one instance of a duty; undefined where no text of the case fixes any. */
export function termFor(duty: ReadyDuty, opened: Opened, world: World): Term | undefined {
  const exceptions = exceptionsFor(duty, opened.started, world)
  if (!duty.ofDay || exceptions.length > 0) return findTerm(duty, opened, exceptions, world)
  const byDay = once((world.found.terms ??= new Map()), duty, () => new Map<string, Lasting<Term | null>>())
  const find = (): Term | null => findTerm(duty, opened, exceptions, world) ?? null
  return remembered(byDay, civilDateAt(opened.started.ms), world.clock, find) ?? undefined
}

function findTerm(
  duty: ReadyDuty,
  { opener, started, closing }: Opened,
  exceptions: readonly DatedLimit[],
  world: World,
): Term | undefined {
  const limits = limitsFor(duty, started, world)
  if (limits.length === 0) return undefined
  const compute = (limit: DatedLimit): Dated => computed(lengthened(limit, duty.rule, opener, world), world)
  const granted = exceptions.filter(({ start }) => start !== undefined || closing === undefined).map(compute)
  const dated = limits.map((limit) => excepted(compute(limit), granted))
  const [only] = dated
  return only !== undefined && dated.length === 1 ? termOf(only) : strictest(dated)
}

type Dated = Readonly<{ from: DatedLimit; computed: ComputedLimit | undefined }>

const computed = (from: DatedLimit, world: World): Dated => ({
  from,
  computed:
    from.start === undefined || from.limit === undefined
      ? undefined
      : computeLimit(from.start.at, from.limit, world.caseLaw.law.calendar),
})

const NEVER = Number.POSITIVE_INFINITY

const dueMs = ({ computed: date }: Dated): number => (date?.ok === true ? date.dueMs : NEVER)

/** A pack's own exception may only move its date later; while the exception's moment has not come, there is no date. */
function excepted(own: Dated, granted: readonly Dated[]): Dated {
  if (granted.length === 0 || own.computed?.ok === false) return own
  const same = granted.filter(({ from }) => from.pack === own.from.pack)
  const later = same
    .filter((e) => e.computed?.ok === true && dueMs(e) > dueMs(own))
    .toSorted((a, b) => dueMs(b) - dueMs(a))[0]
  return same.find(({ from }) => from.start === undefined) ?? later ?? own
}

/**
 * The earliest of what the texts fix, with every text that comes to the same, and those that come to a later day. A text
 * whose day nobody can compute yet may come to an earlier one; what is known then binds at the latest.
 */
function strictest(dated: readonly Dated[]): Term {
  const unknown = dated.filter((d) => d.computed?.ok === false)
  const sure = dated.filter((d) => !unknown.includes(d))
  const least = Math.min(...sure.map(dueMs))
  const known = unknown.length > 0 && least === NEVER ? [] : sure.filter((d) => dueMs(d) === least)
  const binding = [...unknown, ...known]
  const term = bindingTerm(unknown[0], known[0])
  const citations = uniqueClauses(binding.flatMap(({ from }) => from.citations))
  return {
    ...term,
    citations,
    // One text that knows no 一般 is enough to bind.
    soft: binding.every(({ from }) => from.soft),
    later: laterThan(
      citations,
      sure.filter((d) => !known.includes(d)),
    ),
  }
}

function bindingTerm(unknown: Dated | undefined, known: Dated | undefined): Term {
  if (unknown !== undefined && known !== undefined) {
    const term = termOf(known)
    return { ...term, why: `${termOf(unknown).why}；已知的至迟：${term.why}` }
  }
  const only = unknown ?? known
  return only === undefined ? { citations: [], why: '', dueMs: NEVER, soft: false } : termOf(only)
}

const uniqueClauses = (citations: readonly Citation[]): readonly Citation[] =>
  citations.filter((c, i) => citations.findIndex(({ clause }) => clause === c.clause) === i)

function laterThan(
  binding: readonly Citation[],
  others: readonly Dated[],
): readonly LaterLimit[] | undefined {
  const later = others.flatMap(({ from, computed: date }) => {
    const citations = from.citations.filter((c) => !binding.some(({ clause }) => clause === c.clause))
    const due = date?.ok === true ? { due: date.due } : {}
    return citations.length === 0 ? [] : [{ citations, ...due }]
  })
  return later.length === 0 ? undefined : later
}

function termOf({ from, computed: date }: Dated): Term {
  const { citations, soft } = from
  if (date === undefined)
    return {
      citations,
      soft,
      dueMs: NEVER,
      why:
        from.limit === undefined
          ? `文本未写日数${from.qualitative === undefined ? '' : `（“${from.qualitative}”）`}`
          : '起算的事实尚未登记，登记后推算到期日',
    }
  if (!date.ok) return { citations, soft, dueMs: NEVER, why: date.message, target: date.target }
  const why = from.exception ? `适用例外：${date.why}` : date.why
  return { citations, soft, why, target: date.target, due: date.due, dueMs: date.dueMs }
}
