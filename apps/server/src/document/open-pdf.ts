import type { Readable } from 'node:stream'
import type { Actor } from '@liuhen/domain/event'
import { noDocument } from '@liuhen/domain/document/decide'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { type BlobDeps, openBlob } from '../blobs/put-blob.ts'
import { type CaseDeps, openPapersIn } from '../case-stream/open-case.ts'
import { logPaperAccess } from '../case-stream/log-paper-access.ts'
import { withAgency } from '../postgres/transaction.ts'

export type OpenedPdf = Readonly<{
  stream: Readable
  sha256: string
  sizeBytes: number
  /** Name under which a browser saves it. */
  name: string
}>

type Found = Readonly<{ sha256: string; name: string }>

const find = (deps: CaseDeps, actor: Actor, caseId: string, documentId: string): Promise<Found | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openPapersIn(deps, tx, actor, caseId)
    if (isRefusal(c)) return c
    const doc = c.state.documents[documentId]
    if (doc === undefined) return noDocument
    if (doc.pdf === undefined)
      return doc.status === 'issued'
        ? refuse('wrong-state', '存档 PDF 正在生成。', '请稍后再打开。')
        : refuse('wrong-state', '文书还没有制发，没有存档 PDF。', '请先完成审批和签名，或者使用预览。')
    const { sha256 } = doc.pdf.blob
    await logPaperAccess(tx, actor, c.now, { caseId, documentId, sha256 })
    return { sha256, name: `${doc.number ?? c.terms.documentName(doc.type, doc.data)}.pdf` }
  })

/** The archival PDF's bytes. Opening is logged before the first byte leaves. */
export const openPdf = async (
  deps: CaseDeps & Readonly<{ blobs: BlobDeps }>,
  actor: Actor,
  caseId: string,
  documentId: string,
): Promise<OpenedPdf | Refusal> => {
  const found = await find(deps, actor, caseId, documentId)
  if (isRefusal(found)) return found
  const opened = await openBlob(deps.blobs, found.sha256)
  if (opened === undefined) throw new Error(`no verified blob ${found.sha256}`)
  return { stream: opened.stream, sha256: found.sha256, sizeBytes: opened.blob.sizeBytes, name: found.name }
}
