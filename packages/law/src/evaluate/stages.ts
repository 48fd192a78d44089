import { occurrenceOf } from './occurrence.ts'
import type { World } from './world.ts'

const isRecord = (fact: Readonly<{ kind: string; state?: string | undefined }>): boolean =>
  fact.kind === 'recording' || (fact.kind === 'document' && fact.state !== 'refused')

/** Names of the stages in which something was done and nothing was written or recorded. */
export const stagesWithoutRecord = (world: World): string[] =>
  world.procedure.stages
    .filter(({ id }) => {
      const gone = world.procedure.steps
        .filter((s) => s.stage === id)
        .map((s) => occurrenceOf(world, s))
        .filter((o) => o.done !== undefined)
      return gone.length > 0 && !gone.some((o) => o.facts.some(isRecord))
    })
    .map((stage) => stage.name)
