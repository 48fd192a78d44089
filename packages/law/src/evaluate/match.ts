import type { FactPattern } from '../schema/fact-pattern.ts'
import { fitting, fittingIn, placeOf } from './fact-index.ts'
import type { FactIndex } from './fact-index.ts'
import type { Sought } from './sought.ts'
import { approvalOf, isSought, soughtBy } from './sought.ts'
import type { TimedFact, World } from './world.ts'

/** Whether a fact is one of those that a rule speaks about. Repeated states count as one: issued implies nothing about served. */
export const matches = (pattern: FactPattern, fact: TimedFact): boolean => isSought(soughtBy(pattern), fact)

const none: readonly TimedFact[] = []

const listOf = (lists: ReadonlyMap<string, readonly TimedFact[]>, key: string | undefined) =>
  (key === undefined ? undefined : lists.get(key)) ?? none

/** The approval and what is about it, oldest first. */
function aboutApproval(index: FactIndex, id: string | undefined): readonly TimedFact[] {
  const [own, about] = [listOf(index.byRef, id), listOf(index.byAbout, id)]
  return about.length === 0 ? own : [...own, ...about].toSorted((a, b) => a.order - b.order)
}

/** A list no longer than need be in which every match on record lies. */
function candidates({ index, subject }: World, sought: Sought): readonly TimedFact[] {
  switch (sought.tied) {
    case 'ref':
      return listOf(index.byRef, subject?.ref)
    case 'of':
      return listOf(index.byRef, subject?.about)
    case 'about':
      return listOf(index.byAbout, subject?.ref)
    case 'peer':
      return listOf(index.byAbout, subject?.about)
    case 'approval':
      return aboutApproval(index, approvalOf(subject))
    case 'step':
      return subject === undefined ? none : inStep(index, sought, placeOf(subject))
    case 'other':
    case undefined:
      return fitting(index, sought)
  }
}

const inStep = (index: FactIndex, sought: Sought, step: string | undefined): readonly TimedFact[] =>
  step === undefined ? none : fittingIn(index, sought, step)

/** Facts of the world that a rule speaks about, oldest first. */
export function allSought(world: World, sought: Sought): TimedFact[] {
  const { count, subject, extra } = world
  const found: TimedFact[] = []
  for (const fact of candidates(world, sought)) {
    if (fact.order >= count) break
    if (sought.suits === undefined || isSought(sought, fact, subject)) found.push(fact)
  }
  if (extra === undefined || !isSought(sought, extra, subject)) return found
  return found.length === 0 || (found.at(-1)?.ms ?? 0) <= extra.ms
    ? [...found, extra]
    : [...found, extra].toSorted((a, b) => a.ms - b.ms)
}

/** Such facts of the record whenever they happened: intervals may end after the moment that is judged. */
export const everSought = (world: World, sought: Sought): readonly TimedFact[] =>
  candidates(world, sought).filter((fact) => isSought(sought, fact, world.subject))

function firstOnRecord(world: World, sought: Sought): TimedFact | undefined {
  const { count, subject } = world
  for (const fact of candidates(world, sought)) {
    if (fact.order >= count) return undefined
    if (sought.suits === undefined || isSought(sought, fact, subject)) return fact
  }
  return undefined
}

export function firstSought(world: World, sought: Sought): TimedFact | undefined {
  const found = firstOnRecord(world, sought)
  const { extra, subject } = world
  const counts = extra !== undefined && isSought(sought, extra, subject)
  return counts && (found === undefined || extra.ms < found.ms) ? extra : found
}

function lastOnRecord(world: World, sought: Sought): TimedFact | undefined {
  const { count, subject } = world
  const list = candidates(world, sought)
  for (let at = list.length - 1; at >= 0; at -= 1) {
    const fact = list[at]
    if (fact === undefined || fact.order >= count) continue
    if (sought.suits === undefined || isSought(sought, fact, subject)) return fact
  }
  return undefined
}

export function lastSought(world: World, sought: Sought): TimedFact | undefined {
  const found = lastOnRecord(world, sought)
  const { extra, subject } = world
  const counts = extra !== undefined && isSought(sought, extra, subject)
  return counts && (found === undefined || extra.ms >= found.ms) ? extra : found
}

export const allMatching = (world: World, pattern: FactPattern): TimedFact[] =>
  allSought(world, soughtBy(pattern))

export const firstMatching = (world: World, pattern: FactPattern): TimedFact | undefined =>
  firstSought(world, soughtBy(pattern))

export const lastMatching = (world: World, pattern: FactPattern): TimedFact | undefined =>
  lastSought(world, soughtBy(pattern))
