import { concat, decodeUtf8, fromBase64, toHex, utf8 } from '../bytes.ts'
import { frameFault } from './eep-frame.ts'
import { DATA_OPENING, OBJECT_CLOSING, OBJECT_OPENING } from './eep-rule.ts'

/** The one paper in an encapsulation of DA/T 48 (EEP), or why it cannot be said what lies in it. */
export type EmbeddedPaper =
  | Readonly<{
      sha256: string
      sizeBytes: number
      /** Of the element that is signed, with the paper in it. */
      objectSha256: string
      /** The text behind it: signatures, and the end. */
      behind: string
    }>
  | Readonly<{ fault: string }>

type Hash = Readonly<{ update(bytes: Uint8Array): unknown; digest(): Uint8Array }>

const OPENING = utf8(DATA_OPENING)
const [OBJECT, OBJECT_END] = [utf8(OBJECT_OPENING), utf8(OBJECT_CLOSING)]
const LESS = 0x3c
/** Everything but the paper itself: metadata, acts, signatures. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024

const VALUES = (() => {
  const values = new Int16Array(256).fill(-1)
  const alphabet = utf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
  for (const [value, char] of alphabet.entries()) values[char] = value
  return values
})()

/** Groups of four characters without padding; several times as fast as fromBase64, and papers are large. */
const decodeWhole = (bytes: Uint8Array): Uint8Array | undefined => {
  const out = new Uint8Array((bytes.length / 4) * 3)
  const value = (at: number): number => VALUES[bytes[at] ?? 0] ?? -1
  for (let i = 0, o = 0; i < bytes.length; i += 4, o += 3) {
    const [a, b, c, d] = [value(i), value(i + 1), value(i + 2), value(i + 3)]
    if ((a | b | c | d) < 0) return undefined
    out[o] = (a << 2) | (b >> 4)
    out[o + 1] = (b << 4) | (c >> 2)
    out[o + 2] = (c << 6) | d
  }
  return out
}

const indexOf = (bytes: Uint8Array, wanted: Uint8Array, from: number): number => {
  for (let at = bytes.indexOf(LESS, from); at >= 0; at = bytes.indexOf(LESS, at + 1))
    if (wanted.every((b, i) => bytes[at + i] === b)) return at
  return -1
}

/** What stands around the paper, as far as it is not too much. */
const startFrame = () => {
  const parts: Uint8Array[] = []
  let held = 0
  const keep = (bytes: Uint8Array): void => {
    held += bytes.length
    if (held <= MAX_FRAME_BYTES) parts.push(bytes.slice())
  }
  const fault = (): string => (held > MAX_FRAME_BYTES ? '除文书以外的内容过大' : frameFault(concat(...parts)))
  return { keep, fault, count: () => parts.length, from: (first: number) => concat(...parts.slice(first)) }
}

/** Decodes and digests base64. The last characters are held back until the end, because padding may only stand there. */
const startDecoding = (hash: Hash) => {
  let sizeBytes = 0
  let isGood = true
  const add = (data: Uint8Array | undefined): void => {
    isGood &&= data !== undefined
    sizeBytes += data?.length ?? 0
    if (data !== undefined) hash.update(data)
  }
  /** What it does not take yet is handed back. */
  const take = (bytes: Uint8Array, isLast: boolean): Uint8Array => {
    const whole = Math.max(0, bytes.length - (bytes.length % 4) - 4)
    if (whole > 0 && isGood) add(decodeWhole(bytes.subarray(0, whole)))
    if (!isLast) return bytes.slice(whole)
    if (isGood) add(fromBase64(String.fromCharCode(...bytes.subarray(whole))))
    return new Uint8Array()
  }
  const end = () => (isGood ? { sha256: toHex(hash.digest()), sizeBytes } : undefined)
  return { take, end }
}

/** The digest of the element that is signed: from its opening tag, through the paper, to its end. */
const startObject = (hash: Hash) => {
  let isOpen = false
  const open = (head: Uint8Array): void => {
    const at = indexOf(head, OBJECT, 0)
    isOpen = at >= 0
    if (isOpen) hash.update(head.subarray(at))
  }
  const goOn = (bytes: Uint8Array): void => {
    if (isOpen) hash.update(bytes)
  }
  const close = (tail: Uint8Array) => {
    const at = indexOf(tail, OBJECT_END, 0)
    if (!isOpen || at < 0) return undefined
    const end = at + OBJECT_END.length
    hash.update(tail.subarray(0, end))
    return { objectSha256: toHex(hash.digest()), behind: decodeUtf8(tail.subarray(end)) ?? '' }
  }
  return { open, goOn, close }
}

/**
 * Finds the paper in an EEP while its bytes go by: the base64 is decoded and digested piece by piece, what stands around
 * it is kept and looked at in the end. Never throws.
 */
export const startEmbedded = (startSha256: () => Hash) => {
  const frame = startFrame()
  const data = startDecoding(startSha256())
  const object = startObject(startSha256())
  let headParts = 0
  let state: 'before' | 'in' | 'after' = 'before'
  /** Bytes that wait for more: of the frame a tag that may go on, of the data less than eight characters. */
  let left: Uint8Array = new Uint8Array()

  const before = (bytes: Uint8Array): Uint8Array | undefined => {
    const at = indexOf(bytes, OPENING, 0)
    if (at >= 0) {
      const end = at + OPENING.length
      frame.keep(bytes.subarray(0, end))
      object.open(frame.from(0))
      headParts = frame.count()
      state = 'in'
      return bytes.subarray(end)
    }
    // What is in hand may end within the opening tag.
    const from = Math.max(0, bytes.length - OPENING.length)
    frame.keep(bytes.subarray(0, from))
    left = bytes.slice(from)
    return undefined
  }
  const inside = (bytes: Uint8Array): Uint8Array | undefined => {
    const end = bytes.indexOf(LESS)
    const own = end < 0 ? bytes : bytes.subarray(0, end)
    left = data.take(own, end >= 0)
    object.goOn(own.subarray(0, own.length - left.length))
    if (end < 0) return undefined
    state = 'after'
    return bytes.subarray(end)
  }
  const update = (bytes: Uint8Array): void => {
    let rest: Uint8Array | undefined = left.length === 0 ? bytes : concat(left, bytes)
    left = new Uint8Array()
    if (state === 'before') rest = before(rest)
    if (rest !== undefined && state === 'in') rest = inside(rest)
    if (rest !== undefined && state === 'after') frame.keep(rest)
  }
  const end = (): EmbeddedPaper => {
    if (state !== 'after') return { fault: '没有封装计算机文件，或者写法不合规范' }
    const fault = frame.fault()
    const paper = data.end()
    if (fault !== '' || paper === undefined) return { fault: fault || '编码数据不是规范的 Base64' }
    const signed = object.close(frame.from(headParts))
    return signed === undefined ? { fault: '文书不在被签名对象里' } : { ...paper, ...signed }
  }
  return { update, end }
}
