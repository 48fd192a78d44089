import type { StepView } from '@liuhen/law/evaluation'
import type { Fact, FactPerson, Instant } from '@liuhen/law/fact'
import { refuse } from '../refusal.ts'
import { canCarryOutStep } from './can.ts'
import type { CaseContext } from './context.ts'
import type { CaseEventOf, JsonRecord } from './events.ts'
import { scalars } from './facts.ts'
import { distinct, evaluateCase, findStep, unknownStep, weigh } from './gate.ts'
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

/** In what capacity somebody takes part: reviewer in a reviewer's step, otherwise officer. */
export const capacity = (view: StepView): string => {
  const first = view.by[0] ?? 'officer'
  return first === 'legal-reviewer' ? 'reviewer' : first
}

const people = (s: OpenCase, c: StepCommand, view: StepView, ctx: CaseContext): FactPerson[] => {
  const earlier = s.begun[c.step]?.officers
  const given = c.officers ?? earlier ?? (ctx.self === undefined ? [] : [ctx.self])
  return given.map((p) => ({ ...p, as: p.as ?? capacity(view) }))
}

const begunFact = (c: StepCommand, from: Instant, by: FactPerson[]): Fact => ({
  kind: 'step',
  name: c.step,
  state: 'begun',
  at: from,
  from,
  step: c.step,
  by,
  data: scalars(c.data ?? {}),
})

/** The view of a step before and with an attempt; reasons of both count. */
const attempt = (s: OpenCase, c: StepCommand, view: StepView, fact: Fact, ctx: CaseContext) => {
  const after = findStep(evaluateCase(s, ctx, [fact]), c.step) ?? view
  return { before: distinct([...view.before, ...after.before]), missing: after.missing }
}

const begun = (
  c: StepCommand,
  from: Instant,
  officers: FactPerson[],
  marks: string[],
  ctx: CaseContext,
): CaseEventOf<'StepBegun'> => ({
  type: 'StepBegun',
  schemaVersion: 1,
  occurredAt: ctx.now,
  data: {
    public: { step: c.step, from },
    internal: {
      officers,
      marks,
      ...(c.place === undefined ? {} : { place: c.place }),
      ...(c.reason === undefined ? {} : { reason: c.reason }),
    },
  },
})

/** The step's gates hold, or a reason is stated where they only warn. */
export const beginStep = (state: CaseState, c: StepCommand, ctx: CaseContext): Decided =>
  onOpenCase(state, (s) => {
    const view = findStep(evaluateCase(s, ctx), c.step)
    if (view === undefined) return unknownStep(c.step)
    const can = canCarryOutStep(s, ctx.actor, view.by)
    if (can !== true) return { refused: true, code: 'not-permitted', reasons: can }
    if (view.status === 'begun')
      return refuse('wrong-state', `“${view.name}”已经开始`, '请继续办理并完成本环节')
    if (view.status === 'not-needed')
      return refuse('wrong-state', `本案不需要“${view.name}”`, '请办理下一环节')
    const from = c.from ?? ctx.now
    if (Date.parse(from) > Date.parse(ctx.now))
      return refuse('incomplete', '开始时间晚于现在', '请核对开始时间')
    const officers = people(s, c, view, ctx)
    const { before } = attempt(s, c, view, begunFact(c, from, officers), ctx)
    const weighed = weigh(before, c.reason)
    return weighed.refused ? weighed : [begun(c, from, officers, weighed.marks, ctx)]
  })

/** Nothing that the law wants of the step is missing; then it is done. */
export const completeStep = (state: CaseState, c: StepCommand, ctx: CaseContext): Decided =>
  onOpenCase(state, (s) => {
    const view = findStep(evaluateCase(s, ctx), c.step)
    if (view === undefined) return unknownStep(c.step)
    const can = canCarryOutStep(s, ctx.actor, view.by)
    if (can !== true) return { refused: true, code: 'not-permitted', reasons: can }
    if (view.status === 'done') return refuse('wrong-state', `“${view.name}”已经完成`, '请办理下一环节')
    const earlier = s.begun[c.step]
    const from = c.from ?? earlier?.from ?? ctx.now
    const to = c.to ?? ctx.now
    if (Date.parse(to) < Date.parse(from))
      return refuse('incomplete', '结束时间早于开始时间', '请核对起止时间')
    if (Date.parse(to) > Date.parse(ctx.now))
      return refuse('incomplete', '结束时间晚于现在', '请核对结束时间')
    const officers = people(s, c, view, ctx)
    const place = c.place ?? earlier?.place
    const { before, missing } = attempt(s, c, view, { ...begunFact(c, from, officers), to, at: to }, ctx)
    const weighed = weigh(distinct([...(earlier === undefined ? before : []), ...missing]), c.reason)
    if (weighed.refused) return weighed
    const done: CaseEventOf<'StepCompleted'> = {
      type: 'StepCompleted',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { step: c.step, from, to },
        internal: {
          officers,
          data: c.data ?? {},
          marks: weighed.marks,
          ...(place === undefined ? {} : { place }),
          ...(c.reason === undefined ? {} : { reason: c.reason }),
        },
      },
    }
    return earlier === undefined ? [begun(c, from, officers, weighed.marks, ctx), done] : [done]
  })
