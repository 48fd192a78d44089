import type { ResponseOf } from '@liuhen/api/route'
import type { documentSeals } from '@liuhen/api/routes/documents'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { noDocument } from '@liuhen/domain/document/decide'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { toHex } from '@liuhen/ledger/bytes'
import { purePrimitives } from '@liuhen/ledger/package/primitives'
import { checkSealing } from '@liuhen/ledger/seal/check-sealing'
import { type BlobDeps, openBlob } from '../blobs/put-blob.ts'
import { type CaseDeps, openPapersIn } from '../case-stream/open-case.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import { withAgency } from '../postgres/transaction.ts'

type Seals = ResponseOf<typeof documentSeals>
type Pdf = NonNullable<DocumentState['pdf']>

const hashes = { ...purePrimitives, ...nodeHashes }

const bytesOf = async (blobs: BlobDeps, sha256: string): Promise<Uint8Array> => {
  const opened = await openBlob(blobs, sha256)
  if (opened === undefined) throw new Error(`no verified blob ${sha256}`)
  return new Uint8Array(Buffer.concat(await opened.stream.toArray()))
}

const found = async (blobs: BlobDeps, { blob, sealing }: Pdf): Promise<Pick<Seals, 'faults' | 'seals'>> => {
  if (sealing === undefined) return { faults: [], seals: [] }
  const bytes = await bytesOf(blobs, blob.sha256)
  const { faults, seals } = checkSealing(bytes, sealing, hashes)
  const altered = toHex(hashes.sha256(bytes)) === blob.sha256 ? [] : ['文件的摘要与记录不符']
  return {
    faults: [...altered, ...faults],
    seals: seals.map(({ by, fault, certificate: c }, i) => ({
      by: by === 'officer' ? 'officer' : 'agency',
      name: c.name,
      organisation: c.organisation,
      issuerName: c.issuerName,
      certificate: c.fingerprint,
      notBefore: c.notBefore,
      notAfter: c.notAfter,
      beside: i >= sealing.seals.length,
      fault,
    })),
  }
}

/** The seals of an issued paper, checked against its bytes as they lie in the store now. */
export const documentSealsOf = async (
  deps: CaseDeps & Readonly<{ blobs: BlobDeps }>,
  actor: Actor,
  caseId: string,
  documentId: string,
): Promise<Seals | Refusal> => {
  const paper = await withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openPapersIn(deps, tx, actor, caseId)
    if (isRefusal(c)) return c
    const doc = c.state.documents[documentId]
    if (doc === undefined) return noDocument
    if (doc.pdf === undefined)
      return refuse('wrong-state', '存档 PDF 还没有生成，没有电子印章和签名。', '请在文书制发以后再看。')
    return { pdf: doc.pdf, wanted: c.law.document(doc.type)?.seal === true }
  })
  if (isRefusal(paper)) return paper
  const { pdf, wanted } = paper
  return present({ wanted, notSealed: pdf.notSealed, ...(await found(deps.blobs, pdf)) })
}
