import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { paths } from '../paths.ts'

type Definitions = ReadonlyMap<string, Pick<DocumentDefinition, 'provesService'>>
type File = Pick<CaseWorkspace, 'id' | 'evaluation'>

/** The form of the receipt for a paper: in the paper's own step, or else in one that is open and has receipts. */
export function receiptForm(
  { id, evaluation }: File,
  document: Pick<DocumentView, 'id' | 'step'>,
  definitions: Definitions,
): ReturnType<typeof paths.form> | undefined {
  const isReceipt = ({ type }: { type: string }): boolean => definitions.get(type)?.provesService === true
  const having = evaluation.steps.filter((step) => step.documents.some(isReceipt))
  const step =
    having.find((one) => one.id === document.step) ??
    having.find((one) => one.status === 'begun' || one.status === 'possible')
  const type = step?.documents.find(isReceipt)?.type
  if (step === undefined || type === undefined) return undefined
  return paths.form(id, type, { step: step.id, about: document.id })
}

/** The receipts of a paper that were not taken back, the latest last. */
export const receiptsOf = (
  { documents }: Pick<CaseWorkspace, 'documents'>,
  document: Pick<DocumentView, 'id'>,
  definitions: Definitions,
): readonly DocumentView[] =>
  documents.filter(
    (d) =>
      d.about === document.id &&
      !['voided', 'returned'].includes(d.state) &&
      definitions.get(d.type)?.provesService === true,
  )

/** The receipt of the service that is to be registered: of several parties that of one who is wanting; a second service has one of its own. */
export const nextReceipt = <R extends Pick<DocumentView, 'data'>>(
  { served, unserved }: Pick<DocumentView, 'served' | 'unserved'>,
  receipts: readonly R[],
): R | undefined =>
  receipts.findLast(({ data }) => unserved.some((name) => name === data['recipient'])) ??
  (receipts.length > served.length ? receipts.at(-1) : undefined)
