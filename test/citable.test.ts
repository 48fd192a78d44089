import { canonicalArticle } from '@liuhen/law/article-ref'
import { citable } from '@liuhen/law/citable'
import { expect, test } from 'vitest'
import { realLaw } from './law/real-law.ts'

const places = citable(realLaw())

test('an article of a statute can be cited, with what it says and since when', () => {
  const found = places.filter((p) => p.title === '《中华人民共和国行政处罚法》' && p.article === '第五十一条')
  expect(found).toMatchObject([{ pack: 'national', effectiveFrom: '2021-07-15' }])
  expect(found[0]?.duty).not.toBe('')
})

test('an item of a regulation is cited in full, a heading is no place', () => {
  const articles = places.filter((p) => p.pack === 'zoumaling').map((p) => p.article)
  expect(articles).toContain('第二十一条第（一）项')
  expect(places.map((p) => p.article)).not.toContain('引言')
})

test('what is offered is what the form accepts, and each place stands once in each version', () => {
  expect(places.length).toBeGreaterThan(600)
  for (const { article } of places) expect(canonicalArticle(article)).toBe(article)
  const keys = places.map((p) => `${p.title}${p.article}${p.effectiveFrom ?? ''}`)
  expect(new Set(keys).size).toBe(keys.length)
})
