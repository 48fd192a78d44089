import { describe, expect, it } from 'vitest'
import { compares } from './values.ts'

describe('values compared by rules', () => {
  it('amounts of money, which forms keep as digits, are compared as numbers', () => {
    expect(compares('9000', '<=', 20_000)).toBe(true)
    expect(compares('300000', '<=', '20000')).toBe(false)
  })

  it('words are compared only for being the same', () => {
    expect(compares('甲', '=', '甲')).toBe(true)
    expect(compares('甲', '<', '乙')).toBe(false)
  })

  it('a value that is not there compares with nothing', () => {
    expect(compares(undefined, '<=', 1)).toBe(false)
    expect(compares(undefined, '!=', 1)).toBe(false)
  })
})
