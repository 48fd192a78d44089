import { TOO_EARLY } from '@liuhen/law/evaluate/step-views'
import type { StepView } from '@liuhen/law/evaluation'
import type { FactPerson, Instant } from '@liuhen/law/fact'
import { deny, refuse, refuseTime } from '../refusal.ts'
import { canCarryOutStep } from './can.ts'
import { isClosed, isStepClosed } from './closed.ts'
import type { CaseContext } from './context.ts'
import type { CaseEvent, JsonRecord } from './events.ts'
import { evaluateCase, findStep, underLaw, unknownStep } from './gate.ts'
import { type Decided, onOpenCase } from './open.ts'
import type { CaseState, OpenCase } from './state.ts'

export type StepCommand = Readonly<{
  step: string
  from?: Instant
  to?: Instant
  place?: string
  officers?: readonly FactPerson[]
  data?: JsonRecord
  /** Stated where a rule only warns. */
  reason?: string
}>

/** In what capacity somebody takes part: reviewer in a reviewer's step, otherwise what the step calls its first role. */
const capacity = (view: StepView): string => {
  const first = view.by[0] ?? 'officer'
  return first === 'legal-reviewer' ? 'reviewer' : first
}

const peopleIn = (s: OpenCase, c: StepCommand, view: StepView, ctx: CaseContext): FactPerson[] => {
  const earlier = s.begun[c.step]?.officers
  const given = c.officers ?? earlier ?? (ctx.self === undefined ? [] : [ctx.self])
  return given.map((p) => ({ ...p, as: p.as ?? capacity(view) }))
}

const place = (where: string | undefined) => (where === undefined ? {} : { place: where })

const begun = (c: StepCommand, from: Instant, officers: FactPerson[], ctx: CaseContext): CaseEvent => ({
  type: 'StepBegun',
  schemaVersion: 1,
  occurredAt: ctx.now,
  data: { public: { step: c.step, from }, internal: { officers, ...place(c.place) } },
})

/** The step exists and is the actor's to carry out; the rest is for `then`. */
const onStep = (
  state: CaseState,
  c: StepCommand,
  ctx: CaseContext,
  then: (s: OpenCase, view: StepView) => Decided,
): Decided =>
  onOpenCase(state, (s) => {
    const view = findStep(evaluateCase(s, ctx), c.step)
    if (view === undefined) return unknownStep(c.step)
    const can = canCarryOutStep(s, ctx.actor, view.by)
    if (can !== true) return deny(can)
    return isStepClosed(s, view, ctx.law) ? isClosed : then(s, view)
  })

/** The events of a beginning, not yet weighed against the law. */
export const beginning = (s: OpenCase, c: StepCommand, view: StepView, ctx: CaseContext): Decided => {
  if (view.status === 'begun')
    return refuse('wrong-state', `“${view.name}”已经开始`, '请继续办理并完成本环节')
  if (view.status === 'not-needed') return refuse('wrong-state', `本案不需要“${view.name}”`, '请办理下一环节')
  const early = view.before.filter((r) => r.code === TOO_EARLY)
  if (early.length > 0) return { refused: true, code: 'law-gate', reasons: early }
  const from = c.from ?? ctx.now
  if (Date.parse(from) > Date.parse(ctx.now)) return refuseTime('开始时间晚于现在', '请核对开始时间')
  return [begun(c, from, peopleIn(s, c, view, ctx), ctx)]
}

export const beginStep = (state: CaseState, c: StepCommand, ctx: CaseContext): Decided =>
  onStep(state, c, ctx, (s, view) => underLaw(s, beginning(s, c, view, ctx), c.reason, ctx))

const timesProblem = (from: Instant, to: Instant, now: Instant): Decided => {
  if (Date.parse(to) < Date.parse(from)) return refuseTime('结束时间早于开始时间', '请核对起止时间')
  if (Date.parse(to) > Date.parse(now)) return refuseTime('结束时间晚于现在', '请核对结束时间')
  return []
}

/** Nothing that the law wants of the step is missing; then it is done. A step never begun begins with its completion. */
export const completeStep = (state: CaseState, c: StepCommand, ctx: CaseContext): Decided =>
  onStep(state, c, ctx, (s, view) => {
    if (view.status === 'done') return refuse('wrong-state', `“${view.name}”已经完成`, '请办理下一环节')
    if (view.endsBy !== undefined)
      return refuse('wrong-state', `“${view.name}”不由人报告完成`, `“${view.endsBy.label}”之后自动完成`)
    const earlier = s.begun[c.step]
    const from = c.from ?? earlier?.from ?? ctx.now
    const to = c.to ?? ctx.now
    const problem = timesProblem(from, to, ctx.now)
    if ('refused' in problem) return problem
    const officers = peopleIn(s, c, view, ctx)
    const done: CaseEvent = {
      type: 'StepCompleted',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { step: c.step, from, to },
        internal: { officers, data: c.data ?? {}, ...place(c.place ?? earlier?.place) },
      },
    }
    const events = earlier === undefined ? [begun(c, from, officers, ctx), done] : [done]
    return underLaw(s, events, c.reason, ctx)
  })
