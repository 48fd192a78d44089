import type { Evaluation, Reason, StepView } from '@liuhen/law/evaluation'
import type { Fact } from '@liuhen/law/fact'
import { type Refusal, refuse } from '../refusal.ts'
import type { CaseContext } from './context.ts'
import type { OpenCase } from './state.ts'

/** The case's law as of now, with facts that are only being attempted. */
export const evaluateCase = (
  s: OpenCase,
  ctx: Pick<CaseContext, 'law' | 'now'>,
  attempted: readonly Fact[] = [],
): Evaluation =>
  ctx.law.evaluate({
    startedAt: s.receivedAt,
    facts: [...s.facts, ...attempted],
    flags: s.flags,
    now: ctx.now,
  })

export const findStep = (e: Evaluation, step: string): StepView | undefined =>
  e.steps.find((v) => v.id === step)

export const unknownStep = (step: string): Refusal =>
  refuse('not-found', `本程序没有“${step}”这个环节`, '请从环节列表中选择')

/** Reasons that forbid become a refusal; those that only warn need a stated reason and go into the record as marks. */
export const weigh = (
  reasons: readonly Reason[],
  stated: string | undefined,
): Refusal | { refused: false; marks: string[] } => {
  const forbidding = reasons.filter((r) => r.effect === 'refuse')
  if (forbidding.length > 0) return { refused: true, code: 'law-gate', reasons: forbidding }
  if (reasons.length > 0 && (stated ?? '').trim().length < 2)
    return {
      refused: true,
      code: 'incomplete',
      reasons: reasons.map((r) => ({ ...r, todo: `${r.todo};确需继续的,请填写理由` })),
    }
  return { refused: false, marks: reasons.map((r) => r.code) }
}

/** Each reason once, by code and message. */
export const distinct = (reasons: readonly Reason[]): Reason[] => {
  const seen = new Map(reasons.map((r) => [`${r.code}|${r.message}`, r]))
  return [...seen.values()]
}
