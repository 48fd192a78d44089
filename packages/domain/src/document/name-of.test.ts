import { expect, it } from 'vitest'
import { nameOf } from './name-of.ts'

const decision = {
  name: '查封（扣押）决定书',
  titles: { field: 'measure', of: { freeze: '冻结决定书' } },
}

it('calls a paper by what its form says that it is, otherwise by its definition', () => {
  expect(nameOf(decision, { measure: 'freeze' })).toBe('冻结决定书')
  expect(nameOf(decision, { measure: 'seize' })).toBe('查封（扣押）决定书')
  expect(nameOf(decision, {})).toBe('查封（扣押）决定书')
  expect(nameOf({ name: '催告书' }, { measure: 'freeze' })).toBe('催告书')
})
