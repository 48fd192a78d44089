import { expect, test } from 'vitest'
import { z } from 'zod'
import { derivedId } from './job-command.ts'

test('an id follows from what it is for, is a UUID, and tells its parts apart', () => {
  expect(derivedId('render-document', 'd1')).toBe(derivedId('render-document', 'd1'))
  expect(z.uuid().safeParse(derivedId('render-document', 'd1')).success).toBe(true)
  expect(derivedId('render-document', 'd1')).not.toBe(derivedId('render-document', 'd2'))
  expect(derivedId('a', 'bc')).not.toBe(derivedId('ab', 'c'))
})
