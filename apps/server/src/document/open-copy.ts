import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { Actor } from '@liuhen/domain/event'
import type { DocumentState } from '@liuhen/domain/document/state'
import { present } from '@liuhen/domain/present'
import { noDocument } from '@liuhen/domain/document/decide'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { type BlobDeps, openBlob } from '../blobs/put-blob.ts'
import { getAgency } from '../case-stream/agency.ts'
import { logPaperAccess } from '../case-stream/log-paper-access.ts'
import { type CaseDeps, openPapersIn } from '../case-stream/open-case.ts'
import { docxInThread } from '../docx/docx-in-thread.ts'
import { ofdInThread } from '../ofd/ofd-in-thread.ts'
import type { Renderer } from '../pdf/render.ts'
import { withAgency } from '../postgres/transaction.ts'

export type OpenedCopy = Readonly<{ bytes: Uint8Array; fileName: string }>
type Deps = CaseDeps & Readonly<{ blobs: BlobDeps; renderer: Pick<Renderer, 'drawCopyMark'> }>
type Found = Readonly<{ sha256: string; name: string; agency: string; fileName: string; checkpoint?: string }>
type Wanted = Readonly<{ caseId: string; documentId: string }>

/** What each page of the copy says besides, where the paper holds no more. */
const standing = ({ status, corrected, corrects }: DocumentState): string => {
  if (status === 'voided') return '（已作废）'
  if (corrected !== undefined) return '（已由更正件替换）'
  return corrects === true ? '（更正件）' : ''
}

const find = (deps: Deps, actor: Actor, { caseId, documentId }: Wanted): Promise<Found | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openPapersIn(deps, tx, actor, caseId)
    if (isRefusal(c)) return c
    const doc = c.state.documents[documentId]
    if (doc === undefined) return noDocument
    if (doc.pdf === undefined)
      return refuse('wrong-state', '文书还没有存档，没有副本。', '请在文书制发、存档 PDF 生成后再下载。')
    const title = c.terms.documentName(doc.type, doc.data)
    const { name } = await getAgency(tx, actor.agencyId)
    return present({
      sha256: doc.pdf.blob.sha256,
      name: `${title}${doc.number === undefined ? '' : ` ${doc.number}`}${standing(doc)}`,
      agency: name,
      fileName: `${doc.number ?? title}${standing(doc)}（副本）`,
      checkpoint: doc.pdf.checkpoint,
    })
  })

type Maker = (deps: Deps, found: Found, pdf: Uint8Array) => Promise<Uint8Array | Refusal>

/** A copy of an archived paper, of the archived bytes themselves. Logged as an opening of the paper. */
const openCopy =
  (extension: string, make: Maker) =>
  async (deps: Deps, actor: Actor, wanted: Wanted): Promise<OpenedCopy | Refusal> => {
    const found = await find(deps, actor, wanted)
    if (isRefusal(found)) return found
    const opened = await openBlob(deps.blobs, found.sha256)
    if (opened === undefined) throw new Error(`no verified blob ${found.sha256}`)
    const bytes = await make(deps, found, new Uint8Array(await buffer(opened.stream)))
    if (isRefusal(bytes)) return bytes
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const at = await deps.store.clock.now()
    await withAgency(deps.store, actor.agencyId, (tx) => logPaperAccess(tx, actor, at, { ...wanted, sha256 }))
    return { bytes, fileName: `${found.fileName}.${extension}` }
  }

/** In Word, for editing elsewhere. */
export const openDocx = openCopy('docx', (_, { name, agency }, pdf) => docxInThread({ pdf, name, agency }))

/** In OFD, as the PDF shows it; where that cannot be done, what stands in the way is named. */
export const openOfd = openCopy('ofd', async ({ renderer }, found, pdf) => {
  const { name, agency, checkpoint } = found
  const mark = await renderer.drawCopyMark(name)
  const made = await ofdInThread(present({ pdf, mark, name, agency, checkpoint }))
  return made instanceof Uint8Array
    ? made
    : refuse(
        'wrong-state',
        `这份文书不能转为 OFD：${made.notCarriedOver}。`,
        '请下载存档的 PDF，并告知系统管理员。',
      )
})
