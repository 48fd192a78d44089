import { createHash } from 'node:crypto'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { getAgency } from '../case-stream/agency.ts'
import { logPaperAccess } from '../case-stream/log-paper-access.ts'
import { boundLaw, type CaseDeps, openCaseIn } from '../case-stream/open-case.ts'
import { paperDocx } from '../docx/paper-docx.ts'
import { withAgency } from '../postgres/transaction.ts'
import { issuedInput } from './render-input.ts'

export type OpenedDocx = Readonly<{ bytes: Uint8Array; fileName: string }>

/** A copy of an issued paper in Word, by the definition under which it was submitted. Logged as an opening of the paper. */
export const openDocx = (
  deps: CaseDeps,
  actor: Actor,
  caseId: string,
  documentId: string,
): Promise<OpenedDocx | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openCaseIn(deps, tx, actor, caseId)
    if (isRefusal(c)) return c
    const doc = c.state.documents[documentId]
    if (doc === undefined) return refuse('not-found', '没有找到这份文书。', '请从案件中重新打开。')
    if (doc.pdf === undefined)
      return refuse('wrong-state', '文书还没有存档，没有副本。', '请在文书制发、存档 PDF 生成后再下载。')
    const then = { ...c, ...boundLaw(deps, c.state, doc.submittedAt) }
    const definition = then.law.document(doc.type)
    if (definition === undefined) throw new Error(`no definition of ${doc.type} on ${doc.submittedAt}`)
    const agency = await getAgency(tx, actor.agencyId)
    const paper = { c: then, agency, definition, clock: deps.store.clock.kind }
    const bytes = await paperDocx(issuedInput(paper, doc, { qr: '', sealedByKey: false }))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await logPaperAccess(tx, actor, c.now, { caseId, documentId, sha256 })
    return { bytes, fileName: `${doc.number ?? c.terms.documentName(doc.type)}（副本）.docx` }
  })
