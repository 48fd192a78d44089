import type { Sought } from './sought.ts'
import type { TimedFact } from './world.ts'

type Lists = Map<string, TimedFact[]>

/** Facts of one record by what rules ask for, each list oldest first. What few rules ask for is put together when it is asked for. */
export type FactIndex = Readonly<{
  all: readonly TimedFact[]
  byKind: Lists
  /** Of each kind, by name. */
  byName: Readonly<Record<TimedFact['kind'], Lists>>
  byRef: Lists
  byAbout: Lists
  byStep: Lists
  /** What fits a pattern, as far as that does not depend on the fact in question. */
  fitting: Map<Sought, readonly TimedFact[]>
  /** The same by the step in which it happened. */
  fittingIn: Map<Sought, Lists>
}>

const none: readonly TimedFact[] = []

function put(lists: Lists, key: string | undefined, fact: TimedFact): void {
  if (key === undefined) return
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [fact])
  else list.push(fact)
}

export function indexOf(all: readonly TimedFact[]): FactIndex {
  const index: FactIndex = {
    all,
    byKind: new Map(),
    byName: { step: new Map(), document: new Map(), recording: new Map(), event: new Map() },
    byRef: new Map(),
    byAbout: new Map(),
    byStep: new Map(),
    fitting: new Map(),
    fittingIn: new Map(),
  }
  for (const fact of all) {
    put(index.byKind, fact.kind, fact)
    put(index.byName[fact.kind], fact.name, fact)
    put(index.byStep, fact.kind === 'step' ? fact.name : fact.step, fact)
    put(index.byRef, fact.ref, fact)
    put(index.byAbout, fact.about, fact)
  }
  return index
}

/** A fact about a step happens in it. */
export const placeOf = (fact: TimedFact): string | undefined =>
  fact.step ?? (fact.kind === 'step' ? fact.name : undefined)

export const named = (index: FactIndex, kind: TimedFact['kind'], name: string): readonly TimedFact[] =>
  index.byName[kind].get(name) ?? none

/** Facts in the order of the record, whatever lists they come from. */
const inOrder = (a: TimedFact, b: TimedFact): number => a.order - b.order

function candidates({ byKind, byName }: FactIndex, { kind, names }: Sought): readonly TimedFact[] {
  if (names === undefined) return byKind.get(kind) ?? none
  const lists = names.flatMap((name) => byName[kind].get(name) ?? [])
  return names.length === 1 ? lists : lists.toSorted(inOrder)
}

/** Every fact that fits the pattern. */
export function fitting(index: FactIndex, sought: Sought): readonly TimedFact[] {
  const known = index.fitting.get(sought)
  if (known !== undefined) return known
  const found = candidates(index, sought).filter(sought.fits)
  index.fitting.set(sought, found)
  return found
}

/** Every fact in the step that fits the pattern. */
export function fittingIn(index: FactIndex, sought: Sought, step: string): readonly TimedFact[] {
  const known = index.fittingIn.get(sought)
  if (known !== undefined) return known.get(step) ?? none
  const lists: Lists = new Map()
  for (const fact of fitting(index, sought)) put(lists, placeOf(fact), fact)
  index.fittingIn.set(sought, lists)
  return lists.get(step) ?? none
}
