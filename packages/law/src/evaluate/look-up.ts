import type { CaseLaw } from '../combine.ts'
import { namesOf } from '../schema/fact-pattern.ts'
import type { FactPattern } from '../schema/fact-pattern.ts'
import type { DutyRule, Guard, StepRule } from '../schema/procedure.ts'
import type { TimedFact, World } from './world.ts'

/** The view of a world, as long as its list of facts is the one that the view is for. */
const viewOf = ({ view, facts }: World): World['view'] =>
  view !== undefined && view.facts === facts ? view : undefined

/** A list of the record, cut to what the world knows; the added fact is the newest. */
function cut(
  world: World,
  list: readonly TimedFact[] | undefined,
  counts: (fact: TimedFact) => boolean,
): readonly TimedFact[] {
  const { untilMs = 0, extra } = world.view ?? {}
  const known =
    list === undefined ? [] : (list.at(-1)?.ms ?? 0) <= untilMs ? list : list.filter((f) => f.ms <= untilMs)
  return extra !== undefined && counts(extra) ? [...known, extra] : known
}

/** Facts of one kind and name, oldest first. */
export function factsNamed(world: World, kind: TimedFact['kind'], name: string): readonly TimedFact[] {
  const is = (f: TimedFact): boolean => f.kind === kind && f.name === name
  const view = viewOf(world)
  return view === undefined
    ? world.facts.filter(is)
    : cut(world, view.index.byName.get(`${kind} ${name}`), is)
}

export function factsOfKind(world: World, kind: TimedFact['kind']): readonly TimedFact[] {
  const is = (f: TimedFact): boolean => f.kind === kind
  const view = viewOf(world)
  return view === undefined ? world.facts.filter(is) : cut(world, view.index.byKind.get(kind), is)
}

export function factsWithRef(world: World, ref: string): readonly TimedFact[] {
  const is = (f: TimedFact): boolean => f.ref === ref
  const view = viewOf(world)
  return view === undefined ? world.facts.filter(is) : cut(world, view.index.byRef.get(ref), is)
}

export function factsAbout(world: World, ref: string): readonly TimedFact[] {
  const is = (f: TimedFact): boolean => f.about === ref
  const view = viewOf(world)
  return view === undefined ? world.facts.filter(is) : cut(world, view.index.byAbout.get(ref), is)
}

/** The thing's own facts and those about it, oldest first. */
export function factsOfThing(world: World, ref: string): readonly TimedFact[] {
  const [own, about] = [factsWithRef(world, ref), factsAbout(world, ref)]
  if (about.length === 0) return own
  return own.length === 0 ? about : [...new Set([...own, ...about])].toSorted((a, b) => a.ms - b.ms)
}

/** Facts that happened in a step, and the step's own. */
export function factsInStep(world: World, step: string): readonly TimedFact[] {
  const is = (f: TimedFact): boolean => (f.kind === 'step' ? f.name : f.step) === step
  const view = viewOf(world)
  return view === undefined ? world.facts.filter(is) : cut(world, view.index.byStep.get(step), is)
}

/** What a procedure asks at a kind of fact, found once for all cases under the same law. */
type Asking = Readonly<{
  guards: ReadonlyMap<string, readonly Guard[]>
  /** Those of a name and those of any name, put together when first asked for. */
  together: Map<string, readonly Guard[]>
  duties: readonly DutyRule[]
  steps: ReadonlyMap<string, StepRule>
  /** Steps that end by something else than being reported as done. */
  ending: readonly StepRule[]
  /** Steps to which a type of document belongs. */
  owners: ReadonlyMap<string, readonly StepRule[]>
}>

const known = new WeakMap<CaseLaw, Asking>()

const patternsOf = ({ on }: Guard): readonly FactPattern[] => ('kind' in on ? [on] : on)

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else if (!list.includes(value)) list.push(value)
}

/** A rule none of whose clauses any text of the case contains binds on no date. */
function mayBind({ packs, national, law }: CaseLaw): (clauses: readonly string[]) => boolean {
  const ids = new Set([
    ...packs.flatMap((p) => [...p.clauses.keys()]),
    ...(national ? law.provisions.map((p) => p.id) : []),
  ])
  return (clauses) => clauses.some((id) => ids.has(id))
}

function askingIn(caseLaw: CaseLaw): Asking {
  const { procedure } = caseLaw
  const binds = mayBind(caseLaw)
  const guards = new Map<string, Guard[]>()
  for (const guard of procedure.guards.filter((g) => binds(g.clauses)))
    for (const on of patternsOf(guard))
      for (const name of namesOf(on)) add(guards, `${on.kind} ${name}`, guard)
  const owners = new Map<string, StepRule[]>()
  for (const step of procedure.steps) for (const { type } of step.documents) add(owners, type, step)
  return {
    guards,
    together: new Map(),
    owners,
    duties: procedure.duties.filter((d) => d.param !== undefined || binds(d.clauses ?? [])),
    steps: new Map(procedure.steps.map((s) => [s.id, s])),
    ending: procedure.steps.filter((s) => s.doneBy !== undefined),
  }
}

export function askingOf(caseLaw: CaseLaw): Asking {
  const found = known.get(caseLaw) ?? askingIn(caseLaw)
  known.set(caseLaw, found)
  return found
}

/** Guards that may speak of this fact, in the order of the procedure. */
export function guardsFor({ caseLaw }: World, fact: TimedFact): readonly Guard[] {
  const { guards, together } = askingOf(caseLaw)
  const key = `${fact.kind} ${fact.name}`
  const found = together.get(key) ?? gather(caseLaw, guards, fact)
  together.set(key, found)
  return found
}

function gather({ procedure }: CaseLaw, guards: Asking['guards'], fact: TimedFact): readonly Guard[] {
  const named = guards.get(`${fact.kind} ${fact.name}`) ?? []
  const any = guards.get(`${fact.kind} *`) ?? []
  if (any.length === 0) return named
  if (named.length === 0) return any
  const both = new Set([...named, ...any])
  return procedure.guards.filter((g) => both.has(g))
}
