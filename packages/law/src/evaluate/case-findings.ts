import { citationsOf, documentAt } from '../combine.ts'
import type { Duty, Finding, Reason } from '../evaluation.ts'
import type { FindingRule, PeriodRule } from '../schema/procedure.ts'
import { computeLimit } from '../time-limit.ts'
import { questionsFor } from './asking.ts'
import { checkCondition, holds } from './check-condition.ts'
import { lawDay, remembered } from './clock.ts'
import { ANEW } from './document-state.ts'
import { groupedByParty } from './each-party.ts'
import { reasonsAgainst } from './judge.ts'
import { limitOf } from './limits.ts'
import { allMatching } from './match.ts'
import { soughtIn } from './sought.ts'
import { isTakenBack } from './stands.ts'
import { fill } from './words.ts'
import { factsOf } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** What was done although the law, as it stood at that moment, did not allow it. */
export function violations(world: World): Finding[] {
  const { found, clock } = world
  const before = (found.violations ??= new Map())
  const violated: Finding[] = []
  // The service of a correction was judged as that; as one of the earlier paper it only begins periods.
  for (const fact of factsOf(world))
    if (fact.data?.[ANEW] !== true)
      violated.push(...remembered(before, fact, clock, () => violationsBy(fact, world)))
  return violated
}

function violationsBy(fact: TimedFact, world: World): readonly Finding[] {
  const questions = questionsFor(world, fact)
  const reasons = reasonsAgainst(fact, world, questions)
  return reasons.length === 0 ? none : reasons.map((reason) => violation(fact, reason, questions.called))
}

const none: readonly Finding[] = []

const violation = (fact: TimedFact, reason: Reason, called: string): Finding => ({
  code: reason.code,
  severity: reason.effect === 'refuse' ? 'error' : 'warning',
  message: reason.message,
  citations: reason.citations,
  facts:
    reason.facts === undefined
      ? { at: fact.at, fact: called }
      : { ...reason.facts, at: fact.at, fact: called },
})

/** Rules about the record as a whole. */
export function ruleFindings(world: World): Finding[] {
  const { found, clock, procedure } = world
  const before = (found.rules ??= new Map())
  return procedure.findings.flatMap((rule) => remembered(before, rule, clock, () => findingsBy(rule, world)))
}

function findingsBy(rule: FindingRule, world: World): readonly Finding[] {
  const day = lawDay(world.clock)
  const citations = citationsOf(world.caseLaw, rule.clauses, day)
  if (citations.length === 0) return none
  if (rule.when !== undefined && !holds(rule.when, world)) return none
  const check = checkCondition(rule.needs, world)
  if (check.holds) return none
  return [
    {
      code: rule.code,
      severity: rule.severity,
      message: fill(rule.message, check.facts),
      citations: check.clauses === undefined ? citations : citationsOf(world.caseLaw, check.clauses, day),
      ...(Object.keys(check.facts).length === 0 ? {} : { facts: check.facts }),
    },
  ]
}

/** Periods that run for others: told with their last day. */
export const periodFindings = (world: World): Finding[] =>
  world.procedure.periods.flatMap((rule) =>
    openersOf(rule, world).flatMap((opener) => periodFrom(opener, rule, world)),
  )

/** What begins it and was not taken back: the latest, or the latest of each paper; of each party's own where there are several. */
function openersOf(rule: PeriodRule, world: World): readonly TimedFact[] {
  const lapses = soughtIn(rule.lapses)
  const last = groupedByParty(allMatching(world, rule.opens)).flatMap((own) =>
    rule.each ? [...new Map(own.map((fact) => [fact.ref, fact])).values()] : own.slice(-1),
  )
  return last.filter((opener) => !isTakenBack(opener, lapses, world))
}

function periodFrom(opener: TimedFact, rule: PeriodRule, world: World): readonly Finding[] {
  const day = lawDay(world.clock)
  const citations = citationsOf(world.caseLaw, rule.clauses, day)
  const limit = limitOf(rule.limit, world)
  if (limit === undefined || citations.length === 0) return none
  const computed = computeLimit(opener.at, limit, world.caseLaw.law.calendar)
  const until = computed.ok ? computed.due.slice(0, 10) : `${computed.message}`
  const paper = documentAt(world.caseLaw.law, opener.name, day)?.name ?? opener.name
  const own = opener.party === undefined ? rule.what : `${rule.what}（${opener.party}）`
  const what = rule.each ? `《${paper}》：${own}` : own
  return [
    {
      code: rule.id,
      severity: 'info',
      message: computed.ok ? `${what}至${until}止` : `${what}：${until}`,
      citations,
      facts: { until, ...(opener.ref === undefined ? {} : { openedBy: opener.ref }) },
    },
  ]
}

/** A date that could not be computed is an error of the installation, not of the case; it is said once for each duty that is owed. */
export const calendarFindings = (duties: readonly Duty[]): Finding[] =>
  duties
    .filter((d) => d.state === 'open' && d.why.includes('工作日历尚未导入'))
    .map((d) => ({
      code: 'calendar-not-loaded',
      severity: 'error',
      message: d.why,
      citations: d.citations,
      facts: { duty: d.id },
    }))
