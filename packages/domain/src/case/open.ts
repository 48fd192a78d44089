import type { FactPerson, Instant } from '@liuhen/law/fact'
import { deny, type Decision, refuse, refuseTime } from '../refusal.ts'
import { canAssignHandlers, canHandleCase, canSteerCase } from './can.ts'
import { isClosed } from './closed.ts'
import { evaluateCase, underLaw } from './gate.ts'
import type { CaseContext } from './context.ts'
import type { CaseEvent, CaseEventOf, LawSelection, Party, Source } from './events.ts'
import type { CaseState, OpenCase } from './state.ts'

export type Decided = Decision<CaseEvent>

export const notOpen: Decided = refuse('not-found', '没有找到这个案件', '请从案件列表中重新打开')

/** Runs a decision on a case that exists, archived or not. */
export const onOpenCase = (state: CaseState, then: (s: OpenCase) => Decided): Decided =>
  state.kind === 'none' ? notOpen : then(state)

/** Runs a decision that changes what the file rests on: not after archiving. */
export const onUnarchivedCase = (state: CaseState, then: (s: OpenCase) => Decided): Decided =>
  onOpenCase(state, (s) => (s.archive === undefined ? then(s) : isClosed))

export const isRegister = refuse('wrong-state', '台账不办理这一事项', '请在案件中办理')

/** Runs a decision that only a case knows: a register has no party, no handlers and no file. */
export const onOpenFile = (state: CaseState, then: (s: OpenCase) => Decided): Decided =>
  onUnarchivedCase(state, (s) => (s.register ? isRegister : then(s)))

export type RegisterLead = Readonly<{
  leadNo: string
  procedure: string
  law: LawSelection
  source: Source
  receivedAt: Instant
  title: string
  summary: string
  place?: string
  occurredAt?: Instant
  violation?: string
  informant?: { name?: string; phone?: string }
}>

const isNamed = (name: string | undefined): boolean => name !== undefined && name !== '' && name !== '匿名'

/** zml-7-1, zml-9-1: every lead is registered with its source. */
export const registerLead = (state: CaseState, c: RegisterLead, ctx: CaseContext): Decided => {
  if (state.kind === 'open') return refuse('duplicate', '这条线索已经登记', '请打开已登记的案件继续办理')
  if (Date.parse(c.receivedAt) > Date.parse(ctx.now)) return refuseTime('接收时间晚于现在', '请核对接收时间')
  if (c.occurredAt !== undefined && Date.parse(c.occurredAt) > Date.parse(ctx.now))
    return refuseTime('发生时间晚于现在', '请核对发生时间；不清楚的可以不填')
  const { leadNo, procedure, law, source, receivedAt, informant, ...internal } = c
  return [
    {
      type: 'LeadRegistered',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { leadNo, procedure, law, source, receivedAt },
        internal: informant === undefined ? internal : { ...internal, realName: isNamed(informant.name) },
        personal: informant === undefined ? undefined : { informant },
      },
    },
  ]
}

export const nameParty = (state: CaseState, party: Party, ctx: CaseContext, reason?: string): Decided =>
  onOpenFile(state, (s) => {
    const can = canHandleCase(s, ctx.actor)
    if (can !== true) return deny(can)
    const event: CaseEventOf<'PartyNamed'> = {
      type: 'PartyNamed',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: { kind: party.kind }, personal: party },
    }
    return underLaw(s, [event], reason, ctx)
  })

/** Officers of the same agency become the case's handlers; a unit head may reassign. */
export const assignHandlers = (
  state: CaseState,
  handlers: readonly FactPerson[],
  ctx: CaseContext,
  reason?: string,
): Decided =>
  onOpenFile(state, (s) => {
    const can = canAssignHandlers(s, ctx.actor)
    if (can !== true) return deny(can)
    if (handlers.length === 0) return refuse('incomplete', '没有选择承办人', '请至少选择一名执法人员')
    const assigned: CaseEvent = {
      type: 'HandlersAssigned',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: { count: handlers.length }, internal: { handlers: [...handlers] } },
    }
    return underLaw(s, [assigned], reason, ctx)
  })

export const flagCase = (
  state: CaseState,
  c: { flag: string; on: boolean; reason: string },
  ctx: CaseContext,
): Decided =>
  onUnarchivedCase(state, (s) => {
    const can = canSteerCase(s, ctx.actor)
    if (can !== true) return deny(can)
    const flagged: CaseEvent = {
      type: 'CaseFlagged',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: { flag: c.flag, on: c.on }, internal: { reason: c.reason } },
    }
    return underLaw(s, [flagged], c.reason, ctx)
  })

/**
 * An overdue or unmet duty is explained, never deleted: the duty stays in the record with its reason and the rule behind
 * it. One that the case does not have cannot be excused.
 */
export const excuseDuty = (
  state: CaseState,
  c: { duty: string; reason: string },
  ctx: CaseContext,
): Decided =>
  onOpenCase(state, (s) => {
    const can = canSteerCase(s, ctx.actor)
    if (can !== true) return deny(can)
    const duty = evaluateCase(s, ctx).duties.find((d) => d.id === c.duty)
    if (duty === undefined) return refuse('not-found', '本案没有这项义务', '请从义务列表中重新选择')
    const approvedBy = ctx.self?.rank === 'handler' ? undefined : ctx.self
    const excused: CaseEvent = {
      type: 'DutyExcused',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { duty: duty.id, rule: duty.rule },
        internal: { reason: c.reason, ...(approvedBy === undefined ? {} : { approvedBy }) },
      },
    }
    return underLaw(s, [excused], c.reason, ctx)
  })
