import type { CaseLaw } from '../combine.ts'
import { namesOf, patternsIn } from '../schema/fact-pattern.ts'
import type { Condition } from '../schema/condition.ts'
import type { DutyRule, Gate, Guard, StepRule } from '../schema/procedure.ts'
import type { Ask } from './check-condition.ts'
import type { ReadyGate } from './gates.ts'
import type { TimedFact } from './world.ts'

/** What the law of a case asks, found and made ready once for all cases under the same law. */
export type Asking = Readonly<{
  guards: ReadonlyMap<string, readonly Guard[]>
  /** Those of a name and those of any name, put together when first asked for. */
  together: Map<string, readonly Guard[]>
  duties: readonly DutyRule[]
  steps: ReadonlyMap<string, StepRule>
  /** Steps that end by something else than being reported as done. */
  ending: readonly StepRule[]
  /** Steps to which a type of document belongs. */
  owners: ReadonlyMap<string, readonly StepRule[]>
  /** Conditions and gates that were made ready, when first asked for. */
  conditions: Map<Condition, Ask>
  gates: Map<Gate, ReadyGate>
}>

const known = new WeakMap<CaseLaw, Asking>()

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
    for (const on of patternsIn(guard.on))
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
    conditions: new Map(),
    gates: new Map(),
  }
}

export function askingOf(caseLaw: CaseLaw): Asking {
  const found = known.get(caseLaw) ?? askingIn(caseLaw)
  known.set(caseLaw, found)
  return found
}

/** Guards that may speak of this fact, in the order of the procedure. */
export function guardsFor(caseLaw: CaseLaw, { guards, together }: Asking, fact: TimedFact): readonly Guard[] {
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
