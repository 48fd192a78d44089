import { expect, it } from 'vitest'
import { sayYuan } from './say-yuan.ts'

it('tells an amount in yuan, with fen only where there are any', () => {
  expect([0, 20_000, 20_050, 5_000_000, 123_456_789].map(sayYuan)).toEqual([
    '0元',
    '200元',
    '200.50元',
    '50,000元',
    '1,234,567.89元',
  ])
})
