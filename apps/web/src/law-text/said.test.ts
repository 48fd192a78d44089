import { expect, test } from 'vitest'
import { said } from './said.ts'

test('a reason names who is wanting where it is read, beside its message', () => {
  expect(said({ message: '决定书尚未送达', facts: { wanting: '还缺：乙' } })).toBe(
    '决定书尚未送达（还缺：乙）',
  )
  expect(said({ message: '决定书尚未送达', facts: { left: 1 } })).toBe('决定书尚未送达')
})
