import { endOfDay, msOf } from '../civil-date.ts'
import { carriesOut, paramOf, provisionAt } from '../combine.ts'
import type { CaseLaw } from '../combine.ts'
import type { Condition } from '../schema/condition.ts'
import type { StepRule } from '../schema/procedure.ts'
import type { Value } from '../schema/value.ts'
import { no, when, yes } from './check.ts'
import type { Check, CheckFacts } from './check.ts'
import { checkPersons } from './check-persons.ts'
import { checkSubject } from './check-subject.ts'
import { again, isPast, lawDay } from './clock.ts'
import { documentReached } from './document-state.ts'
import { isOfParty, withWanting } from './each-party.ts'
import { missingElements, outsider } from './elements.ts'
import { once } from './found.ts'
import { checkIntervals } from './intervals.ts'
import { checkElapsed } from './limits.ts'
import { allSought, firstSought, lastSought } from './match.ts'
import { isBegun, isDone, isOptional } from './occurrence.ts'
import { askSameDay } from './same-day.ts'
import { settingOf } from './settings.ts'
import { soughtBy } from './sought.ts'
import { stagesWithoutRecord } from './stages.ts'
import { askStands, isTakenBack } from './stands.ts'
import { compares, valueIn } from './values.ts'
import type { TimedFact, World } from './world.ts'

/** A condition made ready for asking: what does not depend on the case was worked out before. */
export type Ask = (world: World) => Check
export type Whether = (world: World) => boolean

/** Persons and data of an invented subject are not known yet: what depends on them is asked when they are. */
const isUnknown = (world: World): boolean => world.hypothetical || world.subject === undefined

const unlessUnknown =
  (ask: (world: World, subject: TimedFact) => Check): Ask =>
  (world) =>
    world.hypothetical || world.subject === undefined ? yes : ask(world, world.subject)

/** Nothing to be put together: one that failed, or several that say nothing. */
const isWhole = (first: Check, checks: readonly Check[]): boolean =>
  checks.length === 1 ? first.clauses?.length !== 0 : checks.every((c) => c === no())

function together(checks: readonly Check[]): Check {
  const [first] = checks
  if (first !== undefined && isWhole(first, checks)) return first
  const clauses = checks.flatMap((c) => c.clauses ?? [])
  const steps = checks.flatMap((c) => c.facts['step'] ?? [])
  const facts: CheckFacts = Object.assign({}, ...checks.map((c) => c.facts))
  return {
    ...no(steps.length > 1 ? { ...facts, step: steps.join('、') } : facts),
    ...(clauses.length > 0 ? { clauses } : {}),
  }
}

const allOf =
  (asks: readonly Ask[]): Ask =>
  (world) => {
    let failed: Check[] | undefined
    for (const ask of asks) {
      const check = ask(world)
      if (!check.holds) (failed ??= []).push(check)
    }
    return failed === undefined ? yes : together(failed)
  }

const anyOf =
  (asks: readonly Ask[]): Ask =>
  (world) => {
    const checks: Check[] = []
    for (const ask of asks) {
      const check = ask(world)
      if (check.holds) return yes
      checks.push(check)
    }
    return together(checks)
  }

/** The condition in this world. */
export const checkCondition = (condition: Condition, world: World): Check =>
  readyCondition(condition, world)(world)

export const readyCondition = (
  condition: Condition,
  { asking, caseLaw }: Pick<World, 'asking' | 'caseLaw'>,
): Ask => once(asking.conditions, condition, () => askOf(condition, caseLaw))

/** Whether the condition holds in this world; where it does not, nobody asks why. */
export const holds = (condition: Condition, world: World): boolean => readyWhether(condition, world)(world)

export const readyWhether = (
  condition: Condition,
  { asking, caseLaw }: Pick<World, 'asking' | 'caseLaw'>,
): Whether => once(asking.whether, condition, () => whetherOf(condition, caseLaw))

/** The first that decides is enough. */
function whetherOf(condition: Condition, caseLaw: CaseLaw): Whether {
  switch (condition.op) {
    case 'all': {
      const all = condition.all.map((c) => whetherOf(c, caseLaw))
      return (world) => all.every((one) => one(world))
    }
    case 'any': {
      const any = condition.any.map((c) => whetherOf(c, caseLaw))
      return (world) => any.some((one) => one(world))
    }
    case 'not': {
      const one = whetherOf(condition.not, caseLaw)
      return (world) => !one(world)
    }
    default: {
      const ask = askOf(condition, caseLaw)
      return (world) => ask(world).holds
    }
  }
}

function askOf(condition: Condition, caseLaw: CaseLaw): Ask {
  switch (condition.op) {
    case 'all':
      return allOf(condition.all.map((c) => askOf(c, caseLaw)))
    case 'any':
      return anyOf(condition.any.map((c) => askOf(c, caseLaw)))
    case 'not': {
      const holdsNow = whetherOf(condition.not, caseLaw)
      return (world) => when(!holdsNow(world))
    }
    case 'fact': {
      const sought = soughtBy(condition.fact)
      return (world) => when(firstSought(world, sought) !== undefined)
    }
    case 'stands':
      return askStands(condition)
    case 'step':
      return (world) => when(isDone(world, condition.step))
    case 'settled':
      return (world) => checkSettled(condition.settled, world)
    case 'flag':
      return (world) => when(world.flags.has(condition.flag))
    case 'setting':
      return (world) => when(settingOf(world, condition.setting) === condition.equals)
    case 'param':
      return askParam(condition, caseLaw)
    case 'provision':
      return (world) => when(provisionAt(caseLaw, condition.provision, lawDay(world.clock)) !== undefined)
    case 'act': {
      const { procedure } = caseLaw
      const check = when(carriesOut(procedure, condition.act), { act: procedure.act })
      return () => check
    }
    case 'document': {
      const [types, state] = [condition.document.split('|'), condition.state]
      const sought = [soughtBy({ kind: 'document', name: types, state })]
      return (world) =>
        types.some((type) => documentReached(world, type, state)) ? yes : withWanting(sought, world)
    }
    case 'data':
      return askData(condition)
    case 'compare':
      return askCompare(condition)
    case 'recorded': {
      const name = condition.recorded
      const sought = soughtBy({ kind: 'recording', name })
      return (world) => when(firstSought(world, sought) !== undefined)
    }
    case 'complete':
      return (world) => world.complete(condition.complete, world)
    case 'stages':
      return checkStages
    case 'elapsed':
      return (world) => checkElapsed(condition, world)
    case 'passed':
    case 'sameDay':
    case 'each':
      return askTies(condition)
    case 'listed':
    case 'filled':
    case 'among':
      return askElements(condition, caseLaw)
    case 'officers':
    case 'certificates':
    case 'differs':
    case 'qualified':
    case 'approvals':
      return unlessUnknown((world, subject) => checkPersons(condition, subject, world))
    case 'overlaps':
    case 'covered':
      return unlessUnknown((world) => checkIntervals(condition, world))
    case 'rank':
    case 'daytime':
    case 'workday':
    case 'disposable':
    case 'kept':
      return unlessUnknown((world) => checkSubject(condition, world))
  }
}

function askParam({ param, equals }: Extract<Condition, { op: 'param' }>, caseLaw: CaseLaw): Ask {
  const values = paramOf(caseLaw, param)
  const check = when(equals === undefined ? values.length > 0 : values.some((v) => v.value === equals))
  return () => check
}

function askTies(condition: Extract<Condition, { op: 'passed' | 'sameDay' | 'each' }>): Ask {
  switch (condition.op) {
    case 'passed': {
      const sought = soughtBy(condition.fact)
      return (world) => {
        const day = lastSought(world, sought)?.data?.[condition.passed]
        if (typeof day !== 'string') return no()
        return when(isPast(world.clock, msOf(day.length === 10 ? endOfDay(day) : day)), { day })
      }
    }
    case 'sameDay':
      return askSameDay(condition)
    case 'each': {
      const [each, has] = [soughtBy(condition.each), soughtBy(condition.has)]
      if (condition.ofParty !== undefined) {
        const unless = [soughtBy(condition.ofParty.unless)]
        return (world) => {
          const had = allSought(world, has)
          const shares = allSought(world, each).filter((f) => !isTakenBack(f, unless, world))
          return when(shares.every((share) => had.some((h) => isOfParty(h, share, world))))
        }
      }
      return (world) => {
        const things = new Set(allSought(world, has).map((h) => h.about ?? h.ref))
        const left = allSought(world, each).filter((f) => !things.has(f.ref ?? f.about))
        return when(left.length === 0, { left: left.length })
      }
    }
  }
}

function askElements(
  condition: Extract<Condition, { op: 'listed' | 'filled' | 'among' }>,
  caseLaw: CaseLaw,
): Ask {
  const lack = condition.op === 'among' ? outsider(condition) : missingElements(condition, caseLaw)
  return (world) => (condition.fact === undefined && isUnknown(world) ? yes : (lack(world) ?? yes))
}

/** Does a value come from the fact in question? An invented one has none yet. */
const ofSubject = (value: Value): boolean =>
  typeof value === 'object' && ('time' in value || 'data' in value) && value.of === undefined

function askCompare({ compare, is, to }: Extract<Condition, { op: 'compare' }>): Ask {
  const asksSubject = ofSubject(compare) || ofSubject(to)
  return (world) => {
    if (asksSubject && isUnknown(world)) return yes
    const [left, right] = [valueIn(compare, world), valueIn(to, world)]
    const short: CheckFacts =
      typeof left === 'number' && typeof right === 'number' ? { short: right - left } : {}
    return when(compares(left, is, right), {
      left: String(left ?? '未登记'),
      right: String(right ?? '未登记'),
      ...short,
    })
  }
}

function hasEnded(world: World): boolean {
  const { ended } = world.procedure
  const { found, clock } = world
  found.ended = again(found.ended, clock, () => ended !== undefined && holds(ended, world))
  return found.ended.value
}

/** Whether a step that has not begun is still needed, or may be: its `when` holds, and the matter goes on. */
export const isNeeded = (step: StepRule, world: World): boolean =>
  (step.when === undefined || holds(step.when, world)) && (step.outlasts || !hasEnded(world))

function checkSettled(stepId: string, world: World): Check {
  if (isDone(world, stepId)) return yes
  const step = world.asking.steps.get(stepId)
  // A shared rule may name a step that this procedure does not have: it needs none.
  if (step === undefined) return yes
  if (step.when !== undefined && !holds(step.when, world)) return yes
  const needless = isOptional(world, step) || !isNeeded(step, world)
  return when(needless && !isBegun(world, stepId), { step: step.name })
}

function checkStages(world: World): Check {
  const bare = stagesWithoutRecord(world)
  return when(bare.length === 0, { missing: bare.join('、') })
}

const isFilled = (value: unknown): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** A literal with a computed key takes the runtime many times as long. */
function said(key: string, value: string | number): CheckFacts {
  const facts: Record<string, string | number> = {}
  facts[key] = value
  return facts
}

function askData({ data: key, fact, ...expected }: Extract<Condition, { op: 'data' }>): Ask {
  const sought = fact === undefined ? undefined : soughtBy(fact)
  const { equals, includes, oneOf, present = true, atLeast } = expected
  const meets = (value: unknown): boolean => {
    if (equals !== undefined) return value === equals
    if (includes !== undefined) return Array.isArray(value) && value.includes(includes)
    if (oneOf !== undefined) return oneOf.some((v) => v === value)
    if (atLeast !== undefined) return typeof value === 'number' && value >= atLeast
    return isFilled(value) === present
  }
  return (world) => {
    if (sought === undefined && isUnknown(world)) return yes
    const told = sought === undefined ? world.subject : lastSought(world, sought)
    const value = told?.data?.[key] ?? null
    if (meets(value)) return yes
    return typeof value === 'string' || typeof value === 'number' ? no(said(key, value)) : no()
  }
}
