import { describe, expect, it } from 'vitest'
import type { StepStatus } from '@liuhen/law/evaluation'
import { currentStep } from './current-step.ts'

const step = (id: string, status: StepStatus, optional = false) => ({ id, status, optional })

describe('the step to show first', () => {
  it('is one that is under way', () => {
    expect(currentStep([step('a', 'possible'), step('b', 'begun', true)])?.id).toBe('b')
  })
  it('is the next that must be done, not one that may be', () => {
    expect(currentStep([step('a', 'done'), step('b', 'possible', true), step('c', 'possible')])?.id).toBe('c')
  })
  it('is what must come, even while it has to wait', () => {
    expect(currentStep([step('a', 'done'), step('b', 'possible', true), step('c', 'blocked')])?.id).toBe('c')
  })
  it('is the last that was done when nothing more must be', () => {
    const steps = [step('a', 'done'), step('b', 'done'), step('c', 'possible', true)]
    expect(currentStep(steps)?.id).toBe('b')
  })
  it('is the first at the beginning, and none where there are none', () => {
    expect(currentStep([step('a', 'not-needed')])?.id).toBe('a')
    expect(currentStep([])).toBeUndefined()
  })
})
