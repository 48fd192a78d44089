import { describe, expect, it } from 'vitest'
import { rulesByKind, shownClauses } from './shown-clauses.ts'

const clause = (id: string, modality: 'must' | 'may', rules: number) => ({
  id,
  ref: `第${id}条`,
  duty: `义务${id}`,
  modality,
  rules: Array.from({ length: rules }, () => id),
})
const items = [clause('a-1', 'must', 2), clause('a-2', 'may', 0), clause('b-1', 'must', 0)]
const ids = (filter: Partial<Parameters<typeof shownClauses>[1]>) =>
  shownClauses(items, { q: undefined, force: undefined, rules: undefined, ...filter }).map((c) => c.id)

describe('the clauses of a regulation', () => {
  it('are all shown as long as nothing is asked', () => {
    expect(ids({})).toEqual(['a-1', 'a-2', 'b-1'])
  })
  it('are found by their words, by how they bind, and by whether a rule answers to them', () => {
    expect(ids({ q: ' 义务b' })).toEqual(['b-1'])
    expect(ids({ force: 'may' })).toEqual(['a-2'])
    expect(ids({ rules: 'with' })).toEqual(['a-1'])
    expect(ids({ rules: 'without', force: 'must' })).toEqual(['b-1'])
  })
  it('tell their rules kind by kind', () => {
    const rule = (kind: string, id: string) => ({ kind, id, name: id, in: [] })
    const kinds = rulesByKind([rule('义务', 'x'), rule('约束', 'y'), rule('义务', 'z')])
    expect(kinds.map((k) => [k.kind, k.rules.map((r) => r.id)])).toEqual([
      ['义务', ['x', 'z']],
      ['约束', ['y']],
    ])
  })
})
