import { describe, expect, it } from 'vitest'
import type { StepStatus } from '@liuhen/law/evaluation'
import { mapOf } from './map-of.ts'

const stages = [
  { id: 'filing', name: '立案' },
  { id: 'hearing', name: '听证' },
  { id: 'empty', name: '空' },
]
const step = (id: string, stage: string, status: StepStatus, optional = false) => ({
  id,
  stage,
  status,
  optional,
})
const states = (...steps: ReturnType<typeof step>[]) => mapOf(stages, steps).map((s) => s.state)

describe('the map of a procedure', () => {
  it('leaves out a stage that has no step', () => {
    expect(mapOf(stages, [step('a', 'filing', 'possible')]).map((s) => s.id)).toEqual(['filing'])
  })
  it('calls a stage done when what must be done is done, whatever else would have been possible', () => {
    expect(states(step('a', 'filing', 'done'), step('b', 'filing', 'possible', true))).toEqual(['done'])
    expect(states(step('a', 'filing', 'done'), step('b', 'filing', 'possible'))).toEqual(['under-way'])
    expect(states(step('a', 'filing', 'done'), step('b', 'filing', 'begun', true))).toEqual(['under-way'])
  })
  it('calls a stage of optional steps that nobody took not done', () => {
    expect(states(step('a', 'hearing', 'possible', true))).toEqual(['ahead'])
  })
  it('counts what must be done', () => {
    const [filing] = mapOf(stages, [
      step('a', 'filing', 'done'),
      step('b', 'filing', 'blocked'),
      step('c', 'filing', 'not-needed'),
      step('d', 'filing', 'possible', true),
    ])
    expect(filing).toMatchObject({ done: 1, needed: 2, state: 'under-way' })
  })
})
