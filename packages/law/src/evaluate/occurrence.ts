import { citationsOf } from '../combine.ts'
import type { StepRule } from '../schema/procedure.ts'
import { once } from './found.ts'
import { factsInStep, factsNamed } from './look-up.ts'
import { allMatching, matches } from './match.ts'
import { byTime } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** The latest time that a step was gone through, as far as the world knows. */
export type Occurrence = Readonly<{
  begun: TimedFact | undefined
  done: TimedFact | undefined
  /** What happened before belongs to an earlier time that a repeatable step was gone through. */
  since: number
  facts: readonly TimedFact[]
}>

const isOf = (step: StepRule, fact: TimedFact, state: string): boolean =>
  fact.kind === 'step' && fact.name === step.id && fact.state === state

/** The step is reported as done, or the event that ends it has happened. */
export const ends = (step: StepRule, fact: TimedFact): boolean =>
  isOf(step, fact, 'done') || (step.doneBy !== undefined && matches(step.doneBy, fact))

/** What happened in the step, its own facts, and its papers that name no step. */
function belonging(world: World, step: StepRule): readonly TimedFact[] {
  const inStep = factsInStep(world, step.id)
  const loose: TimedFact[] = []
  for (const { type } of step.documents)
    for (const paper of factsNamed(world, 'document', type)) if (paper.step === undefined) loose.push(paper)
  return loose.length === 0 ? inStep : [...new Set([...inStep, ...loose])].toSorted(byTime)
}

/** What ended the step, oldest first. */
function endsOf(world: World, step: StepRule): readonly TimedFact[] {
  const named = factsNamed(world, 'step', step.id)
  const own = named.length === 0 ? named : named.filter((f) => f.state === 'done')
  if (step.doneBy === undefined) return own
  const other = allMatching(world, step.doneBy)
  return own.length === 0 ? other : [...own, ...other].toSorted(byTime)
}

/** Facts of a step; of a repeatable one only those since it last began. */
export const occurrenceOf = (world: World, step: StepRule): Occurrence =>
  once((world.found.occurrences ??= new Map()), step, () => findOccurrence(world, step))

function findOccurrence(world: World, step: StepRule): Occurrence {
  const own = factsNamed(world, 'step', step.id)
  const begun = own.findLast((f) => f.state === 'begun')
  const since = step.repeatable && begun !== undefined ? begun.ms : Number.NEGATIVE_INFINITY
  const all = belonging(world, step)
  const facts = since === Number.NEGATIVE_INFINITY ? all : all.filter((f) => f.ms >= since)
  const done = endsOf(world, step).findLast((f) => f.ms >= since)
  return { begun, done, since, facts }
}

export function isDone(world: World, stepId: string): boolean {
  const step = world.asking.steps.get(stepId)
  if (step === undefined) return false
  return endsOf(world, step).length > 0
}

export const isBegun = (world: World, stepId: string): boolean => factsNamed(world, 'step', stepId).length > 0

/** A step whose every clause is foreign to the case may be used, but nothing demands it. */
export const isOptional = (world: World, step: StepRule): boolean =>
  step.optional || citationsOf(world.caseLaw, step.clauses, world.date).length === 0
