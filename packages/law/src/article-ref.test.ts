import { describe, expect, test } from 'vitest'
import { bookTitle, canonicalArticle, numeral } from './article-ref.ts'

describe('the place in a law', () => {
  test.each([
    ['50', '第五十条'],
    ['五十条', '第五十条'],
    ['第50条', '第五十条'],
    ['第五十', '第五十条'],
    ['四', '四'],
    ['１０５ 条', '第一百零五条'],
    ['51条1款', '第五十一条第一款'],
    ['第六十条第一款(3)', '第六十条第一款第（三）项'],
    ['六十条1款3项', '第六十条第一款第（三）项'],
    ['第八条（七）', '第八条第（七）项'],
    ['第五十条之一第2款', '第五十条之一第二款'],
    ['第九条第5项', '第九条第5项'],
    ['第十条第（二）项第3目', '第十条第（二）项第3目'],
    ['五十条至五十二条', '第五十条至第五十二条'],
    ['第一条第（一）项、第（二）项', '第一条第（一）项、第（二）项'],
    [' 二（三） ', '二（三）'],
    ['附件1', '附件1'],
    ['第二十七、二十八条', '第二十七、二十八条'],
    ['第十条第一、二项', '第十条第一、二项'],
    ['第十条第1、2项', '第十条第1、2项'],
    ['第十条第（一）至（三）项', '第十条第（一）项至第（三）项'],
    ['第八条第一款第（七）项和第九条', '第八条第一款第（七）项和第九条'],
    ['0条', '0条'],
    ['0', '0'],
  ])('%s is cited as %s', (typed, cited) => {
    expect(canonicalArticle(typed)).toBe(cited)
    expect(canonicalArticle(cited)).toBe(cited)
  })

  test('counts as articles are counted', () => {
    expect([1, 10, 11, 20, 99, 100, 101, 110, 1000, 1010, 1260].map(numeral)).toEqual([
      '一',
      '十',
      '十一',
      '二十',
      '九十九',
      '一百',
      '一百零一',
      '一百一十',
      '一千',
      '一千零一十',
      '一千二百六十',
    ])
  })

  test('a title has its brackets once, and what stands behind it stays behind them', () => {
    expect(bookTitle('消防法')).toBe('《消防法》')
    expect(bookTitle('《消防法》')).toBe('《消防法》')
    expect(bookTitle('《意见》（国办发〔2018〕118号）')).toBe('《意见》（国办发〔2018〕118号）')
  })
})
