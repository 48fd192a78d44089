import { occurrenceOf } from './occurrence.ts'
import type { World } from './world.ts'

const isRecord = (fact: Readonly<{ kind: string; state?: string | undefined }>): boolean =>
  fact.kind === 'recording' || (fact.kind === 'document' && fact.state !== 'refused')

/** Names of the stages in which a step was done and of which nothing was written or recorded. */
export const stagesWithoutRecord = (world: World): string[] =>
  world.procedure.stages
    .filter(({ id }) => {
      const steps = world.procedure.steps.filter((s) => s.stage === id).map((s) => occurrenceOf(world, s))
      return steps.some((o) => o.done !== undefined) && !steps.some((o) => o.facts.some(isRecord))
    })
    .map((stage) => stage.name)
