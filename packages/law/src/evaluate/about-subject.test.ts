import { describe, expect, it } from 'vitest'
import { Condition } from '../schema/condition.ts'
import { StepRule } from '../schema/procedure.ts'
import { asksSubject } from './about-subject.ts'

const asks = (condition: object, steps = new Map<string, StepRule>()) =>
  asksSubject(Condition.parse(condition), steps)

describe('whether an answer may depend on the fact in question', () => {
  it.each([
    [{ officers: 2 }],
    [{ not: { data: 'urgent', equals: true } }],
    [{ any: [{ flag: 'minor' }, { rank: 'agency-head' }] }],
    [{ fact: { kind: 'recording', name: '*', tied: 'step' } }],
    [{ fact: { kind: 'event', name: 'sealed', same: 'place' } }],
    [{ compare: { time: 'at' }, is: '>', to: { time: 'at', of: 'event act-ended' } }],
    [{ complete: 'documents' }],
  ])('%j does', (condition) => {
    expect(asks(condition)).toBe(true)
  })
  it.each([
    [{ flag: 'minor' }],
    [{ all: [{ step: 'filing' }, { document: 'penalty-decision', state: 'issued' }] }],
    [{ data: 'mode', fact: 'document * served', equals: 'direct' }],
    [{ compare: { sum: 'amount', of: 'event paid' }, is: '>=', to: { setting: 'fine-floor' } }],
  ])('%j does not', (condition) => {
    expect(asks(condition)).toBe(false)
  })
  it('follows the condition of the step that is to be settled', () => {
    const hearing = StepRule.parse({
      id: 'hearing',
      name: '听证',
      stage: 'rights',
      by: ['handler'],
      clauses: ['pen-63'],
      when: { officers: 2 },
    })
    const settled = { settled: 'hearing' }
    expect(asks(settled)).toBe(false)
    expect(asks(settled, new Map([['hearing', hearing]]))).toBe(true)
  })
})
