import { citationsOf } from '../combine.ts'
import type { StepRule } from '../schema/procedure.ts'
import { matches } from './match.ts'
import type { TimedFact, World } from './world.ts'

/** The latest time that a step was gone through, as far as the world knows. */
export type Occurrence = Readonly<{ begun?: TimedFact; done?: TimedFact; facts: readonly TimedFact[] }>

const isOf = (step: StepRule, fact: TimedFact, state: string): boolean =>
  fact.kind === 'step' && fact.name === step.id && fact.state === state

/** The step is reported as done, or the event that ends it has happened. */
export const ends = (step: StepRule, fact: TimedFact): boolean =>
  isOf(step, fact, 'done') || (step.doneBy !== undefined && matches(step.doneBy, fact))

const belongs = (step: StepRule, fact: TimedFact): boolean =>
  fact.step === step.id ||
  (fact.kind === 'step' && fact.name === step.id) ||
  (fact.step === undefined && fact.kind === 'document' && step.documents.some((d) => d.type === fact.name))

/** A world never changes, and every question about a step begins with its occurrence. */
const known = new WeakMap<World, Map<StepRule, Occurrence>>()

/** Facts of a step; of a repeatable one only those since it last began. */
export function occurrenceOf(world: World, step: StepRule): Occurrence {
  const bySteps = known.get(world) ?? new Map<StepRule, Occurrence>()
  known.set(world, bySteps)
  const found = bySteps.get(step) ?? findOccurrence(world, step)
  bySteps.set(step, found)
  return found
}

function findOccurrence(world: World, step: StepRule): Occurrence {
  const begun = world.facts.findLast((f) => isOf(step, f, 'begun'))
  const since = step.repeatable && begun !== undefined ? begun.ms : Number.NEGATIVE_INFINITY
  const facts = world.facts.filter((f) => belongs(step, f) && f.ms >= since)
  const done = world.facts.findLast((f) => f.ms >= since && ends(step, f))
  return { facts, ...(begun ? { begun } : {}), ...(done ? { done } : {}) }
}

export function isDone(world: World, stepId: string): boolean {
  const step = world.procedure.steps.find((s) => s.id === stepId)
  return step !== undefined && world.facts.some((f) => ends(step, f))
}

export const isBegun = (world: World, stepId: string): boolean =>
  world.facts.some((f) => f.kind === 'step' && f.name === stepId)

/** A step whose every clause is foreign to the case may be used, but nothing demands it. */
export const isOptional = (world: World, step: StepRule): boolean =>
  step.optional || citationsOf(world.caseLaw, step.clauses, world.date).length === 0
