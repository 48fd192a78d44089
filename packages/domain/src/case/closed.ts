import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { StepView } from '@liuhen/law/evaluation'
import { type Refusal, refuse } from '../refusal.ts'
import type { CaseLaw } from './context.ts'

export const isClosed: Refusal = refuse(
  'wrong-state',
  '案件已归档，不能再变更',
  '归档以后只办理查阅、提供、处置、公示等事项；文书确需更正的，在案件依法重新办理以后更正',
)

type Archiving = Readonly<{ archive?: object | undefined }>

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
