import { canReadCase } from '@liuhen/domain/case/can'
import type { OpenCase } from '@liuhen/domain/case/state'
import type { Actor } from '@liuhen/domain/event'
import { isGone } from '@liuhen/domain/case/shredded'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import type { Instant } from '@liuhen/law/fact'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Store } from '../event-store/store.ts'
import { type BoundLaw, caseLaw, isUnbound } from '../law/case-law.ts'
import type { LawLibrary } from '../law/library.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { foldCase, type FoldedCase } from './folded-case.ts'
import { withLent } from './lent-facts.ts'

export type CaseDeps = Readonly<{ store: Store; library: LawLibrary }>

export type OpenedCase = BoundLaw &
  Readonly<{ caseId: string; folded: FoldedCase; state: OpenCase; now: Instant }>

export const noSuchCase = (): Refusal => refuse('not-found', '没有找到这个案件', '请从案件列表中重新打开')

/** The law of a case that has begun. A pack or procedure that has vanished from law/ is an outage, not a refusal. */
export const boundLaw = (deps: Pick<CaseDeps, 'library'>, state: OpenCase, at: Instant): BoundLaw => {
  const bound = caseLaw(deps.library.law, {
    selection: state.law,
    procedure: state.procedure,
    startedAt: state.receivedAt,
    at,
  })
  if (isUnbound(bound)) throw new Error(bound.message)
  return bound
}

const isDoneIn = ({ steps, documents }: OpenCase, step: string): boolean =>
  steps[step] === 'done' || Object.values(documents).some((d) => d.step === step && d.status === 'issued')

/**
 * Where the content is gone nothing is owed and nothing is found any more: what the law would look at is not there. Of
 * steps those are left that public parts still tell of.
 */
const settled = (bound: BoundLaw, state: OpenCase): BoundLaw => ({
  ...bound,
  law: {
    ...bound.law,
    evaluate: (question) => ({
      steps: bound.law
        .evaluate(question)
        .steps.filter((s) => isDoneIn(state, s.id))
        .map((s) => ({ ...s, status: 'done' as const, before: [], missing: [] })),
      duties: [],
      findings: [],
      keeping: [],
    }),
  },
})

/** Inside a transaction that has its agency set, without asking who wants it: for jobs and projections. */
export const loadCaseIn = async (
  deps: Pick<CaseDeps, 'library'>,
  tx: Tx,
  caseId: string,
  now: Instant,
): Promise<OpenedCase | undefined> => {
  const folded = foldCase(await readStreamIn(tx, caseId))
  if (folded.state.kind === 'none') return undefined
  const state = await withLent(deps, tx, folded.state)
  const bound = boundLaw(deps, state, now)
  return { caseId, folded, state, now, ...(state.shredded === undefined ? bound : settled(bound, state)) }
}

/** The case as one who may read it sees it. To anybody else it does not exist. */
export const openCaseIn = async (
  deps: CaseDeps,
  tx: Tx,
  actor: Actor,
  caseId: string,
): Promise<OpenedCase | Refusal> => {
  const found = await loadCaseIn(deps, tx, caseId, await deps.store.clock.now())
  if (found === undefined) return noSuchCase()
  return canReadCase(found.state, actor, found.folded.registeredBy) === true ? found : noSuchCase()
}

/** For whoever wants to see its papers: what was destroyed according to law is shown to nobody. */
export const openPapersIn = async (
  deps: CaseDeps,
  tx: Tx,
  actor: Actor,
  caseId: string,
): Promise<OpenedCase | Refusal> => {
  const c = await openCaseIn(deps, tx, actor, caseId)
  return !isRefusal(c) && c.state.shredded !== undefined ? isGone : c
}

export const openCase = (deps: CaseDeps, actor: Actor, caseId: string): Promise<OpenedCase | Refusal> =>
  withAgency(deps.store, actor.agencyId, (tx) => openCaseIn(deps, tx, actor, caseId))
