import { toBase64 } from '@liuhen/ledger/bytes'
import { expect, it } from 'vitest'
import { GivenFingermark } from './fingermark.ts'

const print = (width: number, height: number, bytes = Math.ceil(width / 2) * height) => ({
  width,
  height,
  dots: toBase64(new Uint8Array(bytes)),
})

it('takes as many dots as its sides say, and no picture of another size', () => {
  expect(GivenFingermark.safeParse(print(100, 120)).success).toBe(true)
  expect(GivenFingermark.safeParse(print(101, 120)).success).toBe(true)
  expect(GivenFingermark.safeParse(print(320, 320)).success).toBe(true)
  expect(GivenFingermark.safeParse(print(100, 120, 5_999)).success).toBe(false)
  expect(GivenFingermark.safeParse(print(321, 120)).success).toBe(false)
  expect(GivenFingermark.safeParse(print(20, 20)).success).toBe(false)
  expect(GivenFingermark.safeParse({ width: 100, height: 100, dots: '<svg/>' }).success).toBe(false)
})
