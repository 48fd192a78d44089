import { decodeUtf8, utf8 } from '../bytes.ts'

export const BAGIT_TEXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

/** RFC 8493 §2.2.2, with the labels that a case package uses, always in this order. */
export type BagInfo = Readonly<{
  /** The organisation that made the package. */
  organisation: string
  /** yyyy-MM-dd */
  date: string
  /** The case's number. */
  caseNo: string
  payloadBytes: number
  payloadFiles: number
}>

const AGENT = 'Liuhen'

export const formatBagInfo = (info: BagInfo): Uint8Array =>
  utf8(
    `Source-Organization: ${info.organisation}\nBagging-Date: ${info.date}\nExternal-Identifier: ${info.caseNo}\n` +
      `Payload-Oxum: ${info.payloadBytes}.${info.payloadFiles}\nBag-Software-Agent: ${AGENT}\n`,
  )

const BAG_INFO = new RegExp(
  '^Source-Organization: (\\S.*)\\nBagging-Date: (\\d{4}-\\d{2}-\\d{2})\\nExternal-Identifier: (\\S.*)\\n' +
    `Payload-Oxum: (\\d{1,15})\\.(\\d{1,9})\\nBag-Software-Agent: ${AGENT}\\n$`,
)

/** Undefined for any text that formatBagInfo does not write. */
export const parseBagInfo = (bytes: Uint8Array): BagInfo | undefined => {
  const match = BAG_INFO.exec(decodeUtf8(bytes) ?? '')
  if (!match) return undefined
  const [, organisation = '', date = '', caseNo = '', payloadBytes, payloadFiles] = match
  return {
    organisation,
    date,
    caseNo,
    payloadBytes: Number(payloadBytes),
    payloadFiles: Number(payloadFiles),
  }
}
