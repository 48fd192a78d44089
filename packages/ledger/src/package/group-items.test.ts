import { describe, expect, it } from 'vitest'
import { fail, notChecked, pass } from './report.ts'
import { groupItems } from './group-items.ts'

describe('the items of a report', () => {
  it('stand by check, with what failed first and what was not checked next', () => {
    const groups = groupItems([
      pass('entry', 'a'),
      pass('blob', 'b'),
      notChecked('log-key', 'c', ''),
      fail('blob', 'd', ''),
    ])
    expect(groups.map((g) => [g.check, g.items.length, g.failed, g.open])).toEqual([
      ['blob', 2, 1, 0],
      ['log-key', 1, 0, 1],
      ['entry', 1, 0, 0],
    ])
  })
})
