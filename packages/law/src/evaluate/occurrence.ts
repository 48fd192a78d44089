import { citationsOf } from '../combine.ts'
import type { StepRule } from '../schema/procedure.ts'
import { lawDay, remembered } from './clock.ts'
import { once } from './found.ts'
import { named } from './fact-index.ts'
import type { Belonging } from './fact-index.ts'
import { factsInStep, factsNamed, known } from './look-up.ts'
import { allMatching, lastSought, matches } from './match.ts'
import { isAfter } from './stands.ts'
import { byTime } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** The latest time that a step was gone through, as far as the world knows. */
export type Occurrence = Readonly<{
  begun: TimedFact | undefined
  done: TimedFact | undefined
  /** What happened before belongs to an earlier time that a repeatable step was gone through. */
  since: number
  /** Everything but the recordings. */
  facts: readonly TimedFact[]
  recordings: readonly TimedFact[]
}>

const isOf = (step: StepRule, fact: TimedFact, state: string): boolean =>
  fact.kind === 'step' && fact.name === step.id && fact.state === state

/** The step is reported as done, or the event that ends it has happened. */
export const ends = (step: StepRule, fact: TimedFact): boolean =>
  isOf(step, fact, 'done') || (step.doneBy !== undefined && matches(step.doneBy, fact))

/** What happened in the step, its own facts, and its papers that name no step. */
function belongingTo(
  step: StepRule,
  inStep: readonly TimedFact[],
  papersOf: (type: string) => readonly TimedFact[],
): Belonging {
  const loose: TimedFact[] = []
  for (const { type } of step.documents)
    for (const paper of papersOf(type)) if (paper.step === undefined) loose.push(paper)
  const recordings = inStep.filter(isRecording)
  const facts = recordings.length === 0 ? inStep : inStep.filter((f) => f.kind !== 'recording')
  if (loose.length === 0) return { facts, recordings }
  return { facts: [...new Set([...facts, ...loose])].toSorted(byTime), recordings }
}

const isRecording = (fact: TimedFact): boolean => fact.kind === 'recording'

/** The same as far as it is known. What is on record is put together once, and each world knows the older part of it. */
function belonging(world: World, step: StepRule): Belonging {
  const { index, extra } = world
  if (extra !== undefined)
    return belongingTo(step, factsInStep(world, step.id), (type) => factsNamed(world, 'document', type))
  const { facts, recordings } = once(index.belonging, step, () =>
    belongingTo(step, index.byStep.get(step.id) ?? [], (type) => named(index, 'document', type)),
  )
  return { facts: known(world, facts), recordings: known(world, recordings) }
}

/** What took the case up anew last. */
function anewIn(world: World): TimedFact | undefined {
  const { asking, found } = world
  if (asking.anew.length === 0) return undefined
  found.anew ??= byLatest(asking.anew.flatMap((sought) => lastSought(world, sought) ?? [])) ?? null
  return found.anew ?? undefined
}

const byLatest = (facts: readonly TimedFact[]): TimedFact | undefined =>
  facts.reduce<TimedFact | undefined>(
    (latest, fact) => (latest === undefined || isAfter(fact, latest) ? fact : latest),
    undefined,
  )

/** Whether the case was taken up anew after this. */
export function isTakenUpSince(world: World, fact: TimedFact): boolean {
  const from = anewIn(world)
  return from !== undefined && isAfter(from, fact)
}

/** Of a step that is gone through once more, what came after the case was taken up anew. */
function sinceAnew(world: World, step: StepRule, facts: readonly TimedFact[]): readonly TimedFact[] {
  const from = step.anew && facts.length > 0 ? anewIn(world) : undefined
  return from === undefined ? facts : facts.filter((fact) => isAfter(fact, from))
}

/** What ended the step, oldest first. */
function endsOf(world: World, step: StepRule): readonly TimedFact[] {
  const named = factsNamed(world, 'step', step.id)
  const own = named.length === 0 ? named : named.filter((f) => f.state === 'done')
  const other = step.doneBy === undefined ? [] : allMatching(world, step.doneBy)
  const all = other.length === 0 ? own : own.length === 0 ? other : [...own, ...other].toSorted(byTime)
  return sinceAnew(world, step, all)
}

/** Facts of a step; of a repeatable one only those since it last began, of one gone through anew those since then. */
export const occurrenceOf = (world: World, step: StepRule): Occurrence =>
  remembered((world.found.occurrences ??= new Map()), step, world.clock, () => findOccurrence(world, step))

function findOccurrence(world: World, step: StepRule): Occurrence {
  const begun = sinceAnew(world, step, factsNamed(world, 'step', step.id)).findLast(
    (f) => f.state === 'begun',
  )
  const anew = step.anew ? anewIn(world)?.ms : undefined
  const since = step.repeatable && begun !== undefined ? begun.ms : (anew ?? Number.NEGATIVE_INFINITY)
  const done = endsOf(world, step).findLast((f) => f.ms >= since)
  const { facts, recordings } = belonging(world, step)
  if (since === Number.NEGATIVE_INFINITY) return { begun, done, since, facts, recordings }
  const lately = (f: TimedFact): boolean => f.ms >= since
  return { begun, done, since, facts: facts.filter(lately), recordings: recordings.filter(lately) }
}

export function isDone(world: World, stepId: string): boolean {
  const step = world.asking.steps.get(stepId)
  if (step === undefined) return false
  return endsOf(world, step).length > 0
}

export function isBegun(world: World, stepId: string): boolean {
  const step = world.asking.steps.get(stepId)
  const own = factsNamed(world, 'step', stepId)
  return (step === undefined ? own : sinceAnew(world, step, own)).length > 0
}

/** A step whose every clause is foreign to the case may be used, but nothing demands it. */
export const isOptional = (world: World, step: StepRule): boolean =>
  step.optional || citationsOf(world.caseLaw, step.clauses, lawDay(world.clock)).length === 0
