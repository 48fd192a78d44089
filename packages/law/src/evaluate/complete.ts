import { documentAt } from '../combine.ts'
import type { StepRule } from '../schema/procedure.ts'
import { checkCondition } from './check-condition.ts'
import type { Check } from './check.ts'
import { ends, isBegun, isDone, isOptional } from './occurrence.ts'
import { demandsOf, documentDemands } from './step-completion.ts'
import type { World } from './world.ts'

/** Steps up to the latest that was gone through, or up to the one that the fact in question ends; those not needed left out. */
function stepsSoFar(world: World): StepRule[] {
  const { steps } = world.procedure
  const { subject } = world
  const ending = subject === undefined ? -1 : steps.findIndex((s) => ends(s, subject))
  const reached = steps.findLastIndex((s) => isBegun(world, s.id) || isDone(world, s.id))
  const upTo = ending >= 0 ? steps.slice(0, ending) : steps.slice(0, reached + 1)
  return upTo.filter((step) => {
    if (isBegun(world, step.id) || isDone(world, step.id)) return true
    if (step.when !== undefined && !checkCondition(step.when, world).holds) return false
    return !isOptional(world, step)
  })
}

const lacking = (step: StepRule, what: 'documents' | 'records', world: World): string[] => {
  const documents = documentDemands(step, world)
    .filter((d) => d.required && !d.done)
    .map(
      (d) =>
        `《${(documentAt(world.caseLaw.law, d.type, world.date)?.name ?? d.type).replace(/^《|》$/g, '')}》`,
    )
  if (what === 'documents') return documents
  const recordings = demandsOf(step, world)
    .filter((d) => d.strength === 'must' && !d.done)
    .map((d) => `${world.caseLaw.law.scenes.get(d.scene) ?? d.scene}的音像`)
  return [...documents, ...recordings]
}

/** What the record lacks so far, step by step: the list of gaps before a file is closed. */
export function checkComplete(what: 'documents' | 'records', world: World): Check {
  const gaps = stepsSoFar(world).flatMap((step) =>
    lacking(step, what, world).map((name) => `${step.name}缺${name}`),
  )
  return gaps.length === 0
    ? { holds: true, facts: {} }
    : { holds: false, facts: { missing: [...new Set(gaps)].join('、'), count: gaps.length } }
}
