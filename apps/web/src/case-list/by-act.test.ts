import { describe, expect, it } from 'vitest'
import { byAct, usualProcedure } from './by-act.ts'

const inspection = { id: 'inspection', act: '行政检查' }
const ordinary = { id: 'penalty-ordinary', act: '行政处罚' }
const simple = { id: 'penalty-simple', act: '行政处罚' }

describe('the choice of a procedure', () => {
  it('stands under the kinds of act, in the order of the texts', () => {
    expect(byAct([inspection, ordinary, simple]).map((g) => [g.act, g.items.map((p) => p.id)])).toEqual([
      ['行政检查', ['inspection']],
      ['行政处罚', ['penalty-ordinary', 'penalty-simple']],
    ])
  })
  it('begins with the ordinary penalty, and without it with the first act', () => {
    expect(usualProcedure([inspection, ordinary])).toBe('penalty-ordinary')
    expect(usualProcedure([inspection])).toBe('inspection')
    expect(usualProcedure([])).toBeUndefined()
  })
})
