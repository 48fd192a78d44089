import { ask, type CaseRecord, evaluate } from '@liuhen/law/evaluate'
import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { caseOf, day, event, throughNotice } from '../../../../test/law/timeline.ts'
import { preparedCase, preparedOnce } from './prepared-cases.ts'

const law = realLaw()
const readAgain = (record: CaseRecord): CaseRecord => structuredClone(record)
const open = caseOf(throughNotice.noticed)
const told = (record: CaseRecord) => ask(preparedCase(record, law), day('03-20'))

describe('a prepared case', () => {
  it('is found again when its stream is read again and says the same', () => {
    const first = preparedCase(open, law)
    expect(preparedCase(readAgain(open), law)).toBe(first)
    expect(preparedOnce(readAgain(open), law)).toBe(first)
  })

  it.each<[string, CaseRecord]>([
    [
      'a fact of a register that was lent to it',
      { ...open, facts: [event('x', day('01-01')), ...open.facts] },
    ],
    ['a fact that says something else', { ...open, facts: open.facts.map((f) => ({ ...f, step: 'lead' })) }],
    ['a mark', { ...open, flags: ['major-complex'] }],
    ['a setting', { ...open, settings: { 'case-file-retention-years': 5 } }],
    ['an overlay', { ...open, selection: { ...open.selection, overlays: ['guoban-2017-14'] } }],
  ])('is another one after %s', (_what, other) => {
    const first = preparedCase(open, law)
    expect(preparedCase(other, law)).not.toBe(first)
    expect(JSON.stringify(told(other))).toBe(JSON.stringify(evaluate(other, law, day('03-20'))))
  })

  it('is not kept for a case that is only tried', () => {
    const tried = caseOf([...throughNotice.noticed, event('x', day('03-11'))])
    const once = preparedOnce(tried, law)
    expect(preparedOnce(readAgain(tried), law)).not.toBe(once)
  })

  it('gives way to those that were asked later, and stays while it is asked', () => {
    const large = (n: number): CaseRecord => {
      const at = new Date(Date.parse('2026-03-02T01:00:00Z') + n * 60_000).toISOString()
      return { ...open, startedAt: at, facts: Array.from({ length: 4000 }, () => event('x', at)) }
    }
    const [first, asked] = [preparedCase(large(0), law), preparedCase(large(1), law)]
    for (let n = 2; n < 8; n += 1) {
      preparedCase(large(n), law)
      expect(preparedCase(large(1), law)).toBe(asked)
    }
    expect(preparedCase(large(0), law)).not.toBe(first)
  })

  it('weighs something itself, so that many small ones give way, too', () => {
    const small = (n: number): CaseRecord => {
      const at = new Date(Date.parse('2026-03-02T01:00:00Z') + n * 60_000).toISOString()
      return { ...open, startedAt: at, facts: [] }
    }
    const first = preparedCase(small(0), law)
    for (let n = 1; n <= 400; n += 1) preparedCase(small(n), law)
    expect(preparedCase(small(0), law)).not.toBe(first)
  })
})
