import { expect, it } from 'vitest'
import { stillSaid } from './field-value.ts'

it('no longer says of a field that it is empty once somebody types in it', () => {
  const problems = [{ path: 'place' }, { path: 'items.0.name' }, { path: '' }]
  const items = [{}]
  const said = { problems, data: { items } }
  expect(stillSaid(said, { items })).toEqual(problems)
  expect(stillSaid(said, { items, place: '门前' })).toEqual([{ path: 'items.0.name' }, { path: '' }])
  expect(stillSaid(said, { items: [{ name: '椅' }] })).toEqual([{ path: 'place' }, { path: '' }])
})
