import { expect, it } from 'vitest'
import { firstFailures } from './first-failures.ts'
import { fail, notChecked, pass } from './report.ts'

const PAPER = 'data/documents/正卷/005-行政处罚决定书.pdf'

it('names each file once, papers and recordings first, and counts the others', () => {
  const items = [
    pass('package', '.'),
    fail('checkpoint', 'proofs/checkpoint', '签名不成立'),
    fail('file-digest', 'data/case.json', '摘要不一致'),
    fail('file-digest', PAPER, '摘要与清单不一致'),
    fail('blob', PAPER, '不是所指的那一份'),
    notChecked('blob', 'data/media/1.mp4', '没有核验'),
  ]
  const { first, more } = firstFailures(items, 2)
  expect(first.map((i) => [i.path, i.detail])).toEqual([
    [PAPER, '摘要与清单不一致'],
    ['data/case.json', '摘要不一致'],
  ])
  expect(more).toBe(1)
  expect(firstFailures([pass('package', '.')])).toEqual({ first: [], more: 0 })
})
