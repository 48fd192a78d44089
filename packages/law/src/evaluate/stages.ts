import { occurrenceOf } from './occurrence.ts'
import type { Occurrence } from './occurrence.ts'
import type { World } from './world.ts'

const hasRecord = ({ facts, recordings }: Occurrence): boolean =>
  recordings.length > 0 || facts.some((f) => f.kind === 'document' && f.state !== 'refused')

/** Names of the stages in which a step was done and of which nothing was written or recorded. */
export const stagesWithoutRecord = (world: World): string[] =>
  world.procedure.stages
    .filter(({ id }) => {
      const steps = world.procedure.steps.filter((s) => s.stage === id).map((s) => occurrenceOf(world, s))
      return steps.some((o) => o.done !== undefined) && !steps.some(hasRecord)
    })
    .map((stage) => stage.name)
