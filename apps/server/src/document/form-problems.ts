import type { JsonRecord } from '@liuhen/domain/case/events'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import { submitDocument } from '@liuhen/domain/document/submit'
import { validateForm } from '@liuhen/domain/document/validate-form'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { isRefusal } from '@liuhen/domain/refusal'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Citation, Reason } from '@liuhen/law/evaluation'
import type { Instant } from '@liuhen/law/fact'
import { caseContext } from '../case-stream/case-context.ts'
import type { OpenedCase } from '../case-stream/open-case.ts'
import type { BoundLaw } from '../law/case-law.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { DraftKey } from './drafts.ts'
import { emptyFrames } from './pictures.ts'

export type FormProblem = {
  path: string
  effect: Reason['effect']
  message: string
  todo?: string
  citations: Citation[]
}

/** Elements of the form that are missing or wrong, each with the clauses that bind this case. */
const missingElements = (
  definition: DocumentDefinition,
  data: JsonRecord,
  bound: Pick<BoundLaw, 'cite'> & Readonly<{ now: Instant }>,
): FormProblem[] =>
  validateForm(definition, data, bound.now).map(({ path, message, clauses }) => ({
    path,
    effect: 'refuse',
    message,
    citations: bound.cite(clauses),
  }))

/**
 * What would refuse the paper, were it submitted now: by a dry run that gives no number. While elements are missing, which
 * are told one by one, only what no filling in would mend: the step, the post, another paper of the kind.
 */
const reasonsAgainst = async (tx: Tx, c: OpenedCase, f: Filled, elements: number): Promise<FormProblem[]> => {
  const ctx = await caseContext({ tx, now: c.now, actor: f.actor, law: c.law })
  const { type, step, documentId, about } = f.key
  const paper = present({ type, step, documentId, about, data: f.data })
  const decided = submitDocument(c.state, paper, { ...ctx, nextNumber: () => '' })
  if (!isRefusal(decided) || (elements > 0 && decided.code === 'incomplete')) return []
  return decided.reasons.map(({ effect, message, todo, citations }) => ({
    path: '',
    effect,
    message,
    todo,
    citations: [...citations],
  }))
}

type Filled = Readonly<{ key: DraftKey; definition: DocumentDefinition; data: JsonRecord; actor: Actor }>

/** What still keeps the form from being submitted: its own elements, and once they are there what the law says of the paper. */
export const formProblems = async (tx: Tx, c: OpenedCase, f: Filled): Promise<FormProblem[]> => {
  const missing = missingElements(f.definition, f.data, c)
  if (missing.length > 0) return [...missing, ...(await reasonsAgainst(tx, c, f, missing.length))]
  const frames = await emptyFrames(tx, c, f.definition, f.data)
  if (frames) return [{ path: '', effect: 'refuse', ...frames, citations: [] }]
  return reasonsAgainst(tx, c, f, 0)
}

/** By field: the clauses that ask for the element and bind this case. */
export const fieldCitations = (
  definition: DocumentDefinition,
  bound: Pick<BoundLaw, 'cite'>,
): Record<string, Citation[]> =>
  Object.fromEntries(
    fieldsOf(definition).flatMap((field) => {
      const citations = bound.cite(field.requiredBy)
      return citations.length === 0 ? [] : [[field.id, citations] as const]
    }),
  )
