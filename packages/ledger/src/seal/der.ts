/** One value in DER: its tag, its content, and its own bytes with tag and length. */
export type Der = Readonly<{ tag: number; content: Uint8Array; raw: Uint8Array }>

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  time: 0x18,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
} as const

/** What is not DER; readSeals turns it into a finding. */
export const malformed = (what: string): never => {
  throw new RangeError(what)
}

type Length = Readonly<{ length: number; from: number }>

/** Definite and in the shortest form: one value has one writing. */
const readLength = (bytes: Uint8Array, at: number): Length => {
  const first = bytes[at] ?? malformed('length is cut')
  if (first < 0x80) return { length: first, from: at + 1 }
  const count = first & 0x7f
  if (count === 0 || count > 4) return malformed('length is indefinite or too long')
  let length = 0
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + 1 + i] ?? malformed('length is cut'))
  const shortest = length < 0x80 ? 0 : Math.ceil((32 - Math.clz32(length)) / 8)
  return shortest === count ? { length, from: at + 1 + count } : malformed('length is not the shortest')
}

/** The value that begins at `at`. Throws on what is not DER. */
export const readDer = (bytes: Uint8Array, at = 0): Der => {
  const tag = bytes[at] ?? malformed('nothing to read')
  if ((tag & 0x1f) === 0x1f) return malformed('tag of several bytes')
  const { length, from } = readLength(bytes, at + 1)
  const end = from + length
  if (end > bytes.length) return malformed('value is cut')
  return { tag, content: bytes.subarray(from, end), raw: bytes.subarray(at, end) }
}

/** The values inside a constructed one, all of them. */
export const within = (outer: Der): readonly Der[] => {
  if ((outer.tag & 0x20) === 0) return malformed('not constructed')
  const values: Der[] = []
  for (let at = 0; at < outer.content.length; ) {
    const value = readDer(outer.content, at)
    values.push(value)
    at += value.raw.length
  }
  return values
}

export const hasTag = (value: Der | undefined, tag: number): Der =>
  value?.tag === tag ? value : malformed(`tag ${tag} expected`)

/** Members of a SEQUENCE. */
export const sequence = (value: Der | undefined): readonly Der[] => within(hasTag(value, TAG.sequence))

/** Content of a BIT STRING of whole bytes. */
export const bits = (value: Der | undefined): Uint8Array => {
  const { content } = hasTag(value, TAG.bits)
  return content[0] === 0 ? content.subarray(1) : malformed('not whole bytes')
}
