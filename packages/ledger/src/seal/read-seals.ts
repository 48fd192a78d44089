import { fromHex, utf8 } from '../bytes.ts'
import type { StreamHashes } from '../hashes.ts'
import type { Certificate } from './certificate.ts'
import { type CmsReading, readCms } from './cms.ts'

/** Bytes that a signature covers: from the first for the second, and from the third for the fourth. */
export type ByteRange = readonly [0, number, number, number]

/** One signature inside a PDF. */
export type SealReading = Readonly<{
  range: ByteRange
  /** The signature covers the file up to here, but for its own place. */
  end: number
  /** What does not hold; '' when everything does. */
  fault: string
  certificate?: SealCertificate
}>

export type SealCertificate = Readonly<
  Pick<Certificate, 'fingerprint' | 'name' | 'organisation' | 'issuerName' | 'notBefore' | 'notAfter'> & {
    /** Fingerprints of the authorities above it that came along and have signed one another. */
    authorities: readonly string[]
  }
>

const NAME = utf8('ByteRange')
const SLASH = 0x2f
const LONGEST_ARRAY = 80

const isAt = (bytes: Uint8Array, at: number, text: Uint8Array): boolean =>
  text.every((byte, i) => bytes[at + i] === byte)

const asciiOf = (bytes: Uint8Array): string => {
  let out = ''
  for (const byte of bytes) out += String.fromCharCode(byte)
  return out
}

/** The four numbers, where they frame a hexadecimal string in this file. */
const rangeAt = (bytes: Uint8Array, at: number): ByteRange | undefined => {
  const text = asciiOf(bytes.subarray(at, at + LONGEST_ARRAY))
  const m = /^\s*\[\s*0\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/.exec(text)
  if (m === null) return undefined
  const [first, second, rest] = [Number(m[1]), Number(m[2]), Number(m[3])]
  if (first >= second || second + rest > bytes.length) return undefined
  return bytes[first] === 0x3c && bytes[second - 1] === 0x3e ? [0, first, second, rest] : undefined
}

/**
 * Each signature costs a digest of the file up to its end: a file that names thousands would keep the verifier busy for
 * hours. A paper has a few signers.
 */
const MOST_SEALS = 64

/** Stops when there is one too many. */
const rangesIn = (bytes: Uint8Array): readonly ByteRange[] => {
  const found: ByteRange[] = []
  for (
    let at = bytes.indexOf(SLASH);
    at >= 0 && found.length <= MOST_SEALS;
    at = bytes.indexOf(SLASH, at + 1)
  ) {
    if (!isAt(bytes, at + 1, NAME)) continue
    const range = rangeAt(bytes, at + 1 + NAME.length)
    if (range !== undefined) found.push(range)
  }
  return found.toSorted((a, b) => a[2] + a[3] - (b[2] + b[3]))
}

const tellCertificate = ({ certificate: c, authorities }: CmsReading): Pick<SealReading, 'certificate'> => {
  if (c === undefined) return {}
  const { fingerprint, name, organisation, issuerName, notBefore, notAfter } = c
  const above = authorities.map((a) => a.fingerprint)
  return {
    certificate: { fingerprint, name, organisation, issuerName, notBefore, notAfter, authorities: above },
  }
}

const readOne = (bytes: Uint8Array, range: ByteRange, hashes: StreamHashes): SealReading => {
  const [, first, second, rest] = range
  const end = second + rest
  try {
    const hasher = hashes.startSha256()
    hasher.update(bytes.subarray(0, first))
    hasher.update(bytes.subarray(second, end))
    const hex = asciiOf(bytes.subarray(first + 1, second - 1)).toLowerCase()
    const cms = fromHex(hex)
    if (cms === undefined) return { range, end, fault: '签名不是十六进制' }
    const reading = readCms(cms, hasher.digest(), hashes)
    return { range, end, fault: reading.fault, ...tellCertificate(reading) }
  } catch {
    return { range, end, fault: '签名的结构无法识别' }
  }
}

/**
 * Every signature in a PDF, the earliest first. Never throws. What each covers is its `end`: bytes after it are not signed
 * by it. Where there are more than anybody signs, none is read, and the one reading says so.
 */
export const readSeals = (pdf: Uint8Array, hashes: StreamHashes): readonly SealReading[] => {
  const ranges = rangesIn(pdf)
  const [first] = ranges
  if (first !== undefined && ranges.length > MOST_SEALS)
    return [{ range: first, end: 0, fault: `文书里的签名超过 ${MOST_SEALS} 个，没有逐个核验` }]
  return ranges.map((range) => readOne(pdf, range, hashes))
}
