import { printDate } from '@liuhen/domain/document/china-time'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import { itemSquare } from '@liuhen/domain/document/item-square'
import type { DocumentState } from '@liuhen/domain/document/state'
import { visibleData } from '@liuhen/domain/document/visible-data'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { noDocument } from '@liuhen/domain/document/decide'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { getAgency } from '../case-stream/agency.ts'
import { logPaperAccess } from '../case-stream/log-paper-access.ts'
import { boundLaw, openPapersIn } from '../case-stream/open-case.ts'
import { printValue, recordsOf } from '../pdf/print-value.ts'
import type { LabelSheet } from '../pdf/render-input.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { RenderDeps } from './render-document.ts'

type Row = Omit<LabelSheet['rows'][number], 'square'>

type Listed = Readonly<{ things: readonly Row[]; number: string }>

/** The things of the paper's list, in its order, and the list's number; nothing where it has no list with labels. */
export const listIn = (
  definition: DocumentDefinition | undefined,
  doc: Pick<DocumentState, 'data' | 'number'>,
): Listed | undefined => {
  const labels = definition?.labels
  const list = labels && definition && fieldsOf(definition).find((field) => field.id === labels.list)
  if (labels === undefined || list?.kind !== 'rows') return undefined
  const data = visibleData(doc.data)
  const things = recordsOf(data[list.id]).map((row, i) => {
    const said = (ids: readonly string[], joint: string): string =>
      list.columns
        .filter((column) => ids.includes(column.id))
        .map((column) => printValue(column, row[column.id]))
        .filter((text) => text !== '')
        .join(joint)
    const [name, quantity] = [said(labels.name, ' '), said(labels.quantity, '')]
    return { no: i + 1, name, quantity, feature: said(labels.feature, '；') }
  })
  const decision = labels.number === undefined ? undefined : data[labels.number]
  const number = doc.number ?? (typeof decision === 'string' ? decision : '')
  return things.length === 0 ? undefined : { things, number }
}

type Wanted = Readonly<{ caseId: string; documentId: string }>

const sheetOf = (
  deps: RenderDeps,
  actor: Actor,
  { caseId, documentId }: Wanted,
): Promise<LabelSheet | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openPapersIn(deps, tx, actor, caseId)
    if (isRefusal(c)) return c
    const doc = c.state.documents[documentId]
    if (doc === undefined) return noDocument
    const { sha256 } = doc.pdf?.blob ?? {}
    if (sha256 === undefined || doc.issuedOn === undefined || doc.status !== 'issued')
      return refuse('wrong-state', '文书还没有存档，没有物品标签。', '请在文书制发、存档 PDF 生成后再打印。')
    const list = listIn(boundLaw(deps, c.state, doc.submittedAt).law.document(doc.type), doc)
    if (list === undefined) return refuse('not-found', '这份文书没有物品清单。', '请打开清单所在的文书。')
    await logPaperAccess(tx, actor, c.now, { caseId, documentId, sha256 })
    const portal = deps.portalUrl
    return {
      agency: (await getAgency(tx, actor.agencyId)).name,
      caseNo: c.state.caseNo ?? '',
      paper: c.terms.documentName(doc.type, doc.data),
      number: list.number,
      day: doc.issuedOn,
      issuedOn: printDate(doc.issuedOn),
      simulated: deps.store.clock.kind === 'simulated',
      rows: list.things.map((thing) => ({
        ...thing,
        square: itemSquare(present({ documentId, row: thing.no, sha256, portal })),
      })),
    }
  })

/** The labels of an archived list as a PDF. Logged as an opening of the paper; no paper itself, and not kept. */
export const openLabels = async (
  deps: RenderDeps,
  actor: Actor,
  wanted: Wanted,
): Promise<Uint8Array | Refusal> => {
  const sheet = await sheetOf(deps, actor, wanted)
  return isRefusal(sheet) ? sheet : deps.renderer.drawLabels(sheet)
}
