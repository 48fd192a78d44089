import { documentAt } from '../combine.ts'
import type { StepRule } from '../schema/procedure.ts'
import { isNeeded } from './check-condition.ts'
import { lawDay } from './clock.ts'
import { yes } from './check.ts'
import type { Check } from './check.ts'
import { ends, isBegun, isDone, isOptional } from './occurrence.ts'
import { demandsOf, documentDemands } from './step-completion.ts'
import type { World } from './world.ts'

/** Steps up to the latest that was gone through, or up to the one that the fact in question ends; those not needed left out. */
function stepsSoFar(world: World): readonly StepRule[] {
  const { steps } = world.procedure
  const { subject } = world
  const isReached = (step: StepRule): boolean => isBegun(world, step.id) || isDone(world, step.id)
  const ending = subject === undefined ? -1 : steps.findIndex((s) => ends(s, subject))
  const upTo = ending >= 0 ? ending : steps.findLastIndex(isReached) + 1
  return steps.slice(0, upTo).filter((step) => {
    if (isReached(step)) return true
    return isNeeded(step, world) && !isOptional(world, step)
  })
}

const paperName = (type: string, { caseLaw, clock }: World): string =>
  (documentAt(caseLaw.law, type, lawDay(clock))?.name ?? type).replace(/^《|》$/g, '')

/** What the record lacks so far, step by step: the list of gaps before a file is closed. */
export function checkComplete(what: 'documents' | 'records', world: World): Check {
  const gaps: string[] = []
  for (const step of stepsSoFar(world)) {
    for (const { type, required, done } of documentDemands(step, world))
      if (required && !done) gaps.push(`${step.name}缺《${paperName(type, world)}》`)
    if (what === 'documents') continue
    for (const { scene, strength, done } of demandsOf(step, world))
      if (strength === 'must' && !done)
        gaps.push(`${step.name}缺${world.caseLaw.law.scenes.get(scene) ?? scene}的音像`)
  }
  return gaps.length === 0
    ? yes
    : { holds: false, facts: { missing: [...new Set(gaps)].join('、'), count: gaps.length } }
}
