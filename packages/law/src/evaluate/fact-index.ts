import type { StepRule } from '../schema/procedure.ts'
import type { Sought } from './sought.ts'
import type { TimedFact } from './world.ts'

type Lists = Map<string, TimedFact[]>

/** The facts of a step, oldest first; recordings, of which there may be many, stand apart. */
export type Belonging = Readonly<{ facts: readonly TimedFact[]; recordings: readonly TimedFact[] }>

/** Facts of one record by what rules ask for, each list oldest first. What few rules ask for is put together when it is asked for; an entry for each pattern stands at its slot. */
export type FactIndex = Readonly<{
  all: readonly TimedFact[]
  byKind: Readonly<Record<TimedFact['kind'], TimedFact[]>>
  /** Of each kind, by name. */
  byName: Readonly<Record<TimedFact['kind'], Lists>>
  byRef: Lists
  byAbout: Lists
  byStep: Lists
  /** Facts in which people take part, put together when they are first asked for. */
  peopled: { facts?: readonly TimedFact[] }
  /** What belongs to a step, put together when it is first asked for. */
  belonging: Map<StepRule, Belonging>
  /** What fits a pattern, as far as that does not depend on the fact in question. */
  fitting: (readonly TimedFact[] | undefined)[]
  /** The same by the step in which it happened. */
  fittingIn: (Lists | undefined)[]
}>

const none: readonly TimedFact[] = []

function put(lists: Lists, key: string | undefined, fact: TimedFact): void {
  if (key === undefined) return
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [fact])
  else list.push(fact)
}

/** A step's own facts are in it, whatever else they say. */
export const ownPlaceOf = (fact: TimedFact): string | undefined =>
  fact.kind === 'step' ? fact.name : fact.step

export function indexOf(all: readonly TimedFact[]): FactIndex {
  const index: FactIndex = {
    all,
    byKind: { step: [], document: [], recording: [], event: [] },
    byName: { step: new Map(), document: new Map(), recording: new Map(), event: new Map() },
    byRef: new Map(),
    byAbout: new Map(),
    byStep: new Map(),
    peopled: {},
    belonging: new Map(),
    fitting: [],
    fittingIn: [],
  }
  for (const fact of all) {
    index.byKind[fact.kind].push(fact)
    put(index.byName[fact.kind], fact.name, fact)
    put(index.byStep, ownPlaceOf(fact), fact)
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
  if (names === undefined) return byKind[kind]
  const [only] = names
  if (only !== undefined && names.length === 1) return byName[kind].get(only) ?? none
  const [first = none, ...others] = names.flatMap((name) => {
    const list = byName[kind].get(name)
    return list === undefined ? [] : [list]
  })
  return others.length === 0 ? first : [first, ...others].flat().toSorted(inOrder)
}

/** Every fact that fits the pattern. */
export function fitting(index: FactIndex, sought: Sought): readonly TimedFact[] {
  const known = index.fitting[sought.slot]
  if (known !== undefined) return known
  const among = candidates(index, sought)
  const fitAll = sought.isPlain && sought.states === undefined
  const found = among.length === 0 || fitAll ? among : among.filter(sought.fits)
  index.fitting[sought.slot] = found
  return found
}

/** Every fact in the step that fits the pattern. */
export function fittingIn(index: FactIndex, sought: Sought, step: string): readonly TimedFact[] {
  const anywhere = fitting(index, sought)
  if (anywhere.length === 0) return none
  const known = index.fittingIn[sought.slot]
  if (known !== undefined) return known.get(step) ?? none
  const lists: Lists = new Map()
  for (const fact of anywhere) put(lists, placeOf(fact), fact)
  index.fittingIn[sought.slot] = lists
  return lists.get(step) ?? none
}
