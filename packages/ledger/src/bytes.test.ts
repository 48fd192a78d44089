import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareUtf8, decodeUtf8, fromBase64, fromHex, toBase64, toHex } from './bytes.ts'

describe('bytes as text', () => {
  it('writes base64 as everybody else does and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        expect(fromBase64(text)).toEqual(bytes)
      }),
    )
  })

  it.each(['A', 'AB', 'AB=', 'AAB=C', 'AB==\n', 'A-_=', 'QUJD ', 'AB==', 'ABC=' + '='])(
    'refuses base64 that is not the one text of its value: %j',
    (text) => expect(fromBase64(text)).toBeUndefined(),
  )

  it('reads lower-case hex only', () => {
    expect(fromHex('00ff')).toEqual(Uint8Array.of(0, 255))
    expect(toHex(Uint8Array.of(0, 255))).toBe('00ff')
    for (const text of ['0', '0F', 'zz', '00 ']) expect(fromHex(text)).toBeUndefined()
  })

  it('orders texts as their bytes, not as UTF-16', () => {
    expect(compareUtf8('\u{1F600}', '\uFF5E')).toBeGreaterThan(0)
    expect(['\uFF5E', '\u{1F600}'].sort()[0]).toBe('\u{1F600}')
    expect(compareUtf8('a', 'ab')).toBeLessThan(0)
  })

  it('gives nothing for bytes that are not UTF-8', () => {
    expect(decodeUtf8(Uint8Array.of(0xc0, 0x80))).toBeUndefined()
  })
})
