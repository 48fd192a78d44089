import { expect, test } from 'vitest'
import { findPhrases, searchedFor } from './phrase-search.ts'

const phrases = ['我们是执法人员，请过目。', '你听清楚了吗？', '请讲一下事情的经过。']

test('a stroke begins the search, as any input method writes it; other text does not', () => {
  expect(['/经过', '\u3001经过', '\uff0f 经过 '].map(searchedFor)).toEqual(['经过', '经过', '经过'])
  expect(searchedFor('/')).toBe('')
  expect(searchedFor('经过/')).toBeUndefined()
  expect(searchedFor('')).toBeUndefined()
})

test('phrases are found by their number or by their words', () => {
  expect(findPhrases(phrases, '').map((p) => p.no)).toEqual([1, 2, 3])
  expect(findPhrases(phrases, '2')).toEqual([{ no: 2, text: phrases[1] }])
  expect(findPhrases(phrases, '请 经过').map((p) => p.no)).toEqual([3])
  expect(findPhrases(phrases, '罚款')).toEqual([])
})
