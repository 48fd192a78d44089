import type { StepView } from '@liuhen/law/evaluation'

type Standing = Pick<StepView, 'id' | 'status' | 'optional'>

/** The step to show first: one that is under way, else the next that must be done, else whatever was last. */
export function currentStep<S extends Standing>(steps: readonly S[]): S | undefined {
  return (
    steps.find((s) => s.status === 'begun') ??
    steps.find((s) => s.status === 'possible' && !s.optional) ??
    steps.find((s) => s.status === 'possible') ??
    steps.findLast((s) => s.status === 'done') ??
    steps[0]
  )
}
