import { decodeUtf8, utf8 } from './bytes.ts'

/** Deeper values are refused, so that no input can exhaust the stack. */
const MAX_DEPTH = 64

/** The value has no canonical form: `path` says where. */
export class NotCanonicalError extends Error {
  readonly path: string
  constructor(path: string, why: string) {
    super(`${path}: ${why}`)
    this.name = 'NotCanonicalError'
    this.path = path
  }
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

const text = (value: string, path: string): string => {
  if (LONE_SURROGATE.test(value)) throw new NotCanonicalError(path, 'lone surrogate')
  return JSON.stringify(value)
}

const number = (value: number, path: string): string => {
  if (!Number.isFinite(value)) throw new NotCanonicalError(path, 'not a finite number')
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new NotCanonicalError(path, 'integer beyond 2^53; write it as a string')
  }
  return JSON.stringify(value)
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return (
    (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0
  )
}

const object = (value: object, path: string, depth: number): string => {
  if (!isPlain(value)) throw new NotCanonicalError(path, 'not a plain object')
  // Array.sort compares UTF-16 code units, the order that RFC 8785 §3.2.3 asks for.
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  const inner = members.map(([k, v]) => `${text(k, `${path}.${k}`)}:${write(v, `${path}.${k}`, depth + 1)}`)
  return `{${inner.join(',')}}`
}

const write = (value: unknown, path: string, depth: number): string => {
  if (depth > MAX_DEPTH) throw new NotCanonicalError(path, `nested deeper than ${MAX_DEPTH}`)
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return text(value, path)
  if (typeof value === 'number') return number(value, path)
  if (Array.isArray(value)) {
    // Array.from also visits the holes of a sparse array, which are then refused as undefined.
    return `[${Array.from(value, (v: unknown, i) => write(v, `${path}[${i}]`, depth + 1)).join(',')}]`
  }
  if (typeof value === 'object') return object(value, path, depth)
  throw new NotCanonicalError(path, `${typeof value} has no JSON form`)
}

/** RFC 8785 text of a JSON value. Throws NotCanonicalError for what other tools would silently drop or change. */
export const canonicalJson = (value: unknown): string => write(value, '$', 0)

/** The bytes that are stored, committed to and never serialised again. */
export const canonicalBytes = (value: unknown): Uint8Array => utf8(canonicalJson(value))

export type Parsed<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; why: string }>

/**
 * `why` is for the reader of a report, hence in Chinese. Accepts exactly the canonical text of a value: duplicate keys, spaces, other key order or
 * number forms are refused.
 */
export const parseCanonical = (bytes: Uint8Array): Parsed<unknown> => {
  const source = decodeUtf8(bytes)
  if (source === undefined) return { ok: false, why: '不是 UTF-8 文本' }
  try {
    const value: unknown = JSON.parse(source)
    return canonicalJson(value) === source ? { ok: true, value } : { ok: false, why: '不是规范写法' }
  } catch (error) {
    return { ok: false, why: error instanceof NotCanonicalError ? '含有不允许的值' : '不是 JSON' }
  }
}
