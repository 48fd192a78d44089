import type { CaseLaw, LawQuestion } from '@liuhen/domain/case/context'
import type { LawSelection } from '@liuhen/domain/case/events'
import { civilDateOf } from '@liuhen/law/civil-date'
import {
  actsTakenUp,
  approversOf,
  citationsOf,
  documentAt,
  isProblem,
  selectLaw,
  type SelectionProblem,
} from '@liuhen/law/combine'
import { ask, type CaseRecord, weigh } from '@liuhen/law/evaluate'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Citation } from '@liuhen/law/evaluation'
import type { Instant } from '@liuhen/law/fact'
import { proposeLastDays } from '@liuhen/law/last-day'
import type { Law } from '@liuhen/law/law'
import type { EventDeclaration } from '@liuhen/law/schema/procedure'
import type { CaseTerms } from '../case-stream/terms.ts'
import { termsOf } from './case-terms.ts'
import { preparedCase, preparedOnce } from './prepared-cases.ts'

export type LawQuery = Readonly<{
  selection: LawSelection
  procedure: string
  /** The packs and the procedure in force then bind the case. */
  startedAt: Instant
  /** Forms as they are on this day. */
  at: Instant
}>

export type BoundLaw = Readonly<{
  law: CaseLaw
  terms: CaseTerms
  /** Those of the clauses that bind this case, ready to be shown. */
  cite: (clauses: readonly string[]) => Citation[]
  events: readonly EventDeclaration[]
  /** The last days of periods in a form that opens with these data. */
  lastDays: (
    definition: DocumentDefinition,
    data: Readonly<Record<string, unknown>>,
  ) => Record<string, string>
}>

const known = (settings: LawSelection['settings']): Record<string, string | number | boolean> => {
  const set: Record<string, string | number | boolean> = {}
  for (const [key, value] of Object.entries(settings)) if (value !== null) set[key] = value
  return set
}

const selectionOf = ({ base, overlays, settings }: LawSelection) => ({
  base,
  overlays,
  acts: actsTakenUp(settings),
})

/** A case as the law sees it, under the settings that bind it. */
export const caseRecord = (
  q: Pick<LawQuery, 'selection' | 'procedure'>,
  question: Omit<LawQuestion, 'now'>,
): CaseRecord => ({
  procedure: q.procedure,
  startedAt: question.startedAt,
  facts: question.facts,
  flags: question.flags,
  settings: known(q.selection.settings),
  selection: selectionOf(q.selection),
})

/** The law that binds one case, as the domain asks it: base, overlays and settings are those of the case's beginning. */
export const caseLaw = (law: Law, q: LawQuery): BoundLaw | SelectionProblem => {
  const selected = selectLaw(law, selectionOf(q.selection), q.procedure, q.startedAt)
  if (isProblem(selected)) return selected
  const day = civilDateOf(q.at)
  const cite = (clauses: readonly string[]): Citation[] => [...citationsOf(selected, clauses, day)]
  const record = (question: LawQuestion): CaseRecord => caseRecord(q, question)
  const document = (type: string) => documentAt(law, type, day)
  return {
    terms: termsOf(selected),
    lastDays: (definition, data) => proposeLastDays(selected, definition, data),
    cite,
    events: selected.procedure.events,
    law: {
      evaluate: (question) => ask(preparedCase(record(question), law), question.now),
      against: (question, attempted) => weigh(preparedOnce(record(question), law), attempted, question.now),
      document,
      approvers: (type) => {
        const definition = document(type)
        return definition === undefined ? [] : approversOf(selected, definition).ranks
      },
      event: (name) => selected.procedure.events.find((e) => e.name === name),
      cite,
      ownNotApproved: cite(law.approval.own.clauses),
      retraction: {
        posts: law.approval.retraction.posts,
        citations: cite(law.approval.retraction.clauses),
      },
      caseNumberFrom: selected.procedure.caseNumberFrom,
    },
  }
}

export const isUnbound = (bound: BoundLaw | SelectionProblem): bound is SelectionProblem => 'problem' in bound
