import type { FactPattern } from '../schema/fact-pattern.ts'
import { namesOf } from '../schema/fact-pattern.ts'
import type { TimedFact } from './world.ts'

/** Facts of one record by what rules ask for, each list oldest first. Built once for a record; views look into it. */
export type FactIndex = Readonly<{
  byKind: ReadonlyMap<string, readonly TimedFact[]>
  byName: ReadonlyMap<string, readonly TimedFact[]>
  byStep: ReadonlyMap<string, readonly TimedFact[]>
  byRef: ReadonlyMap<string, readonly TimedFact[]>
  byAbout: ReadonlyMap<string, readonly TimedFact[]>
  /** Of patterns with several names, put together when first asked for. */
  byPattern: Map<FactPattern, readonly TimedFact[]>
}>

const none: readonly TimedFact[] = []

function put(map: Map<string, TimedFact[]>, key: string | undefined, fact: TimedFact): void {
  if (key === undefined) return
  const list = map.get(key)
  if (list === undefined) map.set(key, [fact])
  else list.push(fact)
}

const keyOf = (kind: string, name: string): string => `${kind} ${name}`

export function indexOf(facts: readonly TimedFact[]): FactIndex {
  const index = {
    byKind: new Map<string, TimedFact[]>(),
    byName: new Map<string, TimedFact[]>(),
    byStep: new Map<string, TimedFact[]>(),
    byRef: new Map<string, TimedFact[]>(),
    byAbout: new Map<string, TimedFact[]>(),
    byPattern: new Map<FactPattern, readonly TimedFact[]>(),
  }
  for (const fact of facts) {
    put(index.byKind, fact.kind, fact)
    put(index.byName, keyOf(fact.kind, fact.name), fact)
    put(index.byStep, fact.kind === 'step' ? fact.name : fact.step, fact)
    put(index.byRef, fact.ref, fact)
    put(index.byAbout, fact.about, fact)
  }
  return index
}

const byMs = (a: TimedFact, b: TimedFact): number => a.ms - b.ms

/** Every fact that could match the pattern by kind and name, oldest first. */
export function candidates(index: FactIndex, pattern: FactPattern): readonly TimedFact[] {
  const names = namesOf(pattern)
  if (names.includes('*')) return index.byKind.get(pattern.kind) ?? none
  const [only] = names
  if (names.length === 1 && only !== undefined) return index.byName.get(keyOf(pattern.kind, only)) ?? none
  const known = index.byPattern.get(pattern)
  if (known !== undefined) return known
  const found = names.flatMap((name) => index.byName.get(keyOf(pattern.kind, name)) ?? none).toSorted(byMs)
  index.byPattern.set(pattern, found)
  return found
}
