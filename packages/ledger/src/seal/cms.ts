import { concat, equalBytes, toHex } from '../bytes.ts'
import type { Hashes } from '../hashes.ts'
import { authoritiesOf, type Certificate, readCertificate } from './certificate.ts'
import { type Der, hasTag, readDer, sequence, TAG, within } from './der.ts'
import { OID, oid } from './oids.ts'
import { isSignedBy } from './public-key.ts'

/** Who signed, and what does not hold; '' when everything does. */
export type CmsReading = Readonly<{
  certificate?: Certificate
  authorities: readonly Certificate[]
  fault: string
}>

const IMPLICIT_0 = 0xa0

const attributesOf = (signedAttrs: Der): ReadonlyMap<string, readonly Der[]> =>
  new Map(
    within(signedAttrs).map((attribute) => {
      const [type, values] = sequence(attribute)
      return [oid(type), within(hasTag(values, TAG.set))] as const
    }),
  )

type SignerInfo = Readonly<{ attributes: Der; digestAlgorithm: string; signature: Uint8Array }>

const signerOf = (infos: Der | undefined): SignerInfo => {
  const signers = within(hasTag(infos, TAG.set))
  if (signers.length !== 1) throw new RangeError('one signer expected')
  const [, , digestAlgorithm, attributes, , signature] = sequence(signers[0])
  return {
    digestAlgorithm: oid(sequence(digestAlgorithm)[0]),
    attributes: hasTag(attributes, IMPLICIT_0),
    signature: hasTag(signature, TAG.octets).content,
  }
}

/** The certificate that the signed attributes name by its digest: no other can be put in its place. */
const namedCertificate = (
  attributes: ReadonlyMap<string, readonly Der[]>,
  certificates: readonly Certificate[],
): Certificate | undefined => {
  const [value] = attributes.get(OID.signingCertificateV2) ?? []
  const [ids] = sequence(value)
  const members = sequence(sequence(ids)[0])
  // With SHA-256, the default, the algorithm is left out in DER; some write it all the same.
  const [first, second] = members
  const hash = first?.tag === TAG.octets ? first : oid(sequence(first)[0]) === OID.sha256 ? second : undefined
  const wanted = toHex(hasTag(hash, TAG.octets).content)
  return certificates.find((c) => c.fingerprint === wanted)
}

/** The digest of the content that the signer signed; undefined when the attributes are of another kind of content. */
const digestIn = (
  attributes: ReadonlyMap<string, readonly Der[]>,
  contentType: string,
): Uint8Array | undefined => {
  const [type] = attributes.get(OID.contentType) ?? []
  const [digest] = attributes.get(OID.messageDigest) ?? []
  return oid(type) === contentType ? hasTag(digest, TAG.octets).content : undefined
}

/** What was signed: its kind and its SHA-256. */
type Content = Readonly<{ contentType: string; digest: Uint8Array }>

const faultOf = (
  signer: SignerInfo,
  certificate: Certificate | undefined,
  { contentType, digest }: Content,
  hashes: Hashes,
): string => {
  const attributes = attributesOf(signer.attributes)
  if (signer.digestAlgorithm !== OID.sha256) return '摘要算法不是 SHA-256，本程序不能核验'
  const signed = digestIn(attributes, contentType)
  if (signed === undefined || !equalBytes(signed, digest)) return '所签的内容已经改动'
  if (certificate === undefined) return '签名没有指明所用的证书'
  if (certificate.key === undefined) return '证书的密钥种类本程序不能核验'
  const message = concat(Uint8Array.of(TAG.set), signer.attributes.raw.subarray(1))
  return isSignedBy(certificate.key, message, signer.signature, hashes) ? '' : '签名与证书的公钥不符'
}

const readSigned = (outer: Der) => {
  const [type, content] = sequence(outer)
  if (oid(type) !== OID.signedData) throw new RangeError('not signed data')
  const members = sequence(within(hasTag(content, IMPLICIT_0))[0])
  const [contentType, carried] = sequence(members[2])
  return { members, contentType: oid(contentType), carried }
}

const check = (members: readonly Der[], content: Content, hashes: Hashes): CmsReading => {
  const bag = members.find((m) => m.tag === IMPLICIT_0)
  const certificates = (bag === undefined ? [] : within(bag)).map((c) => readCertificate(c.raw, hashes))
  const signer = signerOf(members.at(-1))
  const certificate = namedCertificate(attributesOf(signer.attributes), certificates)
  return {
    ...(certificate === undefined ? {} : { certificate }),
    authorities: certificate === undefined ? [] : authoritiesOf(certificate, certificates, hashes),
    fault: faultOf(signer, certificate, content, hashes),
  }
}

/** A detached CMS signature (RFC 5652) with the attributes of PAdES over content of this SHA-256. Throws on malformed bytes. */
export const readCms = (bytes: Uint8Array, digest: Uint8Array, hashes: Hashes): CmsReading => {
  const outer = readDer(bytes)
  // The place that is not used is empty: nothing can be hidden behind the signature.
  if (bytes.subarray(outer.raw.length).some((byte) => byte !== 0)) throw new RangeError('not empty')
  return check(readSigned(outer).members, { contentType: OID.data, digest }, hashes)
}

/** A CMS signature that carries its content, of this kind. Throws on malformed bytes. */
export const readCarrying = (
  outer: Der,
  contentType: string,
  hashes: Hashes,
): CmsReading & Readonly<{ content: Uint8Array }> => {
  const signed = readSigned(outer)
  if (signed.contentType !== contentType) throw new RangeError('content of another kind')
  const { content } = hasTag(within(hasTag(signed.carried, IMPLICIT_0))[0], TAG.octets)
  return { ...check(signed.members, { contentType, digest: hashes.sha256(content) }, hashes), content }
}
