import type { JsonRecord } from '@liuhen/domain/case/events'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import { validateForm } from '@liuhen/domain/document/validate-form'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Citation } from '@liuhen/law/evaluation'
import type { Instant } from '@liuhen/law/fact'
import type { BoundLaw } from '../law/case-law.ts'

export type FormProblem = { path: string; message: string; citations: Citation[] }

/** What still keeps the form from being submitted, each with the clauses that bind this case. */
export const formProblems = (
  definition: DocumentDefinition,
  data: JsonRecord,
  bound: Pick<BoundLaw, 'cite'> & Readonly<{ now: Instant }>,
): FormProblem[] =>
  validateForm(definition, data, bound.now).map(({ path, message, clauses }) => ({
    path,
    message,
    citations: bound.cite(clauses),
  }))

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
