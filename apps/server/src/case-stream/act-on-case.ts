import { canReadCase } from '@liuhen/domain/case/can'
import type { CaseContext } from '@liuhen/domain/case/context'
import type { CaseEvent } from '@liuhen/domain/case/events'
import type { Decided } from '@liuhen/domain/case/open'
import type { OpenCase } from '@liuhen/domain/case/state'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { execute } from '../event-store/execute.ts'
import type { Job } from '../event-store/store.ts'
import type { BoundLaw } from '../law/case-law.ts'
import type { Tx } from '../postgres/transaction.ts'
import { getAgency } from './agency.ts'
import { caseContext } from './case-context.ts'
import { evolveFolded, type FoldedCase, initialFolded, type RecordedCaseEvent } from './folded-case.ts'
import { withLent } from './lent-facts.ts'
import { giveNumber, registerNumber, takeBlank } from './numbers.ts'
import { boundLaw, type CaseDeps, noSuchCase } from './open-case.ts'

export type CaseCommand = Readonly<{
  commandId: string
  actor: Actor
  caseId: string
  /** The route's id, for the log of refused attempts. */
  what: string
}>

export type Attempt = Readonly<{ state: OpenCase; ctx: CaseContext; bound: BoundLaw; tx: Tx }>
/** May be called twice in one transaction: once to see whether it wants a number. */
export type DecideCase = (at: Attempt) => Decided | Promise<Decided>

export type CaseDone = Readonly<{ version: number; id?: string; marks?: string[] }>

/** What a command answers: the new version, the document or case that was made, the warnings that were overridden. */
export const doneOf = (base: number, events: readonly CaseEvent[], id?: string): CaseDone => {
  const submitted = events.find((e) => e.type === 'DocumentSubmitted')
  const made = id ?? submitted?.data.public.documentId
  const marks = events.flatMap((e) => (e.type === 'WarningOverridden' ? e.data.public.codes : []))
  return {
    version: base + events.length,
    ...(made === undefined ? {} : { id: made }),
    ...(marks.length === 0 ? {} : { marks }),
  }
}

const jobsOf = (agencyId: string, caseId: string, events: readonly CaseEvent[]): Job[] =>
  events.flatMap((e) =>
    e.type === 'DocumentIssued'
      ? [
          {
            name: 'render-document',
            payload: { agencyId, caseId, documentId: e.data.public.documentId },
            key: `render:${e.data.public.documentId}`,
          },
        ]
      : [],
  )

/** A number is taken only when the decision stands and wants one: the dry run tells. */
const decideNumbered = async (decide: DecideCase, at: Attempt, caseId: string): Promise<Decided> => {
  const wanted: { word: string; date: string; holderId?: string }[] = []
  const note = (word: string, date: string, holderId?: string) => {
    wanted.push({ word, date, ...(holderId === undefined ? {} : { holderId }) })
    return ''
  }
  const dry = await decide({ ...at, ctx: { ...at.ctx, nextNumber: note } })
  const [want] = wanted
  if (isRefusal(dry) || want === undefined) return dry
  const { agencyId } = at.ctx.actor
  const { shortName } = await getAgency(at.tx, agencyId)
  const { holderId, ...series } = want
  const numbering = { agencyId, shortName, ...series }
  const blank = holderId === undefined ? undefined : await takeBlank(at.tx, { ...numbering, holderId })
  const given = blank ?? (await giveNumber(at.tx, numbering))
  const decided = await decide({ ...at, ctx: { ...at.ctx, nextNumber: () => given.number } })
  if (isRefusal(decided)) return decided
  const issued = decided.find((e) => e.type === 'DocumentIssued')
  if (issued === undefined) throw new Error('a number was wanted and nothing was issued')
  const use = { streamId: caseId, documentId: issued.data.public.documentId, at: at.ctx.now }
  await registerNumber(at.tx, given, use)
  return decided
}

const attemptIn = async (
  deps: CaseDeps,
  c: CaseCommand,
  s: OpenCase,
  now: string,
  tx: Tx,
): Promise<Attempt> => {
  const bound = boundLaw(deps, s, now)
  const ctx = await caseContext({ tx, now, actor: c.actor, law: bound.law })
  return { state: await withLent(deps, tx, s), ctx, bound, tx }
}

/**
 * A command on a case that has begun: loads it with its law and the actor as a person, decides, appends, and asks for
 * the PDF of what was issued. A case of another agency, and one that the actor may not read, is not found.
 */
export const actOnCase = async (
  deps: CaseDeps,
  c: CaseCommand,
  decide: DecideCase,
): Promise<CaseDone | Refusal> => {
  let base = 0
  const outcome = await execute<FoldedCase, CaseEvent>(deps.store, {
    commandId: c.commandId,
    agencyId: c.actor.agencyId,
    actor: c.actor,
    streamType: 'case',
    streamId: c.caseId,
    what: c.what,
    initial: initialFolded,
    evolve: (s, e: RecordedCaseEvent) => evolveFolded(s, e),
    decide: async (folded, { now, tx, version }) => {
      base = version
      if (folded.state.kind === 'none') return noSuchCase()
      if (canReadCase(folded.state, c.actor, folded.registeredBy) !== true) return noSuchCase()
      return decideNumbered(decide, await attemptIn(deps, c, folded.state, now, tx), c.caseId)
    },
    jobs: (events) => jobsOf(c.actor.agencyId, c.caseId, events),
    result: (events) => doneOf(base, events),
  })
  return isRefusal(outcome) ? outcome : (outcome.result as CaseDone)
}
