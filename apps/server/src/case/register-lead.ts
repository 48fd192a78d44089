import type { CaseContext } from '@liuhen/domain/case/context'
import type { CaseEvent, Source } from '@liuhen/domain/case/events'
import { registerLead as decideLead } from '@liuhen/domain/case/open'
import { chinaDate } from '@liuhen/domain/document/china-time'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { proceduresOpenTo } from '@liuhen/law/choice'
import type { Instant } from '@liuhen/law/fact'
import { type CaseDone, doneOf, hashOf } from '../case-stream/act-on-case.ts'
import { getAgency, holdSettings } from '../case-stream/agency.ts'
import {
  evolveFolded,
  type FoldedCase,
  initialFolded,
  type RecordedCaseEvent,
} from '../case-stream/folded-case.ts'
import { giveNumber, registerNumber } from '../case-stream/numbers.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { findPerson } from '../case-stream/people.ts'
import { execute } from '../event-store/execute.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import { caseLaw, isUnbound } from '../law/case-law.ts'
import type { Tx } from '../postgres/transaction.ts'

export type Lead = Readonly<{
  procedure: string
  source: Source
  receivedAt: Instant
  title: string
  summary: string
  place?: string | undefined
  occurredAt?: Instant | undefined
  violation?: string | undefined
  informant?: { name?: string | undefined; phone?: string | undefined } | undefined
}>

type Command = Readonly<{ commandId: string; actor: Actor }>

/** Word of the series in which leads are numbered. */
const LEAD_WORD = '线索'

const decideIn = async (deps: CaseDeps, c: Command, lead: Lead, caseId: string, now: Instant, tx: Tx) => {
  const { agencyId } = c.actor
  await holdSettings(tx, agencyId, 'shared')
  const agency = await getAgency(tx, agencyId)
  const selection = { base: agency.base, overlays: agency.overlays, settings: agency.settings }
  const { procedure, receivedAt: startedAt } = lead
  if (!proceduresOpenTo(deps.library.law, agency, chinaDate(startedAt)).some((p) => p.id === procedure))
    return refuse('wrong-state', '本机关不能在这个程序中立案。', '请从本机关可以办理的程序中选择。')
  const bound = caseLaw(deps.library.law, { selection, procedure, startedAt, at: now })
  if (isUnbound(bound))
    return refuse('wrong-state', bound.message, '请核对接收时间，并从程序列表中选择程序。')
  const ctx: CaseContext = {
    now,
    actor: c.actor,
    self: await findPerson(tx, c.actor.personId),
    law: bound.law,
    newId: () => uuidv7(Date.parse(now)),
    hash: hashOf,
    nextNumber: () => {
      throw new Error('a lead issues no document')
    },
  }
  const date = chinaDate(now)
  const given = await giveNumber(tx, { agencyId, shortName: agency.shortName, word: LEAD_WORD, date })
  const command = present({ ...lead, law: selection, leadNo: given.number })
  const decided = decideLead({ kind: 'none' }, command, ctx)
  if (!isRefusal(decided)) await registerNumber(tx, given, { streamId: caseId, at: now })
  return decided
}

/** zml-7-1: every lead is registered, with a number in a series without gaps and the law that binds it from now on. */
export const registerLead = async (deps: CaseDeps, c: Command, lead: Lead): Promise<CaseDone | Refusal> => {
  const caseId = uuidv7(Date.now())
  const outcome = await execute<FoldedCase, CaseEvent>(deps.store, {
    commandId: c.commandId,
    agencyId: c.actor.agencyId,
    actor: c.actor,
    streamType: 'case',
    streamId: caseId,
    what: 'registerLead',
    initial: initialFolded,
    evolve: (s, e: RecordedCaseEvent) => evolveFolded(s, e),
    decide: (_, { now, tx }) => decideIn(deps, c, lead, caseId, now, tx),
    result: (events) => doneOf(0, events, caseId),
  })
  return isRefusal(outcome) ? outcome : (outcome.result as CaseDone)
}
