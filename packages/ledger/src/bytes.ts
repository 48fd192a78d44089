import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** Every host that runs ECMAScript has it, the language's own type library does not. */
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string }

export const utf8: (text: string) => Uint8Array = utf8ToBytes
export const toHex: (bytes: Uint8Array) => string = bytesToHex
export const concat: (...parts: Uint8Array[]) => Uint8Array = concatBytes

/** Undefined when the bytes are not well-formed UTF-8. A byte order mark is kept, so that it is seen. */
export const decodeUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

/** Order of the bytes of two texts in UTF-8, the order of `LC_ALL=C sort`. */
export const compareUtf8 = (a: string, b: string): number => {
  const x = utf8(a)
  const y = utf8(b)
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const d = x[i]! - y[i]! // both indexes are below both lengths
    if (d !== 0) return d
  }
  return x.length - y.length
}

/** Lower-case hex only; undefined otherwise. */
export const fromHex = (text: string): Uint8Array | undefined => {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) return undefined
  const out = new Uint8Array(text.length / 2)
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return out
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** RFC 4648 base64 with padding. */
export const toBase64 = (bytes: Uint8Array): string => {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0) // i < length
    out += ALPHABET.charAt(word >> 18) + ALPHABET.charAt((word >> 12) & 63)
    out += left > 1 ? ALPHABET.charAt((word >> 6) & 63) : '='
    out += left > 2 ? ALPHABET.charAt(word & 63) : '='
  }
  return out
}

/** Strict: one text per value. Missing padding, spaces and set trailing bits give undefined. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined
  const body = text.replace(/=+$/, '')
  const out = new Uint8Array(Math.floor((body.length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  for (const char of body) {
    bits = ((bits << 6) | ALPHABET.indexOf(char)) & 0xffffff
    held += 6
    if (held < 8) continue
    held -= 8
    out[at++] = (bits >> held) & 0xff
  }
  return (bits & ((1 << held) - 1)) === 0 ? out : undefined
}
