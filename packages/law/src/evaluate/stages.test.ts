import { expect, it } from 'vitest'
import { FactInput } from '../schema/fact-input.ts'
import { StepRule } from '../schema/procedure.ts'
import { clockAt } from './clock.ts'
import { indexOf } from './fact-index.ts'
import { stagesWithoutRecord } from './stages.ts'
import { timed } from './world.ts'
import type { World } from './world.ts'

const step = (id: string, stage: string, papers: readonly string[] = []) =>
  StepRule.parse({
    id,
    name: id,
    stage,
    by: ['officer'],
    clauses: ['zml-4-1'],
    documents: papers.map((type) => ({ type, state: 'issued' })),
  })
const fact = (is: string, step: string) => timed(FactInput.parse({ is, step, at: '2026-05-12 09:00' }))

const worldOf = (facts: ReturnType<typeof fact>[]) =>
  ({
    index: indexOf(facts.map((f, order) => ({ ...f, order }))),
    count: facts.length,
    found: {},
    clock: clockAt(Date.parse('2026-05-13T09:00:00+08:00')),
    procedure: {
      stages: [
        { id: 'intake', name: '受理' },
        { id: 'investigation', name: '取证' },
      ],
      steps: [
        step('lead', 'intake'),
        step('filing', 'intake', ['filing-approval']),
        step('inspection', 'investigation', ['inspection-record']),
      ],
    },
  }) as unknown as World

it('names the stages in which something was done and nothing was written or recorded', () => {
  const done = [fact('step lead done', 'lead'), fact('step inspection done', 'inspection')]
  expect(stagesWithoutRecord(worldOf(done))).toEqual(['受理', '取证'])
})
it('takes any paper or recording of the stage, whichever of its steps it belongs to', () => {
  const done = [fact('step lead done', 'lead'), fact('step inspection done', 'inspection')]
  const kept = [
    fact('document filing-approval approved', 'filing'),
    fact('recording inspection made', 'inspection'),
  ]
  expect(stagesWithoutRecord(worldOf([...done, ...kept]))).toEqual([])
})
it('asks nothing of a stage that has not been gone through', () => {
  expect(stagesWithoutRecord(worldOf([fact('step inspection begun', 'inspection')]))).toEqual([])
})
it('waits for the paper of a step that is still to come, until a later stage has gone on without it', () => {
  const lead = fact('step lead done', 'lead')
  expect(stagesWithoutRecord(worldOf([lead]))).toEqual([])
  expect(stagesWithoutRecord(worldOf([lead, fact('step filing done', 'filing')]))).toEqual(['受理'])
})
