import { describe, expect, it } from 'vitest'
import { whyNot } from './why-not.ts'

const citation = (clause: string, cite: string) => ({ clause, cite, duty: clause, layer: 'base' as const })
const reason = (code: string, effect: 'refuse' | 'warn', ...citations: ReturnType<typeof citation>[]) => ({
  code,
  effect,
  message: code,
  todo: code,
  citations,
})
const first = citation('a-1', '第一条')
const second = citation('a-2', '第二条')

describe('why a step may not begin', () => {
  it('is told article by article, and what forbids before what only marks', () => {
    const articles = whyNot([
      reason('warned', 'warn', second),
      reason('unapproved', 'refuse', first, second),
      reason('unsigned', 'refuse', first),
    ])
    expect(articles.map((a) => [a.cite, a.reasons.map((r) => r.code)])).toEqual([
      ['第一条', ['unapproved', 'unsigned']],
      ['第二条', ['warned']],
    ])
    expect(articles[0]?.citations.map((c) => c.clause)).toEqual(['a-1', 'a-2'])
  })
  it('says the same reason once, and keeps one that rests on no article', () => {
    const twice = reason('role', 'refuse')
    expect(whyNot([twice, twice])).toMatchObject([{ cite: '', reasons: [twice] }])
  })
})
