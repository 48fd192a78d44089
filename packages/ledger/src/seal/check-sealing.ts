import { fromBase64, toHex } from '../bytes.ts'
import type { StreamHashes } from '../hashes.ts'
import { readCertificate } from './certificate.ts'
import { isSignedBy } from './public-key.ts'
import { readSeals, type SealCertificate, type SealReading } from './read-seals.ts'

/** What the record says of the signatures on a paper. */
export type StatedSealing = Readonly<{
  unsealed: Readonly<{ sha256: string; sizeBytes: number }>
  seals: readonly Readonly<{ by: string; certificate: string; range: readonly number[] }>[]
  beside?: readonly Readonly<{
    algorithm: string
    certificate: string
    x509: string
    signature: string
  }>[]
}>

export type CheckedSeal = Readonly<{
  by: string
  certificate: SealCertificate
  /** '' when the signature holds and is the one that the record states. */
  fault: string
}>

/** Faults of the paper as a whole, and each signature with its own. */
export type SealingFinding = Readonly<{ faults: readonly string[]; seals: readonly CheckedSeal[] }>

const UNREAD: SealCertificate = {
  fingerprint: '',
  name: '',
  organisation: '',
  issuerName: '',
  notBefore: '',
  notAfter: '',
  authorities: [],
}

const compare = (stated: StatedSealing['seals'][number], found: SealReading | undefined): CheckedSeal => {
  const { by } = stated
  if (found === undefined) return { by, certificate: UNREAD, fault: '文书里没有记录所说的签名' }
  const certificate = found.certificate ?? UNREAD
  if (found.fault !== '') return { by, certificate, fault: found.fault }
  if (certificate.fingerprint !== stated.certificate)
    return { by, certificate, fault: '所用的证书不是记录所指的那一张' }
  const same = found.range.every((n, i) => n === stated.range[i])
  return { by, certificate, fault: same ? '' : '签名所及的字节与记录不符' }
}

const checkBeside = (
  pdf: Uint8Array,
  stated: NonNullable<StatedSealing['beside']>[number],
  hashes: StreamHashes,
): CheckedSeal => {
  const [x509, signature] = [fromBase64(stated.x509), fromBase64(stated.signature)]
  const by = 'agency'
  try {
    const c = readCertificate(x509 ?? new Uint8Array(), hashes)
    const { fingerprint, name, organisation, issuerName, notBefore, notAfter } = c
    const certificate = {
      fingerprint,
      name,
      organisation,
      issuerName,
      notBefore,
      notAfter,
      authorities: [],
    }
    if (fingerprint !== stated.certificate)
      return { by, certificate, fault: '所附的证书不是记录所指的那一张' }
    const holds =
      c.key?.algorithm === stated.algorithm &&
      signature !== undefined &&
      isSignedBy(c.key, pdf, signature, hashes)
    return { by, certificate, fault: holds ? '' : '国密签名与文书的字节或者证书不符' }
  } catch {
    return { by, certificate: UNREAD, fault: '国密证书无法识别' }
  }
}

/** Checks a paper's bytes against what the record says of its signatures. Never throws. */
export const checkSealing = (
  pdf: Uint8Array,
  stated: StatedSealing,
  hashes: StreamHashes,
): SealingFinding => {
  const found = readSeals(pdf, hashes)
  const seals = [
    ...stated.seals.map((s, i) => compare(s, found[i])),
    ...(stated.beside ?? []).map((b) => checkBeside(pdf, b, hashes)),
  ]
  const { sha256, sizeBytes } = stated.unsealed
  const before = toHex(hashes.sha256(pdf.subarray(0, sizeBytes)))
  return {
    faults: [
      ...(found.length > stated.seals.length ? ['文书里有记录没有说到的签名'] : []),
      ...((found.at(-1)?.end ?? 0) === pdf.length ? [] : ['最后一个签名之后又添加了内容']),
      ...(before === sha256 ? [] : ['盖章之前的字节与记录不符']),
    ],
    seals,
  }
}
