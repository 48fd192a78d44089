import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import * as asn1js from 'asn1js'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  Extension,
  PublicKeyInfo,
  Time,
  TimeType,
} from 'pkijs'

const makePair = promisify(generateKeyPair)

/** A key with its certificate, as files hold them. */
export type MadeCertificate = Readonly<{ keyPem: string; certificate: Uint8Array }>

type Subject = Readonly<{ name: string; organisation: string }>
type Authority = Readonly<{ key: KeyObject; certificate: Uint8Array }>

const YEAR_MS = 365.25 * 24 * 3600 * 1000
const YEARS = 10

const named = (type: string, text: string): AttributeTypeAndValue =>
  new AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value: text }) })

const constraints = (cA: boolean): Extension =>
  new Extension({
    extnID: '2.5.29.19',
    critical: true,
    extnValue: new BasicConstraints({ cA }).toSchema().toBER(),
  })

/** digitalSignature and nonRepudiation, or keyCertSign. */
const usage = (cA: boolean): Extension =>
  new Extension({
    extnID: '2.5.29.15',
    critical: true,
    extnValue: new asn1js.BitString({
      valueHex: Uint8Array.of(cA ? 0x04 : 0xc0).buffer,
      unusedBits: cA ? 2 : 6,
    }).toBER(),
  })

const timeOf = (ms: number): Time => new Time({ type: TimeType.GeneralizedTime, value: new Date(ms) })

/** Signs a filled certificate; the algorithm stands inside and outside, as X.509 wants it. */
const issue = (certificate: Certificate, key: KeyObject): Uint8Array => {
  const algorithm = new AlgorithmIdentifier({
    algorithmId: '1.2.840.113549.1.1.11',
    algorithmParams: new asn1js.Null(),
  })
  certificate.signature = algorithm
  certificate.signatureAlgorithm = algorithm
  const tbs = certificate.encodeTBS()
  certificate.tbsView = new Uint8Array(tbs.toBER())
  const signature = sign('sha256', certificate.tbsView, key)
  certificate.signatureValue = new asn1js.BitString({ valueHex: Uint8Array.from(signature).buffer })
  return new Uint8Array(certificate.toSchema(true).toBER())
}

/**
 * An RSA key and its certificate: an authority's own when no authority is given. For demonstrations and first trials;
 * an agency's real certificate comes from its certification authority.
 */
export const makeCertificate = async (
  subject: Subject,
  at: string,
  authority?: Authority,
): Promise<MadeCertificate> => {
  const pair = await makePair('rsa', { modulusLength: 2048 })
  const certificate = new Certificate()
  certificate.version = 2
  certificate.serialNumber = new asn1js.Integer({ valueHex: positive(randomBytes(12)).buffer })
  certificate.subject.typesAndValues = [
    named('2.5.4.10', subject.organisation),
    named('2.5.4.3', subject.name),
  ]
  certificate.issuer.typesAndValues =
    authority === undefined
      ? certificate.subject.typesAndValues
      : Certificate.fromBER(Uint8Array.from(authority.certificate)).subject.typesAndValues
  const now = Date.parse(at)
  certificate.notBefore = timeOf(now - YEAR_MS)
  certificate.notAfter = timeOf(now + YEARS * YEAR_MS)
  const spki = pair.publicKey.export({ type: 'spki', format: 'der' })
  certificate.subjectPublicKeyInfo = PublicKeyInfo.fromBER(Uint8Array.from(spki))
  const isAuthority = authority === undefined
  certificate.extensions = [constraints(isAuthority), usage(isAuthority)]
  return {
    keyPem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: issue(certificate, authority?.key ?? pair.privateKey),
  }
}

/** A serial number is positive and in its shortest form. */
const positive = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const copy = Uint8Array.from(bytes)
  copy[0] = ((copy[0] ?? 0) & 0x3f) | 0x40
  return copy
}

export const authorityOf = (made: MadeCertificate): Authority => ({
  key: createPrivateKey(made.keyPem),
  certificate: made.certificate,
})
