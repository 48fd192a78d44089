import { equalBytes, toHex } from '../bytes.ts'
import type { Hashes } from '../hashes.ts'
import { timeOf, type Certificate } from '../seal/certificate.ts'
import { readCarrying } from '../seal/cms.ts'
import { hasTag, readDer, sequence, TAG, type Der } from '../seal/der.ts'
import { OID, oid } from '../seal/oids.ts'

/** An RFC 3161 time stamp, read against the bytes that it is said to be over. */
export type TokenReading = Readonly<{
  /** RFC 3339, to the second; '' when it could not be read. */
  at: string
  serial: string
  /** As the asker sent it, in hex; '' when there is none. */
  nonce: string
  certificate?: Certificate
  authorities: readonly Certificate[]
  /** What does not hold; '' when everything does. */
  fault: string
}>

const UNREAD = { at: '', serial: '', nonce: '', authorities: [] }

/** A TimeStampResp with its status, or the token alone. */
const tokenIn = (bytes: Uint8Array): Der => {
  const outer = readDer(bytes)
  if (outer.raw.length !== bytes.length) throw new RangeError('something stands behind the token')
  const [first, token] = sequence(outer)
  if (first?.tag !== TAG.sequence) return outer
  const status = hasTag(sequence(first)[0], TAG.integer).content
  // granted, or granted with modifications
  if (status.length !== 1 || (status[0] !== 0 && status[0] !== 1) || token === undefined)
    throw new RangeError('the time stamp was not granted')
  return token
}

type Info = Readonly<{ at: string; serial: string; nonce: string; imprint: Uint8Array }>

/** TSTInfo: version, policy, imprint, serial, time, then what is optional. Fractions of a second are cut off. */
const infoIn = (content: Uint8Array): Info => {
  const [version, , imprint, serial, time, ...rest] = sequence(readDer(content))
  const [algorithm, digest] = sequence(imprint)
  if (toHex(hasTag(version, TAG.integer).content) !== '01') throw new RangeError('another version')
  if (oid(sequence(algorithm)[0]) !== OID.sha256) throw new RangeError('an imprint that is not SHA-256')
  const stated = hasTag(time, TAG.time)
  const dot = stated.content.indexOf(0x2e)
  const whole = dot < 0 ? stated.content : new Uint8Array([...stated.content.subarray(0, dot), 0x5a])
  const nonce = rest.find((member) => member.tag === TAG.integer)
  return {
    at: timeOf({ ...stated, content: whole }),
    serial: toHex(hasTag(serial, TAG.integer).content),
    nonce: nonce === undefined ? '' : toHex(nonce.content),
    imprint: hasTag(digest, TAG.octets).content,
  }
}

const isWithin = ({ notBefore, notAfter }: Certificate, at: string): boolean =>
  Date.parse(notBefore) <= Date.parse(at) && Date.parse(at) <= Date.parse(notAfter)

const faultIn = (info: Info, digest: Uint8Array, certificate: Certificate | undefined): string => {
  if (!equalBytes(info.imprint, digest)) return '时间戳盖的不是这份检查点'
  if (certificate === undefined) return '时间戳没有附签发者的证书'
  if (!certificate.isTimeStamping) return '签发者的证书不是专用于时间戳的'
  return isWithin(certificate, info.at) ? '' : '签发时签发者的证书不在有效期内'
}

/** Reads a token over bytes of this SHA-256: signature, purpose and dates of the certificate. Whose it is, the reader says. Never throws. */
export const readToken = (bytes: Uint8Array, digest: Uint8Array, hashes: Hashes): TokenReading => {
  try {
    const { content, certificate, authorities, fault } = readCarrying(tokenIn(bytes), OID.tstInfo, hashes)
    const { at, serial, nonce, ...info } = infoIn(content)
    return {
      at,
      serial,
      nonce,
      ...(certificate === undefined ? {} : { certificate }),
      authorities,
      fault: fault || faultIn({ at, serial, nonce, ...info }, digest, certificate),
    }
  } catch {
    return { ...UNREAD, fault: '时间戳无法识别，或者所用的算法本程序不能核验' }
  }
}
