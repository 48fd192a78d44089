import { named } from './fact-index.ts'
import type { TimedFact, World } from './world.ts'

const none: readonly TimedFact[] = []

/** How many of a list lie before this place in the record. */
function countBefore(list: readonly TimedFact[], order: number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.order ?? 0) < order) low = middle + 1
    else high = middle
  }
  return low
}

/** The part of a list of the record that is known in this world. */
function known({ count }: World, list: readonly TimedFact[] | undefined): readonly TimedFact[] {
  const last = list?.at(-1)
  if (list === undefined || last === undefined) return none
  return last.order < count ? list : list.slice(0, countBefore(list, count))
}

/** With the fact that is known although it is not on record, if it counts; it is the newest. */
const withExtra = (
  world: World,
  list: readonly TimedFact[] | undefined,
  counts: (fact: TimedFact) => boolean,
): readonly TimedFact[] => {
  const { extra } = world
  const onRecord = known(world, list)
  return extra !== undefined && counts(extra) ? [...onRecord, extra] : onRecord
}

/** Facts of one kind and name, oldest first. */
export const factsNamed = (world: World, kind: TimedFact['kind'], name: string): readonly TimedFact[] =>
  withExtra(world, named(world.index, kind, name), (f) => f.kind === kind && f.name === name)

export const factsOfKind = (world: World, kind: TimedFact['kind']): readonly TimedFact[] =>
  withExtra(world, world.index.byKind.get(kind), (f) => f.kind === kind)

export const factsWithRef = (world: World, ref: string): readonly TimedFact[] =>
  withExtra(world, world.index.byRef.get(ref), (f) => f.ref === ref)

export const factsAbout = (world: World, ref: string): readonly TimedFact[] =>
  withExtra(world, world.index.byAbout.get(ref), (f) => f.about === ref)

/** The thing's own facts and those about it, oldest first. */
export function factsOfThing(world: World, ref: string): readonly TimedFact[] {
  const [own, about] = [factsWithRef(world, ref), factsAbout(world, ref)]
  if (about.length === 0) return own
  return own.length === 0 ? about : [...new Set([...own, ...about])].toSorted((a, b) => a.ms - b.ms)
}

/** Facts that happened in a step, and the step's own. */
export const factsInStep = (world: World, step: string): readonly TimedFact[] =>
  withExtra(world, world.index.byStep.get(step), (f) => (f.kind === 'step' ? f.name : f.step) === step)
