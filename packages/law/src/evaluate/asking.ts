import type { CaseLaw } from '../combine.ts'
import type { DocumentDefinition } from '../document-definition.ts'
import type { Rank } from '../fact.ts'
import type { Condition } from '../schema/condition.ts'
import type { DutyRule, Gate, Guard, Procedure, StepRule } from '../schema/procedure.ts'
import { asksSubject } from './about-subject.ts'
import type { Ask, Whether } from './check-condition.ts'
import { once } from './found.ts'
import { readyGate } from './gates.ts'
import type { ReadyGate } from './gates.ts'
import type { ReadyDuty } from './ready-duty.ts'
import type { ReadyStep } from './ready-step.ts'
import type { Bound } from './recordings.ts'
import { isSought, mayFit, soughtBy, soughtIn } from './sought.ts'
import type { Sought } from './sought.ts'
import type { TimedFact, World } from './world.ts'

/** A rule and the facts that it speaks of; none where that is certain. */
export type At<Rule> = Readonly<{ rule: Rule; on: readonly Sought[] }>

export type AskedGuard = Readonly<{ gate: ReadyGate; on: readonly Sought[]; afterwards: boolean }>

/** What is asked of facts of one kind, name and state; the rest of each pattern is looked at for each fact. */
export type Questions = Readonly<{
  /** Such a fact in the words of a rule. */
  called: string
  guards: readonly AskedGuard[]
  /** The step that such a fact may end, reported as done or by the event that ends it. */
  ends: readonly At<StepRule>[]
  /** Steps to which such a document belongs. */
  owners: readonly StepRule[]
}>

/** What the law of a case asks, found and made ready once for all cases under the same law. */
export type Asking = Readonly<{
  guards: readonly At<Guard>[]
  duties: readonly DutyRule[]
  steps: ReadonlyMap<string, StepRule>
  /** Steps whose demands are the same whichever fact is in question. */
  steady: ReadonlySet<StepRule>
  /** Events by which recordings come into a situation that lengthens their keeping. */
  situations: readonly Readonly<{ name: string; situation: string }>[]
  /** Events that tell that a paper was not served after all. */
  notServed: ReadonlySet<string>
  /** Events by which the decision has no force any more. */
  undone: readonly string[]
  /** Events that count only with somebody of this rank. */
  ranked: ReadonlyMap<string, Rank>
  /** What takes the case up anew. */
  anew: readonly Sought[]
  /** How each step ends, other than by being reported as done. */
  ending: readonly At<StepRule>[]
  /** By kind, name and state; found when first asked for. */
  questions: Readonly<Record<TimedFact['kind'], Map<string, Map<string | undefined, Questions>>>>
  /** What was made ready, when it was first asked for. */
  conditions: Map<Condition, Ask>
  whether: Map<Condition, Whether>
  gates: Map<Gate, ReadyGate>
  readySteps: Map<StepRule, ReadyStep>
  readyDuties: Map<DutyRule, ReadyDuty>
  /** Who approves a document, in order. */
  ranks: Map<DocumentDefinition, readonly Rank[]>
  /** What the texts say of a scene that the procedure names. */
  bound: Map<string, Bound>
}>

const known = new WeakMap<CaseLaw, Asking>()

/** A rule none of whose clauses any text of the case contains binds on no date. */
function mayBind({ packs, national, law }: CaseLaw): (clauses: readonly string[]) => boolean {
  const ids = new Set([
    ...packs.flatMap((p) => [...p.clauses.keys()]),
    ...(national ? law.provisions.map((p) => p.id) : []),
  ])
  return (clauses) => clauses.some((id) => ids.has(id))
}

const at = <Rule>(rule: Rule, patterns: unknown): At<Rule> => ({
  rule,
  on: soughtIn(patterns),
})

const meaning = ({ events }: Procedure, word: string): string[] =>
  events.filter((e) => e.means === word).map((e) => e.name)

function askingIn(caseLaw: CaseLaw): Asking {
  const { procedure } = caseLaw
  const binds = mayBind(caseLaw)
  const steps = new Map(procedure.steps.map((s) => [s.id, s]))
  const isSteady = ({ documents, scenes }: StepRule): boolean =>
    [...documents, ...scenes].every((demand) => !asksSubject(demand.when, steps))
  return {
    guards: procedure.guards.filter((g) => binds(g.clauses)).map((g) => at(g, g.on)),
    duties: procedure.duties.filter((d) => d.param !== undefined || binds(d.clauses ?? [])),
    steps,
    steady: new Set(procedure.steps.filter(isSteady)),
    situations: procedure.events.flatMap(({ name, situation }) =>
      situation === undefined ? [] : [{ name, situation }],
    ),
    notServed: new Set(meaning(procedure, 'not-served')),
    undone: meaning(procedure, 'undone'),
    ranked: new Map(procedure.events.flatMap(({ name, rank }) => (rank === undefined ? [] : [[name, rank]]))),
    anew: procedure.events.filter((e) => e.anew).map(({ name }) => soughtBy({ kind: 'event', name })),
    ending: procedure.steps.filter((s) => s.doneBy !== undefined).map((s) => at(s, s.doneBy)),
    questions: { step: new Map(), document: new Map(), recording: new Map(), event: new Map() },
    conditions: new Map(),
    whether: new Map(),
    gates: new Map(),
    readySteps: new Map(),
    readyDuties: new Map(),
    ranks: new Map(),
    bound: new Map(),
  }
}

export function askingOf(caseLaw: CaseLaw): Asking {
  const found = known.get(caseLaw) ?? askingIn(caseLaw)
  known.set(caseLaw, found)
  return found
}

/** The rules that may speak of such a fact, in the order of the procedure. */
const speakingOf = <Rule>(rules: readonly At<Rule>[], fact: TimedFact): At<Rule>[] =>
  rules.flatMap(({ rule, on }) => {
    const fitting = on.filter((sought) => mayFit(sought, fact))
    if (fitting.length === 0) return []
    return [{ rule, on: fitting.some((sought) => sought.isPlain) ? CERTAINLY : fitting }]
  })

const CERTAINLY: readonly Sought[] = []

/** Whether a rule that may speak of such facts speaks of this one. */
export const concerns = (on: readonly Sought[], fact: TimedFact): boolean =>
  on.length === 0 || on.some((sought) => isSought(sought, fact))

/** What is asked of a fact of this kind, name and state. */
export function questionsFor(law: Pick<World, 'asking' | 'caseLaw'>, fact: TimedFact): Questions {
  const { asking, caseLaw } = law
  const byState = once(asking.questions[fact.kind], fact.name, () => new Map<string | undefined, Questions>())
  return once(byState, fact.state, () => {
    const reported = fact.kind === 'step' && fact.state === 'done' ? asking.steps.get(fact.name) : undefined
    const { steps } = caseLaw.procedure
    return {
      called: `${fact.kind} ${fact.name} ${fact.state ?? ''}`.trim(),
      guards: speakingOf(asking.guards, fact).map(({ rule, on }) => ({
        gate: readyGate(rule, law),
        on,
        afterwards: rule.afterwards === true,
      })),
      ends: [
        ...(reported === undefined ? [] : [{ rule: reported, on: CERTAINLY }]),
        ...speakingOf(asking.ending, fact),
      ],
      owners:
        fact.kind === 'document' ? steps.filter((s) => s.documents.some((d) => d.type === fact.name)) : [],
    }
  })
}
