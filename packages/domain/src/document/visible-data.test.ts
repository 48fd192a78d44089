import { expect, it } from 'vitest'
import { visibleText } from '@liuhen/ledger/visible-text'
import { visibleData } from './visible-data.ts'

it('names what would turn the text around it, and what has no shape', () => {
  expect(visibleText('甲\u202E乙\u202C丙\u0007\uD800')).toBe('甲〔U+202E〕乙〔U+202C〕丙〔U+0007〕〔U+D800〕')
  expect(visibleText('\u2066a\u2069\u200F\u061C\u{E0041}')).toBe(
    '〔U+2066〕a〔U+2069〕〔U+200F〕〔U+061C〕〔U+E0041〕',
  )
})

it('leaves words, breaks and the selectors of rare characters as they are', () => {
  const plain = '第一行\n第二行\t葛\u{E0100}，= + - @ <b> 龘𠅤'
  expect(visibleText(plain)).toBe(plain)
})

it('reaches every text of a form', () => {
  expect(visibleData({ a: '\u202E', rows: [{ b: ['\u200F', 3, true] }] })).toEqual({
    a: '〔U+202E〕',
    rows: [{ b: ['〔U+200F〕', 3, true] }],
  })
})
