import { expect, test } from 'vitest'
import { copyKey, isLeftBy } from './local-copy.ts'

test('what is kept in the browser is of one person alone, and goes when that one signs out', () => {
  const mine = copyKey('u1', 'transcript/r1')
  expect(mine).not.toBe(copyKey('u2', 'transcript/r1'))
  expect(isLeftBy('u1', mine)).toBe(true)
  expect(isLeftBy('u2', mine)).toBe(false)
  expect(isLeftBy('u', mine)).toBe(false)
  expect(isLeftBy('u1', 'liuhen.field')).toBe(false)
})

test('copies from before they had an owner go with whoever signs out first', () => {
  expect(['transcript r1', 'liuhen.draft/c1/x/y/'].map((key) => isLeftBy('u1', key))).toEqual([true, true])
})
