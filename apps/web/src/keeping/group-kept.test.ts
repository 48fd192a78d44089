import type { KeptItem } from '@liuhen/api/schema/evaluation'
import { expect, it } from 'vitest'
import { groupKept } from './group-kept.ts'

const kept = (item: string, rule: KeptItem['rule'], why: string, keptThrough?: string): KeptItem => ({
  item,
  rule,
  why,
  citations: [],
  ...(keptThrough === undefined ? {} : { keptThrough }),
})

it('puts together what is kept alike, what may not go at all first, then the longest', () => {
  const groups = groupKept([
    kept('patrol', 'until', '六个月', '2026-09-01'),
    kept('r1', 'until', '与案卷同期', '2036-05-20'),
    kept('r2', 'until', '与案卷同期', '2036-05-20'),
    kept('r3', 'permanent', '属于重大案件'),
    kept('r4', 'open', '已采取保全'),
  ])
  expect(groups.map((g) => g.items)).toEqual([['r4'], ['r3'], ['r1', 'r2'], ['patrol']])
})

it('keeps apart what is kept until the same day for another reason', () => {
  const groups = groupKept([kept('a', 'until', '甲', '2030-01-01'), kept('b', 'until', '乙', '2030-01-01')])
  expect(groups).toHaveLength(2)
})
