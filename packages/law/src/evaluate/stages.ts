import type { StepRule } from '../schema/procedure.ts'
import { occurrenceOf } from './occurrence.ts'
import type { Occurrence } from './occurrence.ts'
import type { World } from './world.ts'

const hasRecord = ({ facts, recordings }: Occurrence): boolean =>
  recordings.length > 0 || facts.some((f) => f.kind === 'document' && f.state !== 'refused')

/** A step of which the texts want a paper. */
const wantsPaper = (step: StepRule): boolean => step.documents.some((d) => d.required)

type Gone = Readonly<{ rule: StepRule; occurrence: Occurrence }>

const isDone = ({ occurrence }: Gone): boolean => occurrence.done !== undefined

/** What was done so far wants no paper, and what is still to come does: the filing after the taking up. */
const waitsForPaper = (steps: readonly Gone[]): boolean =>
  !steps.some((s) => isDone(s) && wantsPaper(s.rule)) &&
  steps.some((s) => !isDone(s) && !s.rule.optional && wantsPaper(s.rule))

/**
 * Names of the stages in which a step was done and of which nothing was written or recorded. As long as nothing of a
 * later stage is done, a paper that is still to come is waited for.
 */
export function stagesWithoutRecord(world: World): string[] {
  const stages = world.procedure.stages.map(({ id, name }) => ({
    name,
    steps: world.procedure.steps
      .filter((rule) => rule.stage === id)
      .map((rule) => ({ rule, occurrence: occurrenceOf(world, rule) })),
  }))
  const furthest = stages.findLastIndex(({ steps }) => steps.some(isDone))
  return stages
    .filter(({ steps }, i) => steps.some(isDone) && !(i === furthest && waitsForPaper(steps)))
    .filter(({ steps }) => !steps.some((s) => hasRecord(s.occurrence)))
    .map((stage) => stage.name)
}
