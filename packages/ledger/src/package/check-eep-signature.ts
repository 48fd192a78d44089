import { fromBase64, toHex, utf8 } from '../bytes.ts'
import { authoritiesOf, type Certificate, readCertificate } from '../seal/certificate.ts'
import { isSignedBy } from '../seal/public-key.ts'
import { checkKey, trustedIn } from './check-seals.ts'
import { isUnsigned, SIGNATURE, SIGNATURE_ALGORITHMS, SIGNED_OBJECT, signingRule } from './eep-rule.ts'
import type { Primitives } from './primitives.ts'
import type { Scan } from './read-package.ts'
import { fail, type Item, notChecked, pass } from './report.ts'

const FORM =
  /^\s*<电子签名块>\s*(<电子签名>(?:(?!<\/?电子签名>)[^])*<\/电子签名>)\s*<\/电子签名块>\s*<锁定签名>((?:(?!<\/?锁定签名>)[^])*)<\/锁定签名>\s*<\/电子文件封装包>\s*$/

const textsIn = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text)

type Signer = Readonly<{ certificate: Certificate; authorities: readonly Certificate[] }>
type Outcome = Signer | 'unknown' | 'broken'

/** One signature over the digest of an element: who made it, or that it does not hold, or that its rule is not ours. */
const judge = (xml: string, element: string, digest: string, p: Primitives): Outcome => {
  const [rule] = textsIn(xml, '签名规则')
  const [algorithm] = textsIn(xml, '签名算法标识')
  if (rule !== signingRule(element)) return 'unknown'
  try {
    const [certificate, ...others] = textsIn(xml, '证书').map((text) =>
      readCertificate(fromBase64(text) ?? new Uint8Array(), p),
    )
    const key = certificate?.key
    if (certificate === undefined || key === undefined) return 'unknown'
    if (SIGNATURE_ALGORITHMS[key.algorithm] !== algorithm) return 'broken'
    const signature = fromBase64(textsIn(xml, '签名结果')[0] ?? '') ?? new Uint8Array()
    return isSignedBy(key, utf8(digest), signature, p)
      ? { certificate, authorities: authoritiesOf(certificate, others, p) }
      : 'broken'
  } catch {
    return 'broken'
  }
}

type Judged = Readonly<{ item: Item; signer?: Signer }>

const judgeEep = (path: string, behind: string, objectSha256: string, p: Primitives): Judged => {
  const [, own, lock] = FORM.exec(behind) ?? []
  if (own === undefined || lock === undefined)
    return { item: fail('eep-signature', path, '电子签名块、锁定签名的写法不合规范') }
  const signer = judge(own, SIGNED_OBJECT, objectSha256, p)
  const locked = judge(lock, SIGNATURE, toHex(p.sha256(utf8(own))), p)
  if (signer === 'broken') return { item: fail('eep-signature', path, '电子签名不成立') }
  if (locked === 'broken') return { item: fail('eep-signature', path, '锁定签名不成立') }
  if (signer === 'unknown' || locked === 'unknown')
    return { item: notChecked('eep-signature', path, '签名规则或者证书的种类不是本程序认识的') }
  return { item: pass('eep-signature', path, `签名人证书：${signer.certificate.name}`), signer }
}

const keyOf = ({ certificate, authorities }: Signer) => ({
  by: 'agency',
  certificate: { ...certificate, authorities: authorities.map((a) => a.fingerprint) },
  fault: '',
})

/** One line for all: signatures are optional, and whoever takes one away leaves nothing that tells of it. */
const checkUnsigned = (unsigned: number, all: number): Item[] =>
  unsigned === 0
    ? []
    : [notChecked('eep-signature', 'metadata/eep/', `没有电子签名：${all} 件中的 ${unsigned} 件`)]

/** Signatures on encapsulations; whose certificate it is, is said once of each. */
export const checkEepSignatures = (
  scan: Scan,
  o: Readonly<{ policy: string | undefined; primitives: Primitives; sealsUnread?: string | undefined }>,
): Item[] => {
  const all = [...scan.files].flatMap(([path, { embedded }]) =>
    embedded === undefined || 'fault' in embedded ? [] : [{ path, ...embedded }],
  )
  const signed = all.filter(({ behind }) => !isUnsigned(behind))
  const judged = signed.map(
    ({ path, behind, objectSha256 }): Judged =>
      o.sealsUnread === undefined
        ? judgeEep(path, behind, objectSha256, o.primitives)
        : { item: notChecked('eep-signature', path, o.sealsUnread) },
  )
  const signers = new Map(
    judged.flatMap(({ signer: s }) => (s ? [[s.certificate.fingerprint, s] as const] : [])),
  )
  const trusted = trustedIn(o.policy)
  return [
    ...judged.map(({ item }) => item),
    ...checkUnsigned(all.length - signed.length, all.length),
    ...[...signers.values()].map((signer) => checkKey('metadata/eep/', keyOf(signer), trusted)),
  ]
}
