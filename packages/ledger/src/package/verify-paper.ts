import type { StreamHashes } from '../hashes.ts'
import { readSeals, type SealReading } from '../seal/read-seals.ts'
import { checkKey } from './check-seals.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

/** INCOMPLETE: the bytes hold, and whose certificate it is nobody has said. Anybody can seal with a certificate of their own. */
export type PaperReport = Readonly<{ verdict: 'PASS' | 'INCOMPLETE' | 'FAIL'; items: readonly Item[] }>

/** The last signature covers the whole, those before it too: it is the one that the reader has to know. */
const verdictOf = (items: readonly Item[]): PaperReport['verdict'] => {
  if (items.some((i) => i.result === 'FAIL')) return 'FAIL'
  return items.findLast((i) => i.check === 'seal-key')?.result === 'PASS' ? 'PASS' : 'INCOMPLETE'
}

const UNKNOWN_TIME =
  '单独一份文书不能证明何时制发，证书当时是否在有效期内没有核对；请看证书的有效期，或者核验案卷包'

const checkOne = (name: string, seal: SealReading, isLast: boolean, sizeBytes: number): Item => {
  if (seal.fault !== '') return fail('seal', name, seal.fault)
  if (seal.certificate === undefined) return fail('seal', name, '签名没有附证书')
  const { name: signer, fingerprint } = seal.certificate
  const said = `${signer}，证书指纹 ${fingerprint}，签署至第 ${seal.end} 字节`
  if (isLast && seal.end !== sizeBytes)
    return fail('seal', name, `${said}；此后又添加了 ${sizeBytes - seal.end} 字节`)
  return pass('seal', name, isLast ? `${said}，即全文` : said)
}

/** One paper alone, as somebody received it: its signatures say whether its bytes are as they were signed, and by which certificate. */
export const verifyPaper = (
  name: string,
  pdf: Uint8Array,
  options: Readonly<{ trusted: readonly string[]; hashes: StreamHashes }>,
): PaperReport => {
  const seals = readSeals(pdf, options.hashes)
  const items = [
    ...(seals.length === 0 ? [fail('seal', name, '没有电子印章，也没有电子签名')] : []),
    ...seals.map((seal, i) => checkOne(name, seal, i === seals.length - 1, pdf.length)),
    ...seals.flatMap(({ certificate, fault }) =>
      certificate === undefined || fault !== ''
        ? []
        : [checkKey(name, { by: '', certificate, fault }, options.trusted)],
    ),
    ...(seals.some((s) => s.fault === '') ? [notChecked('seal-date', name, UNKNOWN_TIME)] : []),
  ]
  return { verdict: verdictOf(items), items }
}
