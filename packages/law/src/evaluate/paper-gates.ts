import type { Reason } from '../evaluation.ts'
import type { StepRule } from '../schema/procedure.ts'
import type { Condition } from '../schema/condition.ts'
import { reasonsOf } from './gates.ts'
import { matches } from './match.ts'
import { readyStep } from './ready-step.ts'
import type { TimedFact, World } from './world.ts'

/** Whether a condition asks nothing but what this paper says. */
function asksOf(condition: Condition, paper: TimedFact): boolean {
  switch (condition.op) {
    case 'all':
      return condition.all.every((c) => asksOf(c, paper))
    case 'any':
      return condition.any.every((c) => asksOf(c, paper))
    case 'not':
      return asksOf(condition.not, paper)
    case 'data':
    case 'filled':
    case 'listed':
      return condition.fact !== undefined && matches(condition.fact, paper)
    default:
      return false
  }
}

/**
 * What the end of the step will ask of a paper's content is asked when the paper is submitted: afterwards it is signed and
 * can no longer be mended. Only gates that speak of submitted papers are meant.
 */
export function paperReasons(paper: TimedFact, owners: readonly StepRule[], world: World): Reason[] {
  if (!isSubmitted(paper)) return []
  const gates = owners
    .filter((s) => (paper.step ?? s.id) === s.id)
    .flatMap((s) => readyStep(s, world).complete)
  return reasonsOf(
    gates.filter((g) => asksOf(g.gate.needs, paper)),
    world,
  )
}

export const isSubmitted = (fact: TimedFact): boolean =>
  fact.kind === 'document' && fact.state === 'submitted'
