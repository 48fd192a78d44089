import { orderDisposal as order } from '@liuhen/domain/disposal/carry-out'
import * as decide from '@liuhen/domain/disposal/commands'
import type { Strike } from '@liuhen/domain/disposal/commands'
import type { DisposalEvent } from '@liuhen/domain/disposal/events'
import { refOf } from '@liuhen/domain/disposal/events'
import { type Batch, type BatchState, remaining } from '@liuhen/domain/disposal/state'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { accountGivenTo } from '../agency/account-given.ts'
import { getAgency } from '../case-stream/agency.ts'
import { giveNumber } from '../case-stream/numbers.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { findPerson } from '../case-stream/people.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import type { Tx } from '../postgres/transaction.ts'
import {
  actOnDisposal,
  type AtDisposal,
  type DisposalCommand,
  type DisposalDecision,
} from './act-on-disposal.ts'
import { carryOutJob } from './disposal-job.ts'
import { limitsOf } from './limits.ts'
import { tellCases } from './tell-cases.ts'
import { aboutIn, type Ids, remainingIn, weighItems } from './weigh-items.ts'

const dayOf = (now: string): string => now.slice(0, 10)

const numberIn = async (tx: Tx, agencyId: string, now: string): Promise<string> => {
  const { shortName } = await getAgency(tx, agencyId)
  return (await giveNumber(tx, { agencyId, shortName, word: '销毁', date: dayOf(now) })).number
}

const firstOf = (refused: ReadonlyMap<string, Refusal>): Refusal | undefined => [...refused.values()][0]

/** Decided first without a number: only what stands takes one. */
export const proposeDisposal = async (deps: CaseDeps, c: Omit<DisposalCommand, 'batchId'>, ids: Ids) => {
  const batchId = uuidv7(Date.parse(await deps.store.clock.now()))
  return actOnDisposal(deps, { ...c, batchId }, async (s, { tx, now, actor }): Promise<DisposalDecision> => {
    const { weighed, cases } = await weighItems(deps, tx, { ...ids, now })
    if (weighed.length < new Set([...ids.recordingIds, ...ids.caseFiles]).size)
      return refuse('not-found', '所选的有的找不到了。', '请刷新清单后重新选择。')
    const limits = await limitsOf(deps.library, tx, actor.agencyId)
    const asked = { weighed, limits, number: '' }
    const dry = decide.proposeDisposal(s, asked, { now, actor })
    if (isRefusal(dry)) return dry
    const number = await numberIn(tx, actor.agencyId, now)
    const events = decide.proposeDisposal(s, { ...asked, number }, { now, actor })
    if (isRefusal(events)) return events
    const items = weighed.flatMap((w) => aboutIn(w) ?? [])
    const told = await tellCases({ tx, actor, act: 'disposal-requested', number }, cases, items)
    return firstOf(told.refused) ?? { events, others: told.appends }
  })
}

export const reviewDisposal = (
  deps: CaseDeps,
  c: DisposalCommand,
  asked: Readonly<{ opinion: string; seen: readonly string[]; struck: readonly Strike[] }>,
) =>
  actOnDisposal(deps, c, async (s, at) => {
    const given = await accountGivenTo(at.tx, at.actor)
    return decide.reviewDisposal(s, asked, { ...at, given })
  })

type Reasoned = Readonly<{ reason: string; item?: string | undefined }>

export const rejectDisposal = (deps: CaseDeps, c: DisposalCommand, asked: Reasoned) =>
  actOnDisposal(deps, c, (s, at) => decide.rejectDisposal(s, asked, at))

export const objectToDisposal = (deps: CaseDeps, c: DisposalCommand, asked: Reasoned) =>
  actOnDisposal(deps, c, (s, at) => decide.objectToDisposal(s, asked, at))

const struckIn = (events: readonly DisposalEvent[]): ReadonlySet<string> =>
  new Set(events.flatMap((e) => (e.type === 'DisposalItemStruck' ? [refOf(e.data.internal)] : [])))

const leftOf = (b: Batch, events: readonly DisposalEvent[]) => {
  const struck = struckIn(events)
  return remaining(b).filter((i) => !struck.has(refOf(i)))
}

/** The present weighing of what is left of a batch. */
const weighBatch = async (deps: CaseDeps, s: BatchState, { tx, now }: AtDisposal, batchId: string) =>
  weighItems(deps, tx, { ...remainingIn(s), batchId, now })

/** What the law says against an item takes that item out; the cases are told of the others. */
export const approveDisposal = (
  deps: CaseDeps,
  c: DisposalCommand,
  { opinion }: Readonly<{ opinion: string }>,
) =>
  actOnDisposal(deps, c, async (s, attempt): Promise<DisposalDecision> => {
    const at = { ...attempt, given: await accountGivenTo(attempt.tx, attempt.actor) }
    const { weighed, cases } = await weighBatch(deps, s, at, c.batchId)
    const first = decide.approveDisposal(s, { opinion, weighed }, at)
    if (isRefusal(first) || s.status === 'none') return first
    const { tx, actor } = at
    const telling = { tx, actor, act: 'disposal-approved', number: s.number } as const
    const { appends, refused } = await tellCases(
      telling,
      cases,
      leftOf(s, first).flatMap((i) => aboutIn(i) ?? []),
    )
    if (refused.size === 0) return { events: first, others: appends }
    const weighedAgain = weighed.map((w) => {
      const against = refused.get(refOf(w))?.reasons
      return against === undefined ? w : { ...w, against }
    })
    const events = decide.approveDisposal(s, { opinion, weighed: weighedAgain }, at)
    return isRefusal(events) ? events : { events, others: appends }
  })

/** Weighed once more; the queue does the rest. */
export const orderDisposal = (deps: CaseDeps, c: DisposalCommand, asked: Readonly<{ witnessId: string }>) =>
  actOnDisposal(
    deps,
    c,
    async (s, at) => {
      const person = await findPerson(at.tx, asked.witnessId)
      if (person?.name === undefined)
        return refuse('not-found', '监销人不在本机关的人员名单中。', '请在人员名单中重新选择。')
      const { weighed } = await weighBatch(deps, s, at, c.batchId)
      return order(s, { witness: { personId: asked.witnessId, name: person.name }, weighed }, at)
    },
    [carryOutJob({ agencyId: c.actor.agencyId, batchId: c.batchId })],
  )
