import { canHandleCase } from '@liuhen/domain/case/can'
import type { JsonRecord, Party } from '@liuhen/domain/case/events'
import { evaluateCase } from '@liuhen/domain/case/gate'
import * as decide from '@liuhen/domain/case/open'
import { present } from '@liuhen/domain/present'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import type { Instant } from '@liuhen/law/fact'
import { actOnCase, type Attempt, type CaseCommand, type CaseDone } from '../case-stream/act-on-case.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { findPeople } from '../case-stream/people.ts'

type Outcome = Promise<CaseDone | Refusal>

export const nameParty = (deps: CaseDeps, c: CaseCommand, party: Party): Outcome =>
  actOnCase(deps, c, ({ state, ctx }) => decide.nameParty(state, party, ctx))

/** Certificate and rank of each are read at this moment and frozen into the event. */
export const assignHandlers = (deps: CaseDeps, c: CaseCommand, personIds: readonly string[]): Outcome =>
  actOnCase(deps, c, async ({ state, ctx, tx }) => {
    const people = await findPeople(tx, personIds)
    return 'refused' in people ? people : decide.assignHandlers(state, people, ctx)
  })

export type Flagging = Readonly<{ flag: string; on: boolean; reason: string }>
export const flagCase = (deps: CaseDeps, c: CaseCommand, f: Flagging): Outcome =>
  actOnCase(deps, c, ({ state, ctx }) => decide.flagCase(state, f, ctx))

export type Noting = Readonly<{
  name: string
  at: Instant
  step?: string | undefined
  about?: string | undefined
  data: JsonRecord
  note?: string | undefined
}>

const isDeclared = ({ bound }: Attempt, name: string): boolean =>
  bound.terms.notes.some((n) => n.name === name)

/** Only facts that the case's procedure declares: a misspelt name would wait for ever. */
export const noteFact = (deps: CaseDeps, c: CaseCommand, n: Noting): Outcome =>
  actOnCase(deps, c, (at) =>
    isDeclared(at, n.name)
      ? decide.noteFact(at.state, present(n), at.ctx)
      : refuse('not-found', `本程序没有“${n.name}”这一事项。`, '请从可记载事项的列表中选择。'),
  )

const mayExplain = ({ state, ctx }: Attempt): true | Refusal => {
  const can = canHandleCase(state, ctx.actor)
  const head = ctx.actor.roles.some((r) => r === 'unit-head' || r === 'agency-head')
  return can === true || head ? true : { refused: true, code: 'not-permitted', reasons: can }
}

/** The reason is recorded with the rule of the very duty; a duty that the case does not have cannot be excused. */
export const excuseDuty = (
  deps: CaseDeps,
  c: CaseCommand,
  x: Readonly<{ duty: string; reason: string }>,
): Outcome =>
  actOnCase(deps, c, (at) => {
    const may = mayExplain(at)
    if (may !== true) return may
    const duty = evaluateCase(at.state, at.ctx).duties.find((d) => d.id === x.duty)
    if (duty === undefined) return refuse('not-found', '本案没有这项义务。', '请从义务列表中重新选择。')
    const approver = at.ctx.self?.rank === 'handler' ? undefined : at.ctx.self
    return decide.excuseDuty(
      at.state,
      { ...x, rule: duty.rule, ...(approver === undefined ? {} : { approvedBy: approver }) },
      at.ctx,
    )
  })
