import { GivenFingermark } from '@liuhen/domain/document/fingermark'
import { fromBase64 } from '@liuhen/ledger/bytes'
import { expect, it } from 'vitest'
import { fingermarkOf, sidesOf } from './fingermark.ts'

const grey = (levels: readonly number[]) => new Uint8ClampedArray(levels.flatMap((x) => [x, x, x, 255]))

it('stretches the light and packs two dots a byte, each row on its own', () => {
  const { dots } = fingermarkOf(grey([50, 200, 125, 200, 50, 200]), { width: 3, height: 2 })
  expect(fromBase64(dots)).toEqual(new Uint8Array([0x0f, 0x80, 0xf0, 0xf0]))
})

it('takes what is transparent for white, and a picture of one colour for light without harm', () => {
  expect(
    fromBase64(fingermarkOf(new Uint8ClampedArray([0, 0, 0, 0, 0, 0, 0, 255]), { width: 2, height: 1 }).dots),
  ).toEqual(new Uint8Array([0xf0]))
  expect(fromBase64(fingermarkOf(grey([9, 9]), { width: 2, height: 1 }).dots)).toEqual(new Uint8Array([0]))
})

it('makes a large picture as small as it is kept, and what it makes is taken', () => {
  expect(sidesOf({ width: 3000, height: 4000 })).toEqual({ width: 240, height: 320 })
  expect(sidesOf({ width: 100, height: 90 })).toEqual({ width: 100, height: 90 })
  const sides = { width: 81, height: 64 }
  const made = fingermarkOf(new Uint8ClampedArray(81 * 64 * 4), sides)
  expect(GivenFingermark.safeParse(made).success).toBe(true)
})
