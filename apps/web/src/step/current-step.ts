import type { StepView } from '@liuhen/law/evaluation'

type Standing = Pick<StepView, 'id' | 'status' | 'optional'>

/**
 * The step to show first: one that is under way, else the next that must be done, even if something still stands in its
 * way, else whatever was last. What may be done besides is never what comes next.
 */
export function currentStep<S extends Standing>(steps: readonly S[]): S | undefined {
  const must = steps.filter((s) => !s.optional)
  return (
    steps.find((s) => s.status === 'begun') ??
    must.find((s) => s.status === 'possible') ??
    must.find((s) => s.status === 'blocked') ??
    steps.findLast((s) => s.status === 'done') ??
    steps[0]
  )
}
