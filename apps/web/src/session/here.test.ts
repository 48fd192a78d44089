import { expect, it } from 'vitest'
import { isHere } from './here.ts'

it('is said by the cookie of that name and by no other', () => {
  expect(isHere('a=1; liuhen_here=1')).toBe(true)
  expect(isHere('not_liuhen_here=1')).toBe(false)
  expect(isHere('')).toBe(false)
})
