import { expect, test } from 'vitest'
import { leftoverOf } from './leftover.ts'

const server = { revision: 3, data: { title: 'a' } }

test('a copy that says what the server says leaves nothing to do', () => {
  expect(leftoverOf(undefined, server)).toBe('nothing')
  expect(leftoverOf({ revision: 1, data: { title: 'a' } }, server)).toBe('nothing')
})

test('a copy goes on where the server stands, or where our own last saving stands there', () => {
  expect(leftoverOf({ revision: 3, data: { title: 'ab' } }, server)).toBe('goes-on')
  expect(leftoverOf({ revision: 2, data: { title: 'ab' }, sent: { title: 'a' } }, server)).toBe('goes-on')
})

test('where somebody else saved meanwhile, a person looks at both', () => {
  expect(leftoverOf({ revision: 2, data: { title: 'ab' } }, server)).toBe('differs')
  expect(leftoverOf({ revision: 2, data: { title: 'ab' }, sent: { title: 'x' } }, server)).toBe('differs')
  expect(leftoverOf({ revision: 1, data: { title: 'ab' }, sent: { title: 'a' } }, server)).toBe('differs')
})
