import { describe, expect, it } from 'vitest'
import words from '../i18n/zh-CN/document.json' with { type: 'json' }
import { capitalOf, fenOf, yuanOf, isFen, isWithin } from './money.ts'

const capital = (fen: string): string => capitalOf(fen, words.capital)

describe('money on a form', () => {
  it('is kept in fen and typed in yuan', () => {
    expect(fenOf('1,234.5')).toBe('123450')
    expect(fenOf('0.07')).toBe('7')
    expect(fenOf('500')).toBe('50000')
    expect(fenOf('1.234')).toBeUndefined()
    expect(fenOf('-1')).toBeUndefined()
    expect(yuanOf('123456789')).toBe('1,234,567.89')
    expect(yuanOf('7')).toBe('0.07')
  })

  it.each([
    ['0', '零元整'],
    ['50000', '伍佰元整'],
    ['1000000', '壹万元整'],
    ['10050', '壹佰元伍角整'],
    ['10005', '壹佰元零伍分'],
    ['7', '柒分'],
    ['50', '伍角整'],
    ['100100', '壹仟零壹元整'],
    ['1010000', '壹万零壹佰元整'],
    ['10000001', '壹拾万元零壹分'],
    ['10000000100', '壹亿零壹元整'],
    ['1020304050607', '壹佰零贰亿零叁佰零肆万零伍佰零陆元零柒分'],
    ['20000050000', '贰亿零伍佰元整'],
  ])('says %s fen as %s', (fen, said) => {
    expect(capital(fen)).toBe(said)
  })

  it('turns every amount back into itself', () => {
    for (const fen of ['1', '10', '99', '100', '123456', '999999999999999'])
      expect(fenOf(yuanOf(fen))).toBe(fen)
  })
})

it('stands between two other amounts by its value, not by its letters', () => {
  expect([isWithin('90000', '50000', '100000'), isWithin('100000', '50000', '100000')]).toEqual([true, true])
  expect([isWithin('49999', '50000', '100000'), isWithin('100001', '50000', '100000')]).toEqual([
    false,
    false,
  ])
  expect([isFen('100'), isFen(''), isFen('1.5')]).toEqual([true, false, false])
})
