import { civilDateOf, msOf } from './civil-date.ts'
import { actsTakenUp, isProblem, selectLaw } from './combine.ts'
import type { CaseLaw, SelectionProblem } from './combine.ts'
import { calendarFindings, periodFindings, ruleFindings, violations } from './evaluate/case-findings.ts'
import { askingOf } from './evaluate/asking.ts'
import { withoutVoided } from './evaluate/document-state.ts'
import { checkComplete } from './evaluate/complete.ts'
import { evaluateDuties } from './evaluate/duties.ts'
import { indexOf } from './evaluate/fact-index.ts'
import { formFindings } from './evaluate/forms.ts'
import { evaluateKeeping } from './evaluate/keeping.ts'
import { reasonsAgainst } from './evaluate/judge.ts'
import { oddFacts } from './evaluate/odd-facts.ts'
import { viewStep } from './evaluate/step-views.ts'
import { countUpTo, inOrder, isSound, timed } from './evaluate/world.ts'
import type { TimedFact, World } from './evaluate/world.ts'
import type { Evaluation, Finding, Reason } from './evaluation.ts'
import type { CaseFlag, Fact, Instant } from './fact.ts'
import type { Law, LawSelection } from './law.ts'

/** A case as the law sees it. The case slice makes this of its events; a timeline file holds the same. */
export type CaseRecord = Readonly<{
  procedure: string
  startedAt: Instant
  facts: readonly Fact[]
  flags?: readonly CaseFlag[]
  /** What the agency has set of the things that no text fixes; see law/settings.yaml. */
  settings?: Readonly<Record<string, string | number | boolean | null>>
  selection: LawSelection
}>

/** Selecting law is the same work for every evaluation of a case; the answer depends on nothing else. */
const selected = new WeakMap<Law, Map<string, CaseLaw | SelectionProblem>>()

function lawOf(law: Law, record: CaseRecord): CaseLaw | SelectionProblem {
  const { base, overlays, national } = record.selection
  const acts = actsTakenUp(record.settings)
  const key = JSON.stringify([
    base,
    overlays,
    national ?? 'on',
    record.procedure,
    civilDateOf(record.startedAt),
    acts,
  ])
  const known = selected.get(law) ?? new Map<string, CaseLaw | SelectionProblem>()
  selected.set(law, known)
  const selection = { ...record.selection, acts }
  const found = known.get(key) ?? selectLaw(law, selection, record.procedure, record.startedAt)
  known.set(key, found)
  return found
}

function worldOf(record: CaseRecord, told: readonly TimedFact[], caseLaw: CaseLaw, now: Instant): World {
  const ms = msOf(now)
  const all = withoutVoided(inOrder(told), ms)
  all.forEach((fact, order) => {
    fact.order = order
  })
  return {
    caseLaw,
    procedure: caseLaw.procedure,
    asking: askingOf(caseLaw),
    all,
    index: indexOf(all),
    count: countUpTo(all, ms),
    extra: undefined,
    flags: new Set(record.flags ?? []),
    settings: record.settings ?? {},
    ms,
    date: civilDateOf(now),
    subject: undefined,
    complete: checkComplete,
    hypothetical: false,
    found: {},
  }
}

const finding = (code: string, severity: Finding['severity'], message: string): Finding => ({
  code,
  severity,
  message,
  citations: [],
})

const nothing = (message: string, code: string): Evaluation => ({
  steps: [],
  duties: [],
  findings: [finding(code, 'error', message)],
  keeping: [],
})

/**
 * What the law says about a case at a moment: steps (and why not), duties (and until when), findings (what was done
 * wrongly, what is missing, periods that run). Pure; never throws on odd facts; never stops at the first finding.
 */
export function evaluate(record: CaseRecord, law: Law, now: Instant): Evaluation {
  if (Number.isNaN(msOf(now)) || Number.isNaN(msOf(record.startedAt)))
    return nothing('现在时间或案件开始时间无法读取', 'time-unreadable')
  const caseLaw = lawOf(law, record)
  if (isProblem(caseLaw)) return nothing(caseLaw.message, caseLaw.problem)
  const told = record.facts.map(timed)
  const world = worldOf(record, told, caseLaw, now)
  const duties = evaluateDuties(world)
  return {
    steps: caseLaw.procedure.steps.map((step) => viewStep(step, world)),
    duties,
    findings: [
      ...oddFacts(told, world),
      ...violations(world),
      ...ruleFindings(world),
      ...formFindings(world),
      ...calendarFindings(duties),
      ...periodFindings(world),
    ],
    keeping: evaluateKeeping(world),
  }
}

/**
 * Why this fact may not be added to the record (refuse) or is added with a mark (warn): the beginning or the end of a
 * step, an approval, an issue, a service. The case slice asks this in `decide`; the web shows the same answer. A fact
 * whose time or law cannot be read is refused.
 */
export function judge(record: CaseRecord, fact: Fact, law: Law, now: Instant): readonly Reason[] {
  const caseLaw = lawOf(law, record)
  const subject = timed(fact)
  if (isProblem(caseLaw)) return [unreadable(caseLaw.problem, caseLaw.message)]
  if (!isSound(subject) || Number.isNaN(msOf(now)))
    return [unreadable('time-unreadable', `时间“${fact.at}”无法读取`)]
  const told = record.facts.map(timed)
  return reasonsAgainst(subject, worldOf(record, told, caseLaw, now))
}

const unreadable = (code: string, message: string): Reason => ({
  code,
  effect: 'refuse',
  message,
  todo: '请核对案件的制度选择和时间后重试',
  citations: [],
})

export const isRefused = (reasons: readonly Reason[]): boolean => reasons.some((r) => r.effect === 'refuse')

/** Reasons for which a step may not begin now; empty when it may. */
export const canBegin = (evaluation: Evaluation, stepId: string): Reason[] =>
  evaluation.steps.find((s) => s.id === stepId)?.before.filter((r) => r.effect === 'refuse') ?? []
