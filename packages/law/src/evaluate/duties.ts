import { civilDateOf, msOf } from '../civil-date.ts'
import { citationsOf } from '../combine.ts'
import type { Citation, Duty, DutyState } from '../evaluation.ts'
import type { DutyRule } from '../schema/procedure.ts'
import { computeLimit } from '../time-limit.ts'
import type { ComputedLimit } from '../time-limit.ts'
import { checkCondition } from './check-condition.ts'
import { exceptionsFor, limitsFor } from './duty-limits.ts'
import { lengthened } from './lengthened.ts'
import type { DatedLimit } from './duty-limits.ts'
import { factsAbout, factsOfThing, factsNamed, factsWithRef } from './look-up.ts'
import { allMatching, matches } from './match.ts'
import { byTime, factsOf, knowing, worldAt } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** All duties that the record has opened, with their dates and state now. */
export const evaluateDuties = (world: World): Duty[] =>
  world.asking.duties.flatMap((rule) => {
    const openers = unique(opening(rule, world))
    return (rule.each ? openers : openers.slice(0, 1)).flatMap((opener) => dutyOf(rule, opener, world) ?? [])
  })

const opening = ({ opens }: DutyRule, world: World): TimedFact[] =>
  Array.isArray(opens)
    ? opens.flatMap((pattern) => allMatching(world, pattern)).toSorted(byTime)
    : allMatching(world, opens)

/** Several facts about the same thing (made twice in two states) open one duty. */
const unique = (facts: readonly TimedFact[]): TimedFact[] => {
  const seen = new Set<string>()
  return facts.filter((f) => f.ref === undefined || (!seen.has(f.ref) && seen.add(f.ref)))
}

function dutyOf(rule: DutyRule, opener: TimedFact, world: World): Duty | undefined {
  if (rule.when !== undefined && !checkCondition(rule.when, worldAt(world, opener)).holds) return undefined
  if (rule.while !== undefined && !checkCondition(rule.while, knowing(world, opener)).holds) return undefined
  const closing = closingFact(rule, opener, world)
  const moment = momentOf(rule, opener)
  // Why it is late, and since when it could be done, is often told only when it is done.
  const told =
    rule.exceptionReason === undefined ? opener : { ...opener, data: { ...closing?.data, ...opener.data } }
  const started = moment === undefined ? told : { ...told, at: moment, ms: msOf(moment) }
  const limits = limitsFor(rule, started, world)
  if (limits.length === 0) return undefined
  const later = (limit: DatedLimit): DatedLimit => lengthened(limit, rule, opener, world)
  const granted = exceptionsFor(rule, started, world).filter(
    ({ start }) => start !== undefined || closing === undefined,
  )
  const term = strictest(limits.map(later), granted.map(later), world)
  const id = rule.each ? `${rule.id}:${opener.ref ?? opener.at}` : rule.id
  const excused = excuseFor(id, rule, world)
  const citations = citationsFor(rule, term.citations, world)
  return {
    id,
    rule: rule.id,
    what: rule.what,
    ...(rule.step === undefined ? {} : { step: rule.step }),
    citations,
    why: excused === undefined ? term.why : `${term.why}；已说明：${excused}`,
    since: started.at,
    ...(term.target === undefined ? {} : { target: term.target }),
    ...(term.due === undefined ? {} : { due: term.due }),
    state: stateOf(closing, term.due, excused, world),
    ...(closing === undefined ? {} : { metAt: closing.at, metBy: closing.ref ?? closing.name }),
    effect: term.soft ? 'warn' : rule.effect,
  }
}

function momentOf({ from }: DutyRule, opener: TimedFact): string | undefined {
  if (from === 'at') return undefined
  if (from === 'from') return opener.from
  if (from === 'to') return opener.to
  const named = opener.data?.[from.data]
  if (typeof named !== 'string' || Number.isNaN(msOf(named))) return undefined
  // A form may name a day alone; it begins with that day in China.
  return named.length === 10 ? `${named}T00:00:00+08:00` : named
}

/** The clause that fixes the date; where the rule itself fixes it, every text that says the same. */
function citationsFor(rule: DutyRule, dating: readonly Citation[], world: World): readonly Citation[] {
  const own = citationsOf(world.caseLaw, rule.clauses ?? [], world.date)
  return dating.length === 0 || dating.some((d) => own.some((o) => o.clause === d.clause)) ? own : dating
}

const thingOf = (fact: TimedFact): string | undefined => fact.about ?? fact.ref

const isClosing = (rule: DutyRule, fact: TimedFact, world: World): boolean =>
  matches(rule.closes, fact) ||
  rule.orCloses.some(
    (other) => matches(other.with, fact) && citationsOf(world.caseLaw, other.clauses, world.date).length > 0,
  )

/** Where a closing fact can only lie. */
function closers(rule: DutyRule, opener: TimedFact, world: World): readonly TimedFact[] {
  switch (rule.same) {
    case 'ref':
      return opener.ref === undefined ? factsOf(world) : factsWithRef(world, opener.ref)
    case 'about':
      return opener.ref === undefined ? factsOf(world) : factsAbout(world, opener.ref)
    case 'of':
      return opener.about === undefined ? [] : factsWithRef(world, opener.about)
    case 'thing': {
      const thing = thingOf(opener)
      return thing === undefined ? factsOf(world) : factsOfThing(world, thing)
    }
    case 'step':
    case 'case':
      return rule.orCloses.length > 0 ? factsOf(world) : allMatching(world, rule.closes)
  }
}

function closingFact(rule: DutyRule, opener: TimedFact, world: World): TimedFact | undefined {
  return closers(rule, opener, world).find((f) => {
    if (f === opener || f.ms < opener.fromMs || !isClosing(rule, f, world)) return false
    switch (rule.same) {
      case 'thing':
        return thingOf(f) === thingOf(opener)
      case 'ref':
        return f.ref === opener.ref
      case 'about':
        return f.about === opener.ref
      case 'of':
        return opener.about !== undefined && f.ref === opener.about
      case 'step':
        return f.step === opener.step
      case 'case':
        return true
    }
  })
}

type Term = Readonly<{ citations: Citation[]; why: string; target?: string; due?: string; soft: boolean }>
type Dated = Readonly<{ from: DatedLimit; computed: ComputedLimit | undefined }>

const compute = (limit: DatedLimit, world: World): Dated => ({
  from: limit,
  computed:
    limit.start === undefined || limit.limit === undefined
      ? undefined
      : computeLimit(limit.start.at, limit.limit, world.caseLaw.law.calendar),
})

const dueMs = ({ computed }: Dated): number =>
  computed?.ok === true ? msOf(computed.due) : Number.POSITIVE_INFINITY

/** The earliest of what the texts fix; a pack's own exception may only move its date later. */
function strictest(limits: readonly DatedLimit[], exceptions: readonly DatedLimit[], world: World): Term {
  const dated = limits.map((l) => compute(l, world))
  const refused = dated.find((d) => d.computed?.ok === false)
  if (refused !== undefined) return termOf(refused)
  const earliest = dated.toSorted((a, b) => dueMs(a) - dueMs(b))[0]
  if (earliest === undefined) return { citations: [], why: '', soft: false }
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
      why:
        from.limit === undefined
          ? `文本未写日数${from.qualitative === undefined ? '' : `（“${from.qualitative}”）`}`
          : '起算的事实尚未登记，登记后推算到期日',
    }
  if (!computed.ok)
    return {
      citations,
      soft,
      why: computed.message,
      ...(computed.target === undefined ? {} : { target: computed.target }),
    }
  const why = from.exception ? `适用例外：${computed.why}` : computed.why
  return { citations, soft, why, target: computed.target, due: computed.due }
}

function stateOf(
  closing: TimedFact | undefined,
  due: string | undefined,
  excused: string | undefined,
  world: World,
): DutyState {
  const limit = due === undefined ? Number.POSITIVE_INFINITY : msOf(due)
  if (closing !== undefined && closing.ms <= limit) return 'met'
  if (excused !== undefined) return 'excused'
  if (closing !== undefined) return 'met-late'
  return world.ms > limit ? 'overdue' : 'open'
}

/** A registered excuse with its reason, where the rule admits one. */
function excuseFor(id: string, rule: DutyRule, world: World): string | undefined {
  if (!rule.excusable) return undefined
  const fact = factsNamed(world, 'event', 'duty-excused').find(
    (f) => f.about === id || f.data?.['duty'] === id,
  )
  const reason = fact?.data?.['reason']
  return typeof reason === 'string' && reason !== ''
    ? `${reason}（${civilDateOf(fact?.at ?? '')}）`
    : undefined
}
