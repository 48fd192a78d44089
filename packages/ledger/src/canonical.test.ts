import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../../../vectors/ledger/canonical.json' with { type: 'json' }
import { utf8 } from './bytes.ts'
import { canonicalBytes, canonicalJson, NotCanonicalError, parseCanonical } from './canonical.ts'

describe('canonical JSON (RFC 8785)', () => {
  it.each(vectors.good)('writes $name', ({ input, canonical }) => {
    expect(canonicalJson(JSON.parse(input))).toBe(canonical)
  })

  it.each(vectors.bad)('refuses the text: $name', ({ text }) => {
    expect(parseCanonical(utf8(text)).ok).toBe(false)
  })

  it.each([
    ['undefined', { a: undefined }],
    ['NaN', [Number.NaN]],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an integer beyond 2^53', { n: 2 ** 53 }],
    ['a lone surrogate in a value', ['\ud800']],
    ['a lone surrogate in a key', { '\udc00x': 1 }],
    ['a Map', new Map()],
    ['a Date', new Date(0)],
    ['bytes', new Uint8Array(1)],
    ['a bigint', 1n],
    ['a function', () => 0],
    ['a symbol as key', { [Symbol('x')]: 1 }],
    ['a hole in an array', [1, , 2]], // oxlint-disable-line no-sparse-arrays
    ['a nesting of 100', JSON.parse('['.repeat(100) + ']'.repeat(100))],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(NotCanonicalError)
  })

  it('says where the value stands that has no canonical form', () => {
    expect(() => canonicalJson({ a: [1, { b: undefined }] })).toThrow('$.a[1].b')
  })

  it('refuses bytes that are not UTF-8, and a byte order mark', () => {
    expect(parseCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ ok: false, why: '不是 UTF-8 文本' })
    expect(parseCanonical(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31)).ok).toBe(false)
  })

  it('reads back what it wrote, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const source = JSON.stringify(value)
        fc.pre(isSafe(JSON.parse(source)))
        const bytes = canonicalBytes(JSON.parse(source))
        const read = parseCanonical(bytes)
        expect(read.ok && canonicalJson(read.value)).toBe(canonicalJson(JSON.parse(source)))
        expect(read.ok && read.value).toEqual(JSON.parse(source))
      }),
    )
  })

  it('is the same for every order in which keys were put in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()), (dict) => {
        const reversed = Object.fromEntries(Object.entries(dict).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson({ ...dict }))
      }),
    )
  })
})

const isSafe = (value: unknown): boolean => {
  try {
    canonicalJson(value)
    return true
  } catch {
    return false
  }
}
