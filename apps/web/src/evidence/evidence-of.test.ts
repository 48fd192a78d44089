import { expect, it } from 'vitest'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { DESCRIPTION, descriptionStep, entriesOf } from './evidence-of.ts'

const step = (id: string, ...types: string[]) => ({
  id,
  documents: types.map((type) => ({ type, required: false, done: false })),
})
const file = {
  evaluation: { steps: [step('inspection', DESCRIPTION), step('inquiry'), step('case-file', DESCRIPTION)] },
  recordings: [
    { id: 'r1', step: 'inspection' },
    { id: 'r2', step: 'inquiry' },
  ],
  notes: [],
  noted: [
    { name: 'evidence-disc-made', about: 'r1', ref: 'n1' },
    { name: 'evidence-disc-made', about: 'r2', ref: 'n2' },
  ],
} as unknown as CaseWorkspace

it('makes the description in the recording’s own step, where that asks for it', () => {
  expect(descriptionStep(file, 'r1')).toBe('inspection')
})
it('makes it when the file is assembled, where the own step does not ask', () => {
  expect(descriptionStep(file, 'r2')).toBe('case-file')
})
it('shows the discs of this recording alone', () => {
  expect(entriesOf(file, 'r2', 'evidence-disc-made').map((n) => n.ref)).toEqual(['n2'])
})
