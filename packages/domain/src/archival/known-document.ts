import type { Sealing } from '../case/events.ts'
import type { OpenCase } from '../case/state.ts'
import type { DocumentState } from '../document/state.ts'
import type { Known } from './describe.ts'
import {
  type Act,
  actsAsKnown,
  agentsOf,
  archivalTime,
  type CaseOfObject,
  knownOfPlace,
  personIn,
  notesOf,
} from './known-case.ts'

/** A paper as it lies in the package. */
export type PackedDocument = Readonly<{
  /** Below data/documents/. */
  name: string
  title: string
  volume: 'main' | 'sub'
  pages: number
  sha256: string
  sizeBytes: number
}>

const ALGORITHMS: Readonly<Record<Sealing['seals'][number]['algorithm'], string>> = {
  'rsa-sha256': 'RSA-SHA256',
  'ecdsa-sha256': 'ECDSA-SHA256',
  'sm2-sm3': 'SM2-SM3',
}

const signaturesOf = ({ pdf, issuedAt }: DocumentState, agency: string): readonly Known[] => {
  const at = issuedAt && archivalTime(issuedAt)
  const inside = (pdf?.sealing?.seals ?? []).map((s) => ({
    rule: `PAdES，嵌入 PDF，覆盖字节 ${s.range[0]}–${s.range[1]} 和 ${s.range[2]}–${s.range[2] + s.range[3]}`,
    at,
    // Which officer it is, the certificate says; the record keeps its fingerprint.
    signer: s.by === 'agency' ? agency : undefined,
    certificate: `证书 SHA-256 ${s.certificate}`,
    algorithm: ALGORITHMS[s.algorithm],
  }))
  const beside = (pdf?.sealing?.beside ?? []).map((s) => ({
    rule: 'PDF 全部字节之外另附的签名，见文书制发的事件',
    at,
    signer: agency,
    certificate: `证书 SHA-256 ${s.certificate}`,
    algorithm: ALGORITHMS[s.algorithm],
  }))
  return [...inside, ...beside]
}

const relationsOf = ({ about, corrects, corrected }: DocumentState): readonly Known[] => [
  ...(about === undefined
    ? []
    : [
        {
          id: about,
          relation: '关联',
          detail: corrects === true ? '本件更正所指的文书' : '本件所涉的文书或者音像',
        },
      ]),
  ...(corrected === undefined
    ? []
    : [{ id: corrected.by, relation: '关联', detail: '本件由所指的文书更正' }]),
]

/**
 * To whom it was served. Who signed for an organisation or a shop received it for that: the paper is addressed to the
 * party, and not to its representative.
 */
const addressees = ({ party }: OpenCase, d: DocumentState): readonly string[] => {
  const named = (name: string): string =>
    party !== undefined && name === party.representative ? party.name : name
  return [...new Set(d.served.flatMap((s) => (s.recipient === undefined ? [] : [named(s.recipient)])))]
}

const fate = (d: DocumentState): string | undefined => {
  if (d.status === 'voided') return '已作废'
  return d.corrected === undefined ? undefined : '已更正'
}

/** What the record holds of a paper, by the names that a scheme of the archives asks for. */
export const knownOfDocument = (
  c: CaseOfObject,
  d: DocumentState,
  packed: PackedDocument,
  acts: readonly Act[],
): Known => {
  const { state, agency } = c
  const item = state.file?.find((i) => i.documentId === d.id)
  const recipients = addressees(state, d)
  return {
    ...knownOfPlace(state, item, packed.volume),
    id: d.id,
    agency: agency.name,
    title: packed.title,
    caseTitle: state.title,
    party: personIn(state),
    number: d.number,
    date: d.issuedOn,
    recipients: recipients.length === 0 ? undefined : recipients.join('；'),
    // Only what was made public itself: the summary. A decision goes to the parties and stays in the file.
    openness: state.disclosure?.documentId === d.id ? 'published' : 'kept',
    pages: String(packed.pages),
    version: d.status === 'issued' ? '定稿' : undefined,
    format: '格式名称：PDF；格式版本：PDF/A-3b；MIME媒体类型：application/pdf',
    fileName: packed.name.split('/').at(-1),
    sizeBytes: String(packed.sizeBytes),
    path: `data/documents/${packed.name}`,
    signatures: signaturesOf(d, agency.name),
    notes: notesOf([
      state.caseNo === undefined ? undefined : `案号：${state.caseNo}`,
      fate(d),
      `SHA-256：${packed.sha256}`,
    ]),
    agents: agentsOf(c, acts),
    acts: actsAsKnown(acts, d.id),
    relations: relationsOf(d),
  }
}
