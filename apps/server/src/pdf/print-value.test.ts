import { describe, expect, it } from 'vitest'
import { DocumentDefinition, type Field } from '@liuhen/law/document-definition'
import { moneyCapital, moneyFigure, printValue } from './print-value.ts'

const field = (given: object): Field => {
  const [section] = DocumentDefinition.parse({
    id: 'x',
    name: 'x',
    effectiveFrom: '2021-07-15',
    requiredBy: [],
    audience: 'main',
    sections: [{ title: 'x', fields: [{ id: 'x', label: 'x', ...given }] }],
  }).sections
  const [first] = section?.fields ?? []
  if (!first) throw new Error('no field')
  return first
}

describe('money', () => {
  it.each([
    ['500000', '5,000.00', '人民币伍仟元整'],
    ['3250', '32.50', '人民币叁拾贰元伍角'],
    ['10005', '100.05', '人民币壹佰元零伍分'],
    ['0', '0.00', '人民币零元整'],
    ['12345678912', '123,456,789.12', '人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分'],
    ['100000000000000', '1,000,000,000,000.00', '人民币壹万亿元整'],
  ])('%s fen is %s and %s', (fen, figure, capital) => {
    expect(moneyFigure(fen)).toBe(figure)
    expect(moneyCapital(fen)).toBe(capital)
  })
})

describe('values on paper', () => {
  it('prints labels of options, not their values', () => {
    const options = [
      { value: 'warning', label: '警告' },
      { value: 'fine', label: '罚款' },
    ]
    expect(printValue(field({ kind: 'choice', options }), 'fine')).toBe('罚款')
    expect(printValue(field({ kind: 'multichoice', options }), ['fine', 'warning'])).toBe('警告、罚款')
  })
  it('puts book-title marks round a law once', () => {
    const articles = [
      { title: '中华人民共和国消防法', article: '第二十八条' },
      { title: '《行政处罚法》', article: '第九条' },
    ]
    expect(printValue(field({ kind: 'articles' }), articles)).toBe(
      '《中华人民共和国消防法》第二十八条、《行政处罚法》第九条',
    )
  })
  it('leaves what is absent or malformed blank', () => {
    for (const kind of ['date', 'datetime', 'money', 'integer', 'boolean', 'officers', 'articles', 'text'])
      expect(printValue(field({ kind }), undefined)).toBe('')
  })
})
