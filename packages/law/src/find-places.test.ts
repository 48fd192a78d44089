import { describe, expect, test } from 'vitest'
import { belongsTo, findPlaces, knownTitle, placeOf, type Place } from './find-places.ts'

const place = (title: string, article: string, duty: string, more: Partial<Place> = {}): Place => ({
  title,
  article,
  duty,
  inForce: true,
  ours: true,
  ...more,
})
const PENALTY = '《中华人民共和国行政处罚法》'
const PUBLIC_SECURITY = '《中华人民共和国治安管理处罚法》'
const places = [
  place(PENALTY, '第五条', '公正、公开'),
  place(PENALTY, '第五十一条', '当场作出行政处罚决定'),
  place(PENALTY, '第五十二条', '出示执法证件'),
  place(PUBLIC_SECURITY, '第五十一条', '旧条文', { inForce: false, effectiveTo: '2025-12-31' }),
  place('《某市办法》', '第五十一条', '别处的规定', { ours: false }),
]
const said = (query: string): string[] => findPlaces(query, places).places.map((p) => p.title + p.article)

describe('finding a provision', () => {
  test.each(['处罚法51', '行政处罚法 五十一', '《行政处罚法》第51条', '处罚法 第五十一条 当场', '51 当场'])(
    '%s finds the article',
    (query) => expect(said(query)[0]).toBe(`${PENALTY}第五十一条`),
  )

  test('a number alone finds it in every text of ours, what is in force first', () => {
    expect(said('51')).toEqual([`${PENALTY}第五十一条`, `${PUBLIC_SECURITY}第五十一条`])
  })

  test('a text of another agency is offered where none of ours fits', () => {
    expect(said('某市办法51')).toEqual(['《某市办法》第五十一条'])
    expect(said('规定')).toEqual(['《某市办法》第五十一条'])
  })

  test('the fifth article is not the fiftieth', () => {
    expect(said('处罚法5')).toEqual([`${PENALTY}第五条`])
  })

  test('by what it says, and by a title with words left out', () => {
    expect(said('执法证件')).toEqual([`${PENALTY}第五十二条`])
    expect(said('治安法')).toEqual([`${PUBLIC_SECURITY}第五十一条`])
  })

  test('what the library does not hold is offered as it would be cited', () => {
    expect(findPlaces('消防法60条1款', places)).toEqual({
      places: [],
      typed: { title: '《消防法》', article: '第六十条第一款' },
    })
    expect(findPlaces('行政处罚法 51条1款', places).typed).toEqual({
      title: PENALTY,
      article: '第五十一条第一款',
    })
    expect(findPlaces('处罚法 51', places).typed).toBeUndefined()
    expect(findPlaces('《处罚法》 51', places).typed).toEqual({ title: '《处罚法》', article: '第五十一条' })
    expect(findPlaces('消防', places)).toEqual({ places: [] })
  })
})

test('a title is completed to that of the library', () => {
  expect(knownTitle('行政处罚法', places)).toBe(PENALTY)
  expect(knownTitle('消防法', places)).toBe('《消防法》')
})

test('a citation is marked by the place that it is, or lies in', () => {
  expect(placeOf({ title: PENALTY, article: '第五十一条第一款' }, places)?.article).toBe('第五十一条')
  expect(placeOf({ title: '中华人民共和国行政处罚法', article: '第五条' }, places)?.duty).toBe('公正、公开')
  expect(placeOf({ title: '消防法', article: '第五条' }, places)).toBeUndefined()
})

test('a tier belongs to the provision that it is registered under, however that is written', () => {
  const cited = ['《中华人民共和国消防法》第六十条第一款']
  expect(belongsTo('消防法第六十条第一款第（三）项', cited)).toBe(true)
  expect(belongsTo('《消防法》 第六十条', cited)).toBe(true)
  expect(belongsTo('消防法第六十一条', cited)).toBe(false)
  expect(belongsTo('', cited)).toBe(false)
})
