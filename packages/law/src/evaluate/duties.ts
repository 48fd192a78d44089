import { civilDateOf, msOf } from '../civil-date.ts'
import type { Duty, DutyState } from '../evaluation.ts'
import type { DutyRule } from '../schema/procedure.ts'
import { isPast, lawDay, remembered } from './clock.ts'
import { ANEW } from './document-state.ts'
import { termFor } from './duty-term.ts'
import { groupedByParty, isOfParty, placeOfParty, wantingFor } from './each-party.ts'
import { factsAbout, factsOfThing, factsNamed, factsWithRef } from './look-up.ts'
import { allSought } from './match.ts'
import { readyDuty } from './ready-duty.ts'
import type { ReadyDuty } from './ready-duty.ts'
import { isSought } from './sought.ts'
import type { Sought } from './sought.ts'
import { isTakenBack } from './stands.ts'
import { byTime, factsOf, knowing, worldAt } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** All duties that the record has opened, with their dates and state now. */
export function evaluateDuties(world: World): Duty[] {
  const { found, clock, asking } = world
  const before = (found.duties ??= new Map())
  return asking.duties.flatMap((rule) =>
    remembered(before, rule, clock, () => dutiesBy(readyDuty(rule, world), world)),
  )
}

function dutiesBy(ready: ReadyDuty, world: World): readonly Duty[] {
  const openers = openersOf(ready, world)
  if (openers.length === 0) return none
  const duties: Duty[] = []
  for (const opener of openers) {
    const duty = dutyOf(ready, opener, world)
    if (duty !== undefined) duties.push(duty)
  }
  return duties
}

const none: readonly Duty[] = []

function openersOf(duty: ReadyDuty, world: World): readonly TimedFact[] {
  const { each } = duty.rule
  const openers = allOf(duty.opens, world)
  if (each === 'party') return groupedByParty(openers).flatMap((own) => openerAmong(own, duty, world))
  return each ? unique(openers) : openerAmong(openers, duty, world)
}

/** The one that counts, where several could open one duty. */
function openerAmong(openers: readonly TimedFact[], duty: ReadyDuty, world: World): readonly TimedFact[] {
  const { lapses } = duty
  const again = openers.findLast(
    (opener) => opener.data?.[ANEW] === true && !isTakenBack(opener, lapses, world),
  )
  if (again !== undefined) return [again]
  if (lapses.length === 0) return openers.slice(0, 1)
  // What was taken back counts only where nothing has taken its place, and it was fulfilled.
  const standing = openers.find((opener) => !isTakenBack(opener, lapses, world))
  if (standing !== undefined) return [standing]
  return openers.filter((opener) => closingFact(duty, opener, world) !== undefined).slice(0, 1)
}

/** Facts that fit any of these patterns, oldest first. */
function allOf(patterns: readonly Sought[], world: World): readonly TimedFact[] {
  const [only] = patterns
  if (only !== undefined && patterns.length === 1) return allSought(world, only)
  return patterns.flatMap((sought) => allSought(world, sought)).toSorted(byTime)
}

/** Several facts about the same thing (made twice in two states) open one duty. */
const unique = (facts: readonly TimedFact[]): readonly TimedFact[] => {
  if (facts.length < 2) return facts
  const seen = new Set<string>()
  return facts.filter((f) => f.ref === undefined || (!seen.has(f.ref) && seen.add(f.ref)))
}

function dutyOf(duty: ReadyDuty, opener: TimedFact, world: World): Duty | undefined {
  const { rule } = duty
  if (duty.when !== undefined && !duty.when(worldAt(world, opener))) return undefined
  if (duty.while !== undefined && !duty.while(knowing(world, opener))) return undefined
  const closing = closingFact(duty, opener, world)
  const started = startOf(rule, opener, closing)
  const term = termFor(duty, { opener, started, closing }, world)
  if (term === undefined) return undefined
  const id = idOf(rule, opener)
  const excused = excuseFor(id, rule, world)
  return {
    id,
    rule: rule.id,
    what: whatOf(duty, opener, closing, world),
    step: rule.step,
    citations: term.citations,
    why: excused === undefined ? term.why : `${term.why}；已说明：${excused}`,
    since: started.at,
    openedBy: opener.ref,
    target: term.target,
    due: term.due,
    later: term.later,
    state: stateOf(closing, term.dueMs, excused, world),
    metAt: closing?.at,
    metBy: closing?.ref ?? closing?.name,
    effect: term.soft ? 'warn' : rule.effect,
  }
}

/** A party is told from another by its place in the paper: an id may stand where no name may. */
function idOf({ id, each }: DutyRule, opener: TimedFact): string {
  if (each === 'party') return opener.party === undefined ? id : `${id}:${placeOfParty(opener)}`
  return each ? `${id}:${opener.ref ?? opener.at}` : id
}

/** With whose it is, and who is still wanting for it. */
function whatOf(
  { rule, closes }: ReadyDuty,
  opener: TimedFact,
  closing: TimedFact | undefined,
  world: World,
): string {
  const left = closing === undefined ? wantingFor(closes, world) : undefined
  const whose = rule.each === 'party' ? opener.party : undefined
  const more = [whose, left].filter((word) => word !== undefined).join('；')
  return more === '' ? rule.what : `${rule.what}（${more}）`
}

/** The fact from which the period runs. Why it is late, and since when it could be done, is often told only when it is done. */
function startOf(rule: DutyRule, opener: TimedFact, closing: TimedFact | undefined): TimedFact {
  const moment = momentOf(rule, opener)
  const told =
    rule.exceptionReason === undefined ? opener : { ...opener, data: { ...closing?.data, ...opener.data } }
  return moment === undefined ? told : { ...told, at: moment, ms: msOf(moment) }
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

const byPlace = (a: TimedFact, b: TimedFact): number => a.order - b.order

const thingOf = (fact: TimedFact): string | undefined => fact.about ?? fact.ref

const isClosing = ({ closes, orCloses }: ReadyDuty, fact: TimedFact, world: World): boolean =>
  closes.some((sought) => isSought(sought, fact)) ||
  orCloses.some(
    ({ on, unless, cite }) =>
      on.some((sought) => isSought(sought, fact)) &&
      cite(lawDay(world.clock)).length > 0 &&
      !isTakenBack(fact, unless, world),
  )

/** Where a closing fact can only lie. */
function closers(
  { rule, closes, orCloses, otherwise }: ReadyDuty,
  opener: TimedFact,
  world: World,
): readonly TimedFact[] {
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
      return orCloses.length > 0
        ? [...closes, ...otherwise].flatMap((sought) => allSought(world, sought)).toSorted(byPlace)
        : closes.flatMap((sought) => allSought(world, sought))
  }
}

function isTheSame(rule: DutyRule, fact: TimedFact, opener: TimedFact): boolean {
  switch (rule.same) {
    case 'thing':
      return thingOf(fact) === thingOf(opener)
    case 'ref':
      return fact.ref === opener.ref
    case 'about':
      return fact.about === opener.ref
    case 'of':
      return opener.about !== undefined && fact.ref === opener.about
    case 'step':
      return fact.step === opener.step
    case 'case':
      return true
  }
}

function closingFact(duty: ReadyDuty, opener: TimedFact, world: World): TimedFact | undefined {
  if (duty.closesIf !== undefined && !duty.closesIf(knowing(world, opener))) return undefined
  for (const fact of closers(duty, opener, world))
    if (
      fact !== opener &&
      fact.ms >= opener.fromMs &&
      isTheSame(duty.rule, fact, opener) &&
      (duty.rule.each !== 'party' || isOfParty(fact, opener, world)) &&
      isClosing(duty, fact, world)
    )
      return fact
  return undefined
}

function stateOf(
  closing: TimedFact | undefined,
  limit: number,
  excused: string | undefined,
  world: World,
): DutyState {
  if (closing !== undefined && closing.ms <= limit) return 'met'
  if (excused !== undefined) return 'excused'
  if (closing !== undefined) return 'met-late'
  return isPast(world.clock, limit) ? 'overdue' : 'open'
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
