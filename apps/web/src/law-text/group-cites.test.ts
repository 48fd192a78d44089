import { expect, it } from 'vitest'
import { groupCites } from './group-cites.ts'

const of = (clause: string, cite: string, duty: string) => ({ clause, cite, duty, layer: 'base' as const })

it('names an article once, with every duty that it is cited for', () => {
  const groups = groupCites([of('a-1', '第一条', '甲'), of('b', '第二条', '乙'), of('a-2', '第一条', '丙')])
  expect(groups.map((g) => [g.cite, g.of.map((c) => c.duty)])).toEqual([
    ['第一条', ['甲', '丙']],
    ['第二条', ['乙']],
  ])
})
