import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { StepView } from '@liuhen/law/evaluation'
import { type Refusal, refuse } from '../refusal.ts'
import type { CaseLaw } from './context.ts'
import type { OpenCase } from './state.ts'

export const isClosed: Refusal = refuse(
  'wrong-state',
  '案件已归档，不能再变更',
  '如确需更正，请走文书更正程序',
)

type Archiving = Pick<OpenCase, 'archive'>

/** After archiving a paper may be made, signed and served only where its definition says that it follows the file. */
export const isClosedTo = (
  s: Archiving,
  definition: Pick<DocumentDefinition, 'afterArchiving'> | undefined,
): boolean => s.archive !== undefined && definition?.afterArchiving !== true

/** A step stays open after archiving for the papers in it that do. */
export const isStepClosed = (
  s: Archiving,
  view: Pick<StepView, 'documents'>,
  law: Pick<CaseLaw, 'document'>,
): boolean => s.archive !== undefined && !view.documents.some((d) => !isClosedTo(s, law.document(d.type)))
