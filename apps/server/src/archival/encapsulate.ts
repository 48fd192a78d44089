import { findElement } from '@liuhen/domain/archival/describe'
import type { CaseOfObject } from '@liuhen/domain/archival/known-case'
import type { EmbeddedPaper } from '@liuhen/ledger/package/embedded-paper'
import type { BlobStore } from '../blobs/blob-store.ts'
import type { ArchivalExamined } from '../package-contents/archival-items.ts'
import type { DescribedPackage } from './describe-package.ts'
import { eepGaps } from './eep-gaps.ts'
import type { EepSigner } from './eep-signature.ts'
import { whyNoEep } from './eep-xml.ts'
import { makeEep, type WrappedFile } from './make-eep.ts'

export type Encapsulated = Readonly<{ files: readonly WrappedFile[]; examined: ArchivalExamined['eep'] }>

type Context = Readonly<{ agency: CaseOfObject['agency']; at: string; signer?: EepSigner }>

const isThePaper = (embedded: EmbeddedPaper, sha256: string): boolean =>
  'sha256' in embedded && embedded.sha256 === sha256

/** Every paper of an archived file that stands in its index; the others are named with the reason. One after another. */
export const encapsulate = async (
  blobs: Pick<BlobStore, 'open'>,
  { documents }: DescribedPackage,
  { agency, at, signer }: Context,
): Promise<Encapsulated> => {
  const files: WrappedFile[] = []
  const notIndexed: string[] = []
  const notSigned: string[] = []
  const faulty: string[] = []
  const exchanged: string[] = []
  for (const d of documents) {
    const { name, sha256 } = d.document
    const why = whyNoEep(d)
    if (why !== undefined) {
      const isIndexed = findElement(d.description.elements, 'M17') !== undefined
      if (isIndexed) faulty.push(`${name}：${why}`)
      else notIndexed.push(name)
      continue
    }
    const { file, embedded, isSigned } = await makeEep(blobs, d, agency, at, signer)
    const text = Buffer.concat([file.head, file.tail]).toString('utf8')
    faulty.push(...eepGaps(text).map((gap) => `${name}：缺 ${gap}`))
    if (signer !== undefined && !isSigned) notSigned.push(name)
    if (!isThePaper(embedded, sha256)) exchanged.push(name)
    files.push(file)
  }
  return {
    files,
    examined: { made: files.length, hasKey: signer !== undefined, notSigned, notIndexed, faulty, exchanged },
  }
}
