import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from './bytes.ts'
import { sm3, startSm3 } from './sm3.ts'

describe('SM3 (GB/T 32905-2016)', () => {
  it.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('gives the value of appendix A for %s', (text, expected) => {
    expect(toHex(sm3(utf8(text)))).toBe(expected)
  })

  it('agrees with the implementation in OpenSSL for every length around the block size', () => {
    for (let n = 0; n < 200; n++) {
      const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 7 + n) & 0xff)
      expect(toHex(sm3(bytes))).toBe(createHash('sm3').update(bytes).digest('hex'))
    }
  })

  it('does not depend on how the input is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 8 }), (chunks) => {
        const hasher = startSm3()
        for (const chunk of chunks) hasher.update(chunk)
        const whole = createHash('sm3').update(Buffer.concat(chunks)).digest('hex')
        expect(toHex(hasher.digest())).toBe(whole)
      }),
    )
  })
})
