import { expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { evaluate } from '../evaluate.ts'
import type { Fact, Rank } from '../fact.ts'

const on = (hour: string): string => `2026-03-02T${hour}:00:00+08:00`
const paper = (state: string, hour: string, rank?: Rank): Fact => ({
  kind: 'document',
  name: 'filing-approval',
  ref: 'd-1',
  step: 'filing',
  state,
  at: on(hour),
  ...(rank === undefined ? {} : { by: [{ personId: rank, rank }] }),
})
const accepted: readonly Fact[] = [
  { kind: 'event', name: 'lead-registered', at: on('08'), data: { source: 'inspection' } },
  { kind: 'step', name: 'lead', state: 'done', at: on('08') },
  { kind: 'step', name: 'acceptance', state: 'done', at: on('08') },
  { kind: 'step', name: 'filing', state: 'begun', at: on('08') },
]
const submitted = [paper('submitted', '09'), paper('approved', '09', 'handler')]

/** What the filing step says of its paper at noon. */
const lackOf = (facts: readonly Fact[]) => {
  const filing = evaluate(
    {
      procedure: 'penalty-ordinary',
      startedAt: on('08'),
      facts: [...accepted, ...facts],
      selection: { base: 'zoumaling', overlays: [], national: 'on' },
    },
    realLaw(),
    on('12'),
  ).steps.find((s) => s.id === 'filing')
  return filing?.missing.find((r) => r.code === 'document-missing')?.todo
}

it('asks for a paper that nobody has begun', () => {
  expect(lackOf([])).toBe('制作《立案审批表》并完成制发')
})
it('names whose turn it is with a paper that was submitted', () => {
  expect(lackOf(submitted)).toBe('请承办机构负责人审批《立案审批表》')
  expect(lackOf([...submitted, paper('approved', '10', 'unit-head')])).toBe('请机关负责人审批《立案审批表》')
})
it('asks only for what is left of a paper that all have approved', () => {
  const approved = [paper('approved', '10', 'unit-head'), paper('approved', '11', 'agency-head')]
  expect(lackOf([...submitted, ...approved])).toBe('完成《立案审批表》的制发')
  expect(lackOf([...submitted, ...approved, paper('issued', '11')])).toBeUndefined()
})
it('asks for a paper that was sent back to be mended, not to be made', () => {
  expect(lackOf([...submitted, paper('returned', '10', 'unit-head')])).toBe(
    '按退回意见修改《立案审批表》，重新提交',
  )
})
