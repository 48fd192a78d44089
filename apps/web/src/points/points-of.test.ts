import { expect, it } from 'vitest'
import { pointLines, withPoint } from './points-of.ts'

const wanted = [
  { code: 'scene', label: '现场环境' },
  { code: 'items', label: '涉案物品' },
  { code: 'scene', label: '现场的环境' },
]

it('what two texts want alike is one line, with what was said of it', () => {
  const lines = pointLines(wanted, [{ code: 'items', notApplicable: '没有物品' }])
  expect(lines.map((l) => [l.wanted.code, l.said?.notApplicable])).toEqual([
    ['scene', undefined],
    ['items', '没有物品'],
  ])
})
it('a point is said anew beside the others, or taken back', () => {
  const points = [
    { code: 'scene', atSeconds: 3 },
    { code: 'items', notApplicable: '没有物品' },
  ]
  expect(withPoint(points, 'items', { atSeconds: 8 })).toEqual([
    { code: 'scene', atSeconds: 3 },
    { code: 'items', atSeconds: 8 },
  ])
  expect(withPoint(points, 'scene', undefined)).toEqual([points[1]])
})
