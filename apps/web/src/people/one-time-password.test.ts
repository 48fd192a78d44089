import { expect, it } from 'vitest'
import { oneTimePassword } from './one-time-password.ts'

it('has three groups with a letter and a digit, also from the poorest chance', () => {
  const password = oneTimePassword((n) => new Uint8Array(n))
  expect(password).toBe('aaaa-aaaa-2aaa')
  expect(oneTimePassword()).toMatch(/^[a-z2-9]{4}-[a-z][a-z2-9]{3}-[2-9][a-z2-9]{3}$/)
})

it('is another one each time', () => {
  expect(oneTimePassword()).not.toBe(oneTimePassword())
})
