import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { Actor } from '@liuhen/domain/event'
import type { DocumentState } from '@liuhen/domain/document/state'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { type BlobDeps, openBlob } from '../blobs/put-blob.ts'
import { getAgency } from '../case-stream/agency.ts'
import { logPaperAccess } from '../case-stream/log-paper-access.ts'
import { type CaseDeps, openCaseIn } from '../case-stream/open-case.ts'
import { docxInThread } from '../docx/docx-in-thread.ts'
import { withAgency } from '../postgres/transaction.ts'

export type OpenedDocx = Readonly<{ bytes: Uint8Array; fileName: string }>
type Deps = CaseDeps & Readonly<{ blobs: BlobDeps }>
type Found = Readonly<{ sha256: string; name: string; agency: string; fileName: string }>

/** What each page of the copy says besides, where the paper holds no more. */
const standing = ({ status, corrected, corrects }: DocumentState): string => {
  if (status === 'voided') return '（已作废）'
  if (corrected !== undefined) return '（已由更正件替换）'
  return corrects === true ? '（更正件）' : ''
}

const find = (deps: Deps, actor: Actor, caseId: string, documentId: string): Promise<Found | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openCaseIn(deps, tx, actor, caseId)
    if (isRefusal(c)) return c
    const doc = c.state.documents[documentId]
    if (doc === undefined) return refuse('not-found', '没有找到这份文书。', '请从案件中重新打开。')
    if (doc.pdf === undefined)
      return refuse('wrong-state', '文书还没有存档，没有副本。', '请在文书制发、存档 PDF 生成后再下载。')
    const title = c.terms.documentName(doc.type, doc.data)
    const { name } = await getAgency(tx, actor.agencyId)
    return {
      sha256: doc.pdf.blob.sha256,
      name: `${title}${doc.number === undefined ? '' : ` ${doc.number}`}${standing(doc)}`,
      agency: name,
      fileName: `${doc.number ?? title}${standing(doc)}（副本）.docx`,
    }
  })

/** A copy of an archived paper in Word, of the archived bytes themselves. Logged as an opening of the paper. */
export const openDocx = async (
  deps: Deps,
  actor: Actor,
  caseId: string,
  documentId: string,
): Promise<OpenedDocx | Refusal> => {
  const found = await find(deps, actor, caseId, documentId)
  if (isRefusal(found)) return found
  const opened = await openBlob(deps.blobs, found.sha256)
  if (opened === undefined) throw new Error(`no verified blob ${found.sha256}`)
  const pdf = new Uint8Array(await buffer(opened.stream))
  const bytes = await docxInThread({ pdf, name: found.name, agency: found.agency })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const at = await deps.store.clock.now()
  await withAgency(deps.store, actor.agencyId, (tx) =>
    logPaperAccess(tx, actor, at, { caseId, documentId, sha256 }),
  )
  return { bytes, fileName: found.fileName }
}
