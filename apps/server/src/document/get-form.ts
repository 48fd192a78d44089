import { isClosed, isClosedTo } from '@liuhen/domain/case/closed'
import { JsonRecord } from '@liuhen/domain/case/events'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import { picksFor } from '@liuhen/domain/document/picks'
import { prefill } from '@liuhen/domain/document/prefill'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { getAgency, phrasesFor } from '../case-stream/agency.ts'
import { filmsIn } from '../case-stream/case-films.ts'
import { formContext } from '../case-stream/form-context.ts'
import { type CaseDeps, type OpenedCase, openCaseIn } from '../case-stream/open-case.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { type Draft, type DraftKey, findDraft } from './drafts.ts'
import { computedIn, type Original, originalIn, originalOf } from './correction-draft.ts'
import { fieldCitations, type FormProblem, formProblems } from './form-problems.ts'

export type Form = Readonly<{
  definition: DocumentDefinition
  data: JsonRecord
  draft?: Omit<Draft, 'data'>
  citations: ReturnType<typeof fieldCitations>
  /** The paper that this one is to correct: the form shows in what they differ. */
  original?: Original
  problems: FormProblem[]
  picks: ReturnType<typeof picksFor>
  phrases: Record<string, string[]>
}>

/** The handler's opinion was recorded as the first approval; who submits again may keep or change it. */
const opinionOf = (doc: DocumentState, { opinionField }: DocumentDefinition) => {
  const [first] = doc.approvals
  return opinionField === undefined || first?.rank !== 'handler' ? {} : { [opinionField]: first.opinion }
}

/** A paper that was voided is made anew from what was in it, unless a later one already stands in its place. */
const voidedBefore = (c: OpenedCase, key: DraftKey): DocumentState | undefined => {
  const last = Object.values(c.state.documents).findLast(
    (d) => d.type === key.type && d.step === key.step && d.about === key.about,
  )
  return last?.status === 'voided' ? last : undefined
}

const EVIDENCE = 'evidence.'

/** Recordings are read where the form is about one, or takes a list of those that are evidence. */
const filmsFor = async (
  tx: Tx,
  c: OpenedCase,
  definition: DocumentDefinition,
  key: DraftKey,
  actor: Actor,
) => {
  const asksAll = fieldsOf(definition).some((f) =>
    [f.from ?? []].flat().some((path) => path.startsWith(EVIDENCE)),
  )
  if (!asksAll) return key.about === undefined ? {} : { films: await filmsIn(tx, c.state, actor, key.about) }
  const { receivedAt: startedAt, facts, flags } = c.state
  const { keeping } = c.law.evaluate({ startedAt, facts, flags, now: c.now })
  return {
    films: await filmsIn(tx, c.state, actor),
    kept: new Map(keeping.map((k) => [k.item, k])),
  }
}

/** A returned or voided document opens with what was in it; a new one with what the case knows. */
const opening = async (
  tx: Tx,
  c: OpenedCase,
  definition: DocumentDefinition,
  key: DraftKey,
  actor: Actor,
): Promise<JsonRecord> => {
  const earlier =
    key.documentId === undefined
      ? (voidedBefore(c, key) ?? originalOf(c, key))
      : c.state.documents[key.documentId]
  if (earlier !== undefined) return JsonRecord.parse({ ...earlier.data, ...opinionOf(earlier, definition) })
  const agency = await getAgency(tx, actor.agencyId)
  const { step, about } = key
  const asked = { agency, step, actor, now: c.now, about, words: c.terms, law: c.law }
  const known = formContext(c.state, { ...asked, ...(await filmsFor(tx, c, definition, key, actor)) })
  const data = prefill(definition, known)
  return JsonRecord.parse({ ...data, ...c.lastDays(definition, data) })
}

export const getForm = (deps: CaseDeps, actor: Actor, key: DraftKey): Promise<Form | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openCaseIn(deps, tx, actor, key.caseId)
    if (isRefusal(c)) return c
    const definition = c.law.document(key.type)
    if (definition === undefined) return refuse('not-found', '没有这种文书。', '请从本环节的文书列表中选择。')
    if (isClosedTo(c.state, definition)) return isClosed
    const saved = await findDraft(tx, key)
    const typed = saved?.data ?? (await opening(tx, c, definition, key, actor))
    const data = { ...typed, ...(await computedIn(tx, c, definition, key)) }
    const original = originalIn(c, key)
    return {
      definition,
      data,
      ...(saved === undefined
        ? {}
        : { draft: { savedAt: saved.savedAt, revision: saved.revision, by: saved.by } }),
      citations: fieldCitations(definition, c),
      ...(original === undefined ? {} : { original }),
      problems: await formProblems(tx, c, { key, definition, data, actor }),
      picks: picksFor(definition, c.state.facts),
      phrases: await phrasesFor(tx, actor.agencyId, key.type),
    }
  })
