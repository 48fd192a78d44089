import { expect, it } from 'vitest'
import { loadDefinition } from '../../../../test/fixtures/load-definitions.ts'
import { listIn } from './open-labels.ts'

it('takes what a label says from the columns that the paper names, in the order of the list', () => {
  const items = [
    { name: '卧式冷柜', quantity: '1台', feature: '白色' },
    { name: '折叠桌\u202E', quantity: '4张' },
  ]
  const data = { items, decisionNumber: '走街强〔2026〕3号' }
  expect(listIn(loadDefinition('property-list'), { data })).toEqual({
    number: '走街强〔2026〕3号',
    things: [
      { no: 1, name: '卧式冷柜', quantity: '1台', feature: '白色' },
      { no: 2, name: '折叠桌〔U+202E〕', quantity: '4张', feature: '' },
    ],
  })
})

it('puts number and unit together, and prefers the number of the paper itself', () => {
  const items = [{ name: '冷柜', spec: 'BD-258', count: 2, unit: '台' }]
  expect(listIn(loadDefinition('preservation-notice'), { data: { items }, number: '保〔2026〕1号' })).toEqual(
    {
      number: '保〔2026〕1号',
      things: [{ no: 1, name: '冷柜', quantity: '2台', feature: 'BD-258' }],
    },
  )
})

it('finds nothing in a paper without a list, or with an empty one', () => {
  expect(listIn(loadDefinition('filing-approval'), { data: {} })).toBeUndefined()
  expect(listIn(loadDefinition('property-list'), { data: { items: [] } })).toBeUndefined()
})
