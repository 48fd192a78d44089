import { named, ownPlaceOf } from './fact-index.ts'
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
export function known({ count }: World, list: readonly TimedFact[] | undefined): readonly TimedFact[] {
  const last = list?.at(-1)
  if (list === undefined || last === undefined) return none
  return last.order < count ? list : list.slice(0, countBefore(list, count))
}

/** Facts of one kind and name, oldest first. A fact that is known although it is not on record is the newest. */
export function factsNamed(world: World, kind: TimedFact['kind'], name: string): readonly TimedFact[] {
  const onRecord = known(world, named(world.index, kind, name))
  const { extra } = world
  return extra?.kind === kind && extra.name === name ? [...onRecord, extra] : onRecord
}

export function factsOfKind(world: World, kind: TimedFact['kind']): readonly TimedFact[] {
  const onRecord = known(world, world.index.byKind[kind])
  return world.extra?.kind === kind ? [...onRecord, world.extra] : onRecord
}

export function factsWithRef(world: World, ref: string): readonly TimedFact[] {
  const onRecord = known(world, world.index.byRef.get(ref))
  return world.extra?.ref === ref ? [...onRecord, world.extra] : onRecord
}

export function factsAbout(world: World, ref: string): readonly TimedFact[] {
  const onRecord = known(world, world.index.byAbout.get(ref))
  return world.extra?.about === ref ? [...onRecord, world.extra] : onRecord
}

/** The thing's own facts and those about it, oldest first. */
export function factsOfThing(world: World, ref: string): readonly TimedFact[] {
  const [own, about] = [factsWithRef(world, ref), factsAbout(world, ref)]
  if (about.length === 0) return own
  return own.length === 0 ? about : [...new Set([...own, ...about])].toSorted((a, b) => a.ms - b.ms)
}

/** Facts that happened in a step, and the step's own. */
export function factsInStep(world: World, step: string): readonly TimedFact[] {
  const onRecord = known(world, world.index.byStep.get(step))
  const { extra } = world
  return extra !== undefined && ownPlaceOf(extra) === step ? [...onRecord, extra] : onRecord
}

/** Facts in which people take part. */
export function peopled(world: World): readonly TimedFact[] {
  const { all, index, extra } = world
  const onRecord = known(world, (index.peopled.facts ??= all.filter((f) => f.by !== undefined)))
  return extra?.by === undefined ? onRecord : [...onRecord, extra]
}
