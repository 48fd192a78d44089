import type { Citation, Duty, Evaluation, Reason } from '@liuhen/law/evaluation'
import type { FactPerson, Instant } from '@liuhen/law/fact'
import type { CaseContext } from '../case/context.ts'
import type { CaseEventOf } from '../case/events.ts'
import { factsOf } from '../case/facts.ts'
import { evaluateCase, judge } from '../case/gate.ts'
import { evolveCase, type OpenCase, personOf } from '../case/state.ts'
import type { DocumentState } from './state.ts'

type Asked = Readonly<{ mode: string; servedAt: Instant; by: readonly FactPerson[]; party?: string }>

/** A period that a service begins, or has begun: what is owed or open to the party, and its last day. */
export type Begun = Readonly<{ what: string; due?: string; why?: string; citations: readonly Citation[] }>

export type ServiceOutlook = Readonly<{
  /** What the law says against registering it so. */
  reasons: readonly Reason[]
  /** When the proof on record says that it took effect, where that is another time. */
  effectiveAt?: Instant
  begins: readonly Begun[]
  /** Duties that it fulfils, and whether in time. */
  fulfils: readonly Pick<Duty, 'what' | 'state' | 'due'>[]
}>

const DAY_CHARS = 10

/** Periods of the party are told as findings, duties as duties: what this paper's facts opened. */
export const begunBy = ({ duties, findings }: Evaluation, documentId: string): readonly Begun[] => [
  ...duties
    .filter((d) => d.openedBy === documentId)
    .map(({ what, due, why, citations }) => ({
      what,
      why,
      citations,
      ...(due === undefined ? {} : { due: due.slice(0, DAY_CHARS) }),
    })),
  ...findings
    .filter((f) => f.facts?.['openedBy'] === documentId)
    .map(({ message, citations, facts }) => ({ what: message, due: String(facts?.['until']), citations })),
]

const isNew =
  (before: readonly Begun[]) =>
  (one: Begun): boolean =>
    !before.some((b) => b.what === one.what && b.due === one.due)

/** The moment that the proof gives, kept between the issue and now. */
const effectiveIn = (reasons: readonly Reason[], doc: DocumentState, now: Instant): Instant | undefined => {
  const told = reasons.map((r) => r.facts?.['moment']).find((m) => typeof m === 'string')
  if (told === undefined) return undefined
  if (Date.parse(told) > Date.parse(now)) return undefined
  const { issuedAt } = doc
  return issuedAt !== undefined && Date.parse(told) < Date.parse(issuedAt) ? issuedAt : told
}

/** What registering a service in this way at this time would come to; nothing is registered. */
export const serviceOutlook = (
  s: OpenCase,
  doc: DocumentState,
  { mode, servedAt, by, party }: Asked,
  ctx: Pick<CaseContext, 'law' | 'now' | 'actor'>,
): ServiceOutlook => {
  const served: CaseEventOf<'DocumentServed'> = {
    type: 'DocumentServed',
    schemaVersion: 1,
    occurredAt: ctx.now,
    data: {
      public: { documentId: doc.id, mode, servedAt },
      internal: { recordingIds: [], by: [...by] },
      personal: party === undefined ? undefined : { recipient: party, party },
    },
  }
  const reasons = factsOf(served, personOf(ctx.actor), s).flatMap((fact) => judge(s, fact, ctx))
  const after = evolveCase(s, served, ctx.actor)
  const [was, is] = [evaluateCase(s, ctx), after.kind === 'open' ? evaluateCase(after, ctx) : undefined]
  const effectiveAt = effectiveIn(reasons, doc, ctx.now)
  const states = new Map(was.duties.map((d) => [d.id, d.state]))
  return {
    reasons,
    ...(effectiveAt === undefined ? {} : { effectiveAt }),
    begins: is === undefined ? [] : begunBy(is, doc.id).filter(isNew(begunBy(was, doc.id))),
    fulfils: (is?.duties ?? [])
      .filter(
        (d) =>
          (d.state === 'met' || d.state === 'met-late') && states.has(d.id) && states.get(d.id) !== d.state,
      )
      .map(({ what, state, due }) => ({ what, state, due })),
  }
}
