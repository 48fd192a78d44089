import type { CaseContext } from '@liuhen/domain/case/context'
import type { CaseEvent, LawSelection } from '@liuhen/domain/case/events'
import type { Decided } from '@liuhen/domain/case/open'
import { chinaDate } from '@liuhen/domain/document/china-time'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import type { Instant } from '@liuhen/law/fact'
import type { Law, LawSelection as Packs } from '@liuhen/law/law'
import type { Procedure } from '@liuhen/law/schema/procedure'
import { execute } from '../event-store/execute.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import { caseLaw, isUnbound } from '../law/case-law.ts'
import type { Tx } from '../postgres/transaction.ts'
import { type CaseDone, doneOf } from './act-on-case.ts'
import { getAgency, holdSettings } from './agency.ts'
import { caseContext } from './case-context.ts'
import { evolveFolded, type FoldedCase, initialFolded, type RecordedCaseEvent } from './folded-case.ts'
import { giveNumber, registerNumber } from './numbers.ts'
import type { CaseDeps } from './open-case.ts'

export type Beginning = Readonly<{
  what: string
  procedure: string
  /** The law in force then binds the stream from now on. */
  startedAt: Instant
  /** Word of the series in which it is numbered. */
  word: string
  /** The procedures under which this agency may begin one. */
  offered: (law: Law, packs: Packs, date: string) => readonly Procedure[]
  notOffered: Refusal
  /** Anything that must hold before, asked inside the transaction. */
  unless?: (tx: Tx) => Promise<Refusal | undefined>
  decide: (given: Readonly<{ number: string; law: LawSelection }>, ctx: CaseContext) => Decided
}>

type Command = Readonly<{ commandId: string; actor: Actor }>

const decideIn = async (deps: CaseDeps, c: Command, b: Beginning, streamId: string, now: Instant, tx: Tx) => {
  const { agencyId } = c.actor
  await holdSettings(tx, agencyId, 'shared')
  const agency = await getAgency(tx, agencyId)
  const selection = { base: agency.base, overlays: agency.overlays, settings: agency.settings }
  const { law } = deps.library
  if (!b.offered(law, agency, chinaDate(b.startedAt)).some((p) => p.id === b.procedure)) return b.notOffered
  const hindrance = await b.unless?.(tx)
  if (hindrance !== undefined) return hindrance
  const bound = caseLaw(law, { selection, procedure: b.procedure, startedAt: b.startedAt, at: now })
  if (isUnbound(bound))
    return refuse('wrong-state', bound.message, '请核对接收时间，并从程序列表中选择程序。')
  const ctx = await caseContext({ tx, now, actor: c.actor, law: bound.law })
  const date = chinaDate(now)
  const given = await giveNumber(tx, { agencyId, shortName: agency.shortName, word: b.word, date })
  const decided = b.decide({ number: given.number, law: selection }, ctx)
  if (!isRefusal(decided)) await registerNumber(tx, given, { streamId, at: now })
  return decided
}

/** A case or a register begins: with a number in a series without gaps and the law that binds it from now on. */
export const beginStream = async (deps: CaseDeps, c: Command, b: Beginning): Promise<CaseDone | Refusal> => {
  const streamId = uuidv7(Date.now())
  const outcome = await execute<FoldedCase, CaseEvent>(deps.store, {
    commandId: c.commandId,
    agencyId: c.actor.agencyId,
    actor: c.actor,
    streamType: 'case',
    streamId,
    what: b.what,
    initial: initialFolded,
    evolve: (s, e: RecordedCaseEvent) => evolveFolded(s, e),
    decide: (_, { now, tx }) => decideIn(deps, c, b, streamId, now, tx),
    result: (events) => doneOf(0, events, streamId),
  })
  return isRefusal(outcome) ? outcome : (outcome.result as CaseDone)
}
