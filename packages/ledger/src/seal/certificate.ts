import { decodeUtf8, equalBytes, toHex } from '../bytes.ts'
import type { Hashes } from '../hashes.ts'
import { bits, type Der, hasTag, readDer, sequence, TAG, within } from './der.ts'
import { OID, oid } from './oids.ts'
import { isSignedBy, type PublicKey, readPublicKey } from './public-key.ts'

/** X.509, as far as a seal needs it. */
export type Certificate = Readonly<{
  raw: Uint8Array
  /** SHA-256 of the certificate, lower-case hex: what an agency publishes and a reader compares. */
  fingerprint: string
  name: string
  organisation: string
  issuerName: string
  /** RFC 3339, to the second. */
  notBefore: string
  notAfter: string
  key: PublicKey | undefined
  subject: Uint8Array
  issuer: Uint8Array
  isAuthority: boolean
  /** Its key is for time stamps and for nothing else (RFC 3161 §2.3). */
  isTimeStamping: boolean
  tbs: Uint8Array
  signature: Uint8Array
}>

/** UTF8String, PrintableString and their like; a BMPString is told by its bytes. */
const textOf = (value: Der): string => decodeUtf8(value.content) ?? toHex(value.content)

const nameIn = (name: Der, attribute: string): string => {
  for (const set of sequence(name))
    for (const pair of within(hasTag(set, TAG.set))) {
      const [type, value] = sequence(pair)
      if (value !== undefined && oid(type) === attribute) return textOf(value)
    }
  return ''
}

export const timeOf = (value: Der | undefined): string => {
  const text = decodeUtf8(value?.content ?? new Uint8Array()) ?? ''
  const whole = value?.tag === TAG.utcTime ? `${text < '50' ? '20' : '19'}${text}` : text
  const m = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(whole)
  if (m === null) throw new RangeError('not a time')
  return `${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}Z`
}

const isAuthority = (extensions: readonly Der[]): boolean =>
  extensions.some((extension) => {
    const [type, ...rest] = sequence(extension)
    if (oid(type) !== OID.basicConstraints) return false
    const [ca] = sequence(readDer(hasTag(rest.at(-1), TAG.octets).content))
    return ca?.tag === TAG.boolean && ca.content[0] === 0xff
  })

/** The extension is marked critical and names the one purpose. */
const isTimeStamping = (extensions: readonly Der[]): boolean =>
  extensions.some((extension) => {
    const [type, critical, value] = sequence(extension)
    if (oid(type) !== OID.extendedKeyUsage || critical?.tag !== TAG.boolean || critical.content[0] !== 0xff)
      return false
    const purposes = sequence(readDer(hasTag(value, TAG.octets).content))
    return purposes.length === 1 && oid(purposes[0]) === OID.timeStamping
  })

const EXTENSIONS = 0xa3
const VERSION = 0xa0

/** Throws on what is no certificate. */
export const readCertificate = (raw: Uint8Array, hashes: Pick<Hashes, 'sha256'>): Certificate => {
  const outer = readDer(raw)
  const [tbs, , signature] = sequence(outer)
  const members = sequence(tbs)
  const from = members[0]?.tag === VERSION ? 1 : 0
  const [, , issuer, validity, subject, spki] = members.slice(from)
  if (tbs === undefined || issuer === undefined || subject === undefined) throw new RangeError('cut')
  const [notBefore, notAfter] = sequence(validity)
  const extensions = members.find((m) => m.tag === EXTENSIONS)
  return {
    raw: outer.raw,
    fingerprint: toHex(hashes.sha256(outer.raw)),
    name: nameIn(subject, OID.commonName),
    organisation: nameIn(subject, OID.organisation),
    issuerName: nameIn(issuer, OID.commonName),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    key: readPublicKey(spki),
    subject: subject.raw,
    issuer: issuer.raw,
    isAuthority: extensions !== undefined && isAuthority(sequence(within(extensions)[0])),
    isTimeStamping: extensions !== undefined && isTimeStamping(sequence(within(extensions)[0])),
    tbs: tbs.raw,
    signature: bits(signature),
  }
}

const isIssuedBy = (c: Certificate, by: Certificate, hashes: Hashes): boolean =>
  by.isAuthority &&
  by.key !== undefined &&
  equalBytes(c.issuer, by.subject) &&
  isSignedBy(by.key, c.tbs, c.signature, hashes)

const MAX_CHAIN = 4

/** Those of `others` that stand above the certificate, each having signed the one before. */
export const authoritiesOf = (
  leaf: Certificate,
  others: readonly Certificate[],
  hashes: Hashes,
): readonly Certificate[] => {
  const chain: Certificate[] = []
  for (let last = leaf; chain.length < MAX_CHAIN; ) {
    const next = others.find((o) => o.fingerprint !== last.fingerprint && isIssuedBy(last, o, hashes))
    if (next === undefined || chain.includes(next)) return chain
    chain.push(next)
    last = next
  }
  return chain
}
