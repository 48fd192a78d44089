import { civilDateOf, endOfDay, msOf } from '../civil-date.ts'
import { carriesOut, paramOf, provisionAt } from '../combine.ts'
import type { Condition, RuleLimit } from '../schema/condition.ts'
import type { Value } from '../schema/value.ts'
import { Limit } from '../schema/limit.ts'
import type { FixedDay } from '../schema/limit.ts'
import { computeLimit } from '../time-limit.ts'
import { documentReached, skippedRank } from './document-state.ts'
import { allMatching, firstMatching, lastMatching } from './match.ts'
import { isBegun, isDone, isOptional } from './occurrence.ts'
import { checkSubject } from './check-subject.ts'
import { missingElements, outsider } from './elements.ts'
import { checkIntervals } from './intervals.ts'
import { actingAs, idsActingAs, nameOf, officersOf, withoutValidCertificate } from './persons.ts'
import { stagesWithoutRecord } from './stages.ts'
import { settingOf } from './settings.ts'
import { RANK_NAMES } from './words.ts'
import { compares, valueIn } from './values.ts'
import type { World } from './world.ts'

/** What a check found, for placeholders in messages. */
export type CheckFacts = Readonly<Record<string, string | number>>
export type Check = Readonly<{
  holds: boolean
  facts: CheckFacts
  /** The clauses that name what is missing, where they say it more exactly than the rule's own. */
  clauses?: readonly string[]
}>

const yes: Check = { holds: true, facts: {} }
const no = (facts: CheckFacts = {}): Check => ({ holds: false, facts })
const when = (holds: boolean, facts: CheckFacts = {}): Check => (holds ? yes : no(facts))

/** Persons and data of an invented subject are not known yet: what depends on them is asked when they are. */
const unlessHypothetical = (world: World, ask: () => Check): Check =>
  world.hypothetical || world.subject === undefined ? yes : ask()

function together(checks: readonly Check[]): Check {
  const clauses = checks.flatMap((c) => c.clauses ?? [])
  const steps = checks.flatMap((c) => c.facts['step'] ?? [])
  const facts: CheckFacts = Object.assign({}, ...checks.map((c) => c.facts))
  return {
    ...no(steps.length > 1 ? { ...facts, step: steps.join('、') } : facts),
    ...(clauses.length > 0 ? { clauses } : {}),
  }
}

export function checkCondition(condition: Condition, world: World): Check {
  switch (condition.op) {
    case 'all': {
      const failed = condition.all.map((c) => checkCondition(c, world)).filter((c) => !c.holds)
      return failed.length === 0 ? yes : together(failed)
    }
    case 'any': {
      const checks = condition.any.map((c) => checkCondition(c, world))
      return checks.some((c) => c.holds) ? yes : together(checks)
    }
    case 'not':
      return when(!checkCondition(condition.not, world).holds)
    case 'fact':
      return when(firstMatching(world, condition.fact) !== undefined)
    case 'step':
      return when(isDone(world, condition.step))
    case 'settled':
      return checkSettled(condition.settled, world)
    case 'flag':
      return when(world.flags.has(condition.flag))
    case 'setting':
      return when(settingOf(world, condition.setting) === condition.equals)
    case 'param':
      return checkParam(condition.param, condition.equals, world)
    case 'document':
      return when(condition.document.split('|').some((type) => documentReached(world, type, condition.state)))
    case 'data':
      return checkData(condition, world)
    case 'officers':
    case 'certificates':
    case 'differs':
    case 'qualified':
    case 'approvals':
      return unlessHypothetical(world, () => checkPersons(condition, world))
    case 'elapsed':
      return checkElapsed(condition, world)
    case 'passed': {
      const day = lastMatching(world, condition.fact)?.data?.[condition.passed]
      if (typeof day !== 'string') return no()
      return when(world.ms > msOf(day.length === 10 ? endOfDay(day) : day), { day })
    }
    case 'sameDay': {
      const other = lastMatching(world, condition.sameDay)
      return when(other !== undefined && civilDateOf(other.at) === world.date)
    }
    case 'each': {
      const has = allMatching(world, condition.has)
      const things = new Set(has.map((h) => h.about ?? h.ref))
      const left = allMatching(world, condition.each).filter((f) => !things.has(f.ref ?? f.about))
      return when(left.length === 0, { left: left.length })
    }
    case 'recorded':
      return when(
        world.facts.some(
          (f) => f.kind === 'recording' && (condition.recorded === '*' || f.name === condition.recorded),
        ),
      )
    case 'listed':
    case 'filled':
    case 'among':
      return checkElements(condition, world)
    case 'complete':
      return world.complete(condition.complete, world)
    case 'compare':
      return checkCompare(condition, world)
    case 'act':
      return when(carriesOut(world.procedure, condition.act), { act: world.procedure.act })
    case 'stages': {
      const bare = stagesWithoutRecord(world)
      return when(bare.length === 0, { missing: bare.join('、') })
    }
    case 'overlaps':
    case 'covered':
      return unlessHypothetical(world, () => checkIntervals(condition, world))
    case 'rank':
    case 'daytime':
    case 'workday':
    case 'disposable':
    case 'kept':
      return unlessHypothetical(world, () => checkSubject(condition, world))
  }
}

function checkElements(
  condition: Extract<Condition, { op: 'listed' | 'filled' | 'among' }>,
  world: World,
): Check {
  if (condition.fact === undefined && (world.hypothetical || world.subject === undefined)) return yes
  const missing = condition.op === 'among' ? outsider(condition, world) : missingElements(condition, world)
  return missing === undefined ? yes : { ...no(missing.facts), clauses: missing.clauses }
}

/** Does a value come from the fact in question? An invented one has none yet. */
const ofSubject = (value: Value): boolean =>
  typeof value === 'object' && ('time' in value || 'data' in value) && value.of === undefined

function checkCompare({ compare, is, to }: Extract<Condition, { op: 'compare' }>, world: World): Check {
  const unknown = world.hypothetical || world.subject === undefined
  if (unknown && (ofSubject(compare) || ofSubject(to))) return yes
  const [left, right] = [valueIn(compare, world), valueIn(to, world)]
  const short: CheckFacts =
    typeof left === 'number' && typeof right === 'number' ? { short: right - left } : {}
  return when(compares(left, is, right), {
    left: String(left ?? '未登记'),
    right: String(right ?? '未登记'),
    ...short,
  })
}

function checkSettled(stepId: string, world: World): Check {
  if (isDone(world, stepId)) return yes
  const step = world.procedure.steps.find((s) => s.id === stepId)
  // A shared rule may name a step that this procedure does not have: it needs none.
  if (step === undefined) return yes
  if (step.when !== undefined && !checkCondition(step.when, world).holds) return yes
  return when(isOptional(world, step) && !isBegun(world, stepId), { step: step.name })
}

function checkParam(path: string, equals: string | number | boolean | undefined, world: World): Check {
  const values = paramOf(world.caseLaw, path)
  return when(equals === undefined ? values.length > 0 : values.some((v) => v.value === equals))
}

function checkData(condition: Extract<Condition, { op: 'data' }>, world: World): Check {
  if (condition.fact === undefined && (world.hypothetical || world.subject === undefined)) return yes
  const fact = condition.fact === undefined ? world.subject : lastMatching(world, condition.fact)
  const value = fact?.data?.[condition.data] ?? null
  const filled = value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  const facts = typeof value === 'string' || typeof value === 'number' ? { [condition.data]: value } : {}
  const { equals, includes, oneOf, present, atLeast } = condition
  if (equals !== undefined) return when(value === equals, facts)
  if (includes !== undefined) return when(Array.isArray(value) && value.includes(includes), facts)
  if (oneOf !== undefined)
    return when(
      oneOf.some((v) => v === value),
      facts,
    )
  if (atLeast !== undefined) return when(typeof value === 'number' && value >= atLeast, facts)
  return when(filled === (present ?? true), facts)
}

type PersonCondition = Extract<
  Condition,
  { op: 'officers' | 'certificates' | 'differs' | 'qualified' | 'approvals' }
>

function checkPersons(condition: PersonCondition, world: World): Check {
  const subject = world.subject
  if (subject === undefined) return yes
  switch (condition.op) {
    case 'officers': {
      const count = officersOf(subject).length
      return when(count >= condition.officers, { count })
    }
    case 'certificates': {
      const bad = withoutValidCertificate(subject)
      return when(bad.length === 0, { names: bad.map(nameOf).join('、') })
    }
    case 'differs': {
      const others = idsActingAs(world, condition.from)
      const same = actingAs(subject, condition.differs).filter((p) => others.has(p.personId))
      return when(same.length === 0, { names: same.map(nameOf).join('、') })
    }
    case 'qualified': {
      const bad = actingAs(subject, condition.qualified).filter((p) => p.legalQualified !== true)
      return when(bad.length === 0, { names: bad.map(nameOf).join('、') })
    }
    case 'approvals': {
      const skipped = skippedRank(world, subject)
      return when(skipped === undefined, skipped === undefined ? {} : { rank: RANK_NAMES[skipped] })
    }
  }
}

const DAYS = { hour: 1 / 24, day: 1, workday: 1.4, month: 30, year: 365 }

/** What the packs of the case fix as a period; roughly compared, since their units may differ. */
function shortestOf(path: string, world: World): Limit | undefined {
  const fixed = paramOf(world.caseLaw, path).flatMap(({ value }) => {
    const unit: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'unit') : null
    const days: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'value') : null
    const limit = Limit.safeParse({ value: days, unit })
    return limit.success ? [limit.data] : []
  })
  return fixed.toSorted((a, b) => a.value * DAYS[a.unit] - b.value * DAYS[b.unit])[0]
}

/** The number behind a rule's limit on a date; undefined where the provision is not in force. */
export function limitOf(rule: RuleLimit, world: World): Limit | FixedDay | undefined {
  if ('fixed' in rule) return rule
  if ('setting' in rule) {
    const set = settingOf(world, rule.setting)
    return typeof set === 'number' ? { value: set, unit: rule.unit } : undefined
  }
  if ('param' in rule) return shortestOf(rule.param, world)
  if ('of' in rule) {
    const value = lastMatching(world, rule.of)?.data?.[rule.data]
    return typeof value === 'number' ? { value, unit: rule.unit } : undefined
  }
  if ('unit' in rule) return rule
  const value = provisionAt(world.caseLaw, rule.provision, world.date)?.values[rule.value]
  const limit = Limit.safeParse(value)
  return limit.success ? limit.data : undefined
}

function checkElapsed(condition: Extract<Condition, { op: 'elapsed' }>, world: World): Check {
  const since = lastMatching(world, condition.elapsed)
  const limit = limitOf(condition.limit, world)
  if (limit === undefined) return yes
  if (since === undefined) return no()
  const computed = computeLimit(since.at, limit, world.caseLaw.law.calendar)
  if (!computed.ok) return no({ year: computed.year })
  return when(world.ms > msOf(computed.due), { until: computed.due.slice(0, 10) })
}
