import { createHash } from 'node:crypto'
import * as asn1js from 'asn1js'
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs'
import type { HeldCertificate } from './seal-provider.ts'

const SHA256 = '2.16.840.1.101.3.4.2.1'
const DATA = '1.2.840.113549.1.7.1'
const SIGNATURES: Readonly<Record<string, string>> = {
  'rsa-sha256': '1.2.840.113549.1.1.11',
  'ecdsa-sha256': '1.2.840.10045.4.3.2',
}

const own = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer
const octets = (bytes: Uint8Array): asn1js.OctetString => new asn1js.OctetString({ valueHex: own(bytes) })

const hashAlgorithm = (): AlgorithmIdentifier =>
  new AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1js.Null() })

/** ESSCertIDv2: SHA-256 is the default and is not written. */
const signingCertificate = (certificate: Uint8Array): asn1js.Sequence => {
  const digest = createHash('sha256').update(certificate).digest()
  const id = new asn1js.Sequence({ value: [octets(digest)] })
  return new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [id] })] })
}

/** PAdES B-B: exactly these three. A time of signing stands in the PDF's dictionary, not here. */
const attributesFor = (certificate: Uint8Array, digest: Uint8Array): Attribute[] => {
  const attributes = [
    new Attribute({
      type: '1.2.840.113549.1.9.3',
      values: [new asn1js.ObjectIdentifier({ value: DATA })],
    }),
    new Attribute({ type: '1.2.840.113549.1.9.4', values: [octets(digest)] }),
    new Attribute({
      type: '1.2.840.113549.1.9.16.2.47',
      values: [signingCertificate(certificate)],
    }),
  ]
  // DER orders the members of a set by their bytes.
  const bytesOf = (a: Attribute): Buffer => Buffer.from(a.toSchema().toBER())
  return attributes.toSorted((a, b) => Buffer.compare(bytesOf(a), bytesOf(b)))
}

const signerInfo = (held: HeldCertificate, certificate: Certificate, attributes: Attribute[]): SignerInfo => {
  const algorithmId = SIGNATURES[held.algorithm]
  if (algorithmId === undefined) throw new Error(`no CMS is made with ${held.algorithm}`)
  const rsa = held.algorithm === 'rsa-sha256' ? { algorithmParams: new asn1js.Null() } : {}
  return new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({
      issuer: certificate.issuer,
      serialNumber: certificate.serialNumber,
    }),
    digestAlgorithm: hashAlgorithm(),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: new AlgorithmIdentifier({ algorithmId, ...rsa }),
  })
}

const SET_TAG = 0x31

/** A detached CMS for PAdES over content of this SHA-256; `sign` has the key. */
export const makeCms = async (
  held: HeldCertificate,
  digest: Uint8Array,
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> => {
  const [certificate, ...above] = [held.certificate, ...held.authorities].map((der) =>
    Certificate.fromBER(own(der)),
  )
  if (certificate === undefined) throw new Error('the first one is the own')
  const info = signerInfo(held, certificate, attributesFor(held.certificate, digest))
  const signed = new Uint8Array(info.signedAttrs?.toSchema().toBER() ?? new ArrayBuffer())
  signed[0] = SET_TAG
  info.signature = octets(await sign(signed))
  const data = new SignedData({
    version: 1,
    digestAlgorithms: [hashAlgorithm()],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: DATA }),
    certificates: [certificate, ...above],
    signerInfos: [info],
  })
  const content = new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: data.toSchema(true) })
  return new Uint8Array(content.toSchema().toBER())
}
