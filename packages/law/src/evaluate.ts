import { civilDateOf, msOf } from './civil-date.ts'
import { actsTakenUp, isProblem, selectLaw } from './combine.ts'
import type { CaseLaw, SelectionProblem } from './combine.ts'
import { calendarFindings, periodFindings, ruleFindings, violations } from './evaluate/case-findings.ts'
import { again } from './evaluate/clock.ts'
import { evaluateDuties } from './evaluate/duties.ts'
import { readBeside } from './evaluate/each-party.ts'
import { formFindings } from './evaluate/forms.ts'
import { evaluateKeeping } from './evaluate/keeping.ts'
import { reasonsAgainst } from './evaluate/judge.ts'
import { oddFacts } from './evaluate/odd-facts.ts'
import { isIn, stretchAround, worldIn } from './evaluate/stretch.ts'
import type { Stretch, Told } from './evaluate/stretch.ts'
import { viewSteps } from './evaluate/step-views.ts'
import { isSound, timed } from './evaluate/world.ts'
import type { World } from './evaluate/world.ts'
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
 * A case made ready to be asked at any moment: what a moment does not change is found out once. It is as large as a few
 * answers and belongs to whoever prepared it; its answers are shared, so nobody writes into them.
 */
export type PreparedCase = Readonly<{
  told: Told | SelectionProblem
  isTimed: boolean
  /** Around the moment at which it was asked last. */
  last: { stretch?: Stretch }
}>

export function prepare(record: CaseRecord, law: Law): PreparedCase {
  const caseLaw = lawOf(law, record)
  const isTimed = !Number.isNaN(msOf(record.startedAt))
  if (isProblem(caseLaw)) return { told: caseLaw, isTimed, last: {} }
  const [flags, settings] = [new Set(record.flags ?? []), record.settings ?? {}]
  const facts = record.facts.map(timed)
  return { told: { facts, caseLaw, flags, settings }, isTimed, last: {} }
}

function worldOf({ last }: PreparedCase, told: Told, ms: number): World {
  if (last.stretch === undefined || !isIn(last.stretch, ms)) last.stretch = stretchAround(told, ms)
  return worldIn(last.stretch, told, ms)
}

/** What the law says about a prepared case at a moment: the answer of `evaluate`, with what still holds taken over. */
export function ask(prepared: PreparedCase, now: Instant): Evaluation {
  const { told, isTimed } = prepared
  const ms = msOf(now)
  if (Number.isNaN(ms) || !isTimed) return nothing('现在时间或案件开始时间无法读取', 'time-unreadable')
  if ('problem' in told) return nothing(told.message, told.problem)
  const world = worldOf(prepared, told, ms)
  const { found, clock } = world
  found.answer = again(found.answer, clock, () => answerIn(world, told))
  return found.answer.value
}

function answerIn(world: World, told: Told): Evaluation {
  const duties = evaluateDuties(world)
  return {
    steps: viewSteps(world),
    duties,
    findings: [
      ...oddFacts(told.facts, world),
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
 * What the law says about a case at a moment: steps (and why not), duties (and until when), findings (what was done
 * wrongly, what is missing, periods that run). Pure; never throws on odd facts; never stops at the first finding.
 */
export const evaluate = (record: CaseRecord, law: Law, now: Instant): Evaluation =>
  ask(prepare(record, law), now)

/**
 * Why this fact may not be added to the record (refuse) or is added with a mark (warn): the beginning or the end of a
 * step, an approval, an issue, a service. The case slice asks this in `decide`; the web shows the same answer. A fact
 * whose time or law cannot be read is refused.
 */
export const judge = (record: CaseRecord, fact: Fact, law: Law, now: Instant): readonly Reason[] =>
  weigh(prepare(record, law), fact, now)

/** The same of a prepared case. */
export function weigh(prepared: PreparedCase, fact: Fact, now: Instant): readonly Reason[] {
  const { told } = prepared
  const [subject, ms] = [timed(fact), msOf(now)]
  if ('problem' in told) return [unreadable(told.problem, told.message)]
  if (!isSound(subject) || Number.isNaN(ms))
    return [unreadable('time-unreadable', `时间“${fact.at}”无法读取`)]
  return reasonsAgainst(readBeside(subject, told, ms), worldOf(prepared, told, ms))
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
