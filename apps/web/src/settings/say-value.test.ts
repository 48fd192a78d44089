import { expect, it } from 'vitest'
import { sayValue } from './say-value.ts'

const days = { number: { unit: '个工作日', min: 1, max: 30, money: false }, options: [] }

it('says a number with its unit, an amount in yuan, a choice by its name', () => {
  expect(sayValue(days, 3)).toBe('3个工作日')
  expect(sayValue({ number: { unit: '分', min: 0, max: 1e9, money: true }, options: [] }, 5_000_000)).toBe(
    '50,000元',
  )
  const choice = { options: [{ value: true, label: '须经集体讨论' }] }
  expect(sayValue(choice, true)).toBe('须经集体讨论')
})
it('says nothing of a value that is taken back', () => {
  expect(sayValue(days, null)).toBeUndefined()
})
