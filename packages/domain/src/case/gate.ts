import type { Evaluation, Reason, StepView } from '@liuhen/law/evaluation'
import type { Fact } from '@liuhen/law/fact'
import { type Refusal, refuse } from '../refusal.ts'
import type { CaseContext, LawQuestion } from './context.ts'
import type { CaseEvent } from './events.ts'
import { factsOf } from './facts.ts'
import type { Decided } from './open.ts'
import { isGone } from './shredded.ts'
import { type CaseState, evolveCase, type OpenCase, personOf } from './state.ts'

type Ask = Pick<CaseContext, 'law' | 'now'>

const question = (s: OpenCase, ctx: Ask): LawQuestion => ({
  startedAt: s.receivedAt,
  facts: s.facts,
  flags: s.flags,
  now: ctx.now,
})

/** The case's law as of now. */
export const evaluateCase = (s: OpenCase, ctx: Ask): Evaluation => ctx.law.evaluate(question(s, ctx))

export const findStep = (e: Evaluation, step: string): StepView | undefined =>
  e.steps.find((v) => v.id === step)

export const unknownStep = (step: string): Refusal =>
  refuse('not-found', `本程序没有“${step}”这个环节`, '请从环节列表中选择')

/** Each reason once, by code and message. */
const distinct = (reasons: readonly Reason[]): Reason[] => [
  ...new Map(reasons.map((r) => [`${r.code}|${r.message}`, r])).values(),
]

const withCitations = (reason: Reason, parts: readonly Reason[]): Reason => ({
  ...reason,
  citations: [
    ...new Map([reason, ...parts].flatMap((r) => r.citations).map((c) => [c.clause, c] as const)).values(),
  ],
})

/** A warning of a part that another reason names as a whole is told with that one: one gap, one message, all articles. */
const toldOnce = (reasons: readonly Reason[]): Reason[] => {
  const isPart = ({ effect, partOf }: Reason): boolean =>
    effect === 'warn' && partOf !== undefined && reasons.some((r) => r.code === partOf)
  const parts = reasons.filter(isPart)
  return reasons
    .filter((r) => !isPart(r))
    .map((r) => {
      const own = parts.filter((p) => p.partOf === r.code)
      return own.length === 0 ? r : withCitations(r, own)
    })
}

/** What the law says against the facts of these events, each judged in the case as the earlier ones left it. */
const reasonsAgainst = (state: CaseState, events: readonly CaseEvent[], ctx: CaseContext): Reason[] => {
  let s = state
  const reasons: Reason[] = []
  for (const e of events) {
    if (s.kind === 'open')
      for (const fact of factsOf(e, personOf(ctx.actor), s)) reasons.push(...judge(s, fact, ctx))
    s = evolveCase(s, e, ctx.actor)
  }
  return distinct(reasons)
}

/** What the law says against this fact in the case as it is. */
export const judge = (s: OpenCase, fact: Fact, ctx: Ask): readonly Reason[] =>
  ctx.law.against(question(s, ctx), fact)

/** The parts are told with their whole, but each is on record by its own code. */
const overridden = (
  on: string,
  warnings: readonly Reason[],
  reason: string,
  ctx: CaseContext,
): CaseEvent => ({
  type: 'WarningOverridden',
  schemaVersion: 1,
  occurredAt: ctx.now,
  data: {
    public: {
      on,
      codes: warnings.map((r) => r.code),
      clauses: [...new Set(warnings.flatMap((r) => r.citations.map((c) => c.clause)))],
    },
    internal: { reason, messages: toldOnce(warnings).map((r) => r.message) },
  },
})

/** Of a case whose content is gone only a package of what is left may still be made. */
const isPast = (state: CaseState, events: readonly CaseEvent[]): boolean =>
  state.kind === 'open' && state.shredded !== undefined && !events.every((e) => e.type === 'PackageExported')

/**
 * The one place where what was decided meets the law. A reason that forbids refuses the whole decision; where rules only
 * warn, a reason must be stated and is recorded beside the events.
 */
export const underLaw = (
  state: CaseState,
  events: Decided,
  stated: string | undefined,
  ctx: CaseContext,
): Decided => {
  if ('refused' in events) return events
  if (isPast(state, events)) return isGone
  const reasons = reasonsAgainst(state, events, ctx)
  const told = toldOnce(reasons)
  const forbidding = told.filter((r) => r.effect === 'refuse')
  if (forbidding.length > 0) return { refused: true, code: 'law-gate', reasons: forbidding }
  if (reasons.length === 0) return events
  const reason = (stated ?? '').trim()
  if (reason.length < 2)
    return {
      refused: true,
      code: 'incomplete',
      reasons: told.map((r) => ({ ...r, todo: `${r.todo}；确需继续的，请填写理由` })),
    }
  return [...events, overridden(events[0]?.type ?? '', reasons, reason, ctx)]
}

/** For what is so already and only becomes known to the case: it may be forbidden, but warnings wait as findings. */
export const unlessForbidden = (state: CaseState, events: Decided, ctx: CaseContext): Decided => {
  if ('refused' in events) return events
  if (isPast(state, events)) return isGone
  const forbidding = toldOnce(reasonsAgainst(state, events, ctx)).filter((r) => r.effect === 'refuse')
  return forbidding.length > 0 ? { refused: true, code: 'law-gate', reasons: forbidding } : events
}
