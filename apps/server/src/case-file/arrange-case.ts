import type { CaseFileOrder } from '@liuhen/domain/case-file/order'
import {
  arrangeFile,
  type FileDocument,
  type FileItem,
  type FileRecording,
} from '@liuhen/domain/case-file/arrange'
import type { CaseLaw } from '@liuhen/domain/case/context'
import type { OpenCase } from '@liuhen/domain/case/state'
import { chinaDate } from '@liuhen/domain/document/china-time'
import { nameOf } from '@liuhen/domain/document/name-of'
import type { DocumentState } from '@liuhen/domain/document/state'
import { refuse, type Refusal } from '@liuhen/domain/refusal'

export type FileWords = Readonly<{
  order: CaseFileOrder
  law: Pick<CaseLaw, 'document'>
  sceneName: (code: string) => string
}>

/** A receipt says whose service it proves: by its own subject, or because the service names it. */
const provenBy = (s: OpenCase, doc: DocumentState): string | undefined =>
  (doc.corrects === true ? s.documents[doc.about ?? '']?.about : doc.about) ??
  Object.values(s.documents).find((other) => other.served.some((one) => one.receiptId === doc.id))?.id

const fileDocument = (s: OpenCase, doc: DocumentState, words: FileWords): FileDocument | undefined => {
  if (doc.pdf === undefined) return undefined
  const definition = words.law.document(doc.type)
  const about = provenBy(s, doc)
  return {
    id: doc.id,
    type: doc.type,
    name: `${definition === undefined ? doc.type : nameOf(definition, doc.data)}${doc.corrected !== undefined ? '（已更正）' : doc.corrects === true ? '（更正件）' : ''}`,
    audience: definition?.audience ?? 'sub',
    date: doc.issuedOn ?? chinaDate(doc.submittedAt),
    pages: doc.pdf.pages,
    sha256: doc.pdf.blob.sha256,
    ...(doc.number === undefined ? {} : { number: doc.number }),
    ...(about === undefined ? {} : { about }),
  }
}

/** Each recording once, however many steps it is linked to. */
const fileRecordings = (s: OpenCase, words: FileWords): FileRecording[] => [
  ...new Map(
    s.recordings.map((r) => [
      r.recordingId,
      {
        id: r.recordingId,
        sceneName: words.sceneName(r.scene),
        medium: r.medium,
        from: r.from,
        date: chinaDate(r.from),
        sha256: r.blob.sha256,
      },
    ]),
  ).values(),
]

const issuedOf = (s: OpenCase, order: CaseFileOrder): DocumentState[] =>
  Object.values(s.documents).filter((d) => d.status === 'issued' && !order.unnumbered.includes(d.type))

/** The file as it would be assembled now. Refuses while a paper waits for an opinion, a signature or its archival PDF. */
export const arrangeCase = (s: OpenCase, words: FileWords): readonly FileItem[] | Refusal => {
  const name = (d: DocumentState): string => {
    const definition = words.law.document(d.type)
    return `《${definition === undefined ? d.type : nameOf(definition, d.data)}》`
  }
  const pending = Object.values(s.documents).filter(
    (d) => d.status === 'submitted' && !words.order.unnumbered.includes(d.type),
  )
  if (pending.length > 0)
    return refuse(
      'incomplete',
      `还有没有签发的文书：${pending.map(name).join('、')}`,
      '请先完成审批和签名，或者由审批人退回',
      words.order.citations,
    )
  const issued = issuedOf(s, words.order)
  const unrendered = issued.filter((d) => d.pdf === undefined)
  if (unrendered.length > 0)
    return refuse(
      'wrong-state',
      `存档 PDF 还在生成：${unrendered.map(name).join('、')}`,
      '通常在几秒内完成，请稍后再试',
    )
  const documents = issued.flatMap((d) => fileDocument(s, d, words) ?? [])
  return arrangeFile(words.order, documents, fileRecordings(s, words))
}
