import type { CaseLaw } from './combine.ts'
import type { FactPattern } from './schema/fact-pattern.ts'
import { isNode, isPattern, namesOf, patternsIn } from './schema/fact-pattern.ts'
import type { EventDeclaration, Procedure } from './schema/procedure.ts'

/** A kind of thing, or the events by name. A step is no thing that a fact can be about. */
const thingsOf = (pattern: FactPattern): readonly string[] =>
  pattern.kind === 'event' ? namesOf(pattern) : pattern.kind === 'step' ? [] : [pattern.kind]

const eventsIn = (patterns: readonly FactPattern[]): readonly string[] =>
  patterns.flatMap((p) => (p.kind === 'event' ? namesOf(p) : []))

type Tie = Readonly<{ name: string; thing: string }>

const tie = (names: readonly string[], things: readonly string[]): readonly Tie[] =>
  names.flatMap((name) => things.map((thing) => ({ name, thing })))

/** What the conditions under a node tie facts to; `on` names those that are themselves judged. */
function tiesIn(node: unknown, on: readonly string[]): readonly Tie[] {
  if (Array.isArray(node)) return node.flatMap((child: unknown) => tiesIn(child, on))
  if (!isNode(node)) return []
  const judged = isPattern(node) && node.tied === 'of' ? tie(on, thingsOf(node)) : []
  const sought =
    'has' in node ? tie(eventsIn(patternsIn(node['has'])), patternsIn(node['each']).flatMap(thingsOf)) : []
  return [...judged, ...sought, ...Object.values(node).flatMap((child) => tiesIn(child, on))]
}

function tiesOf(procedure: Procedure): readonly Tie[] {
  const gates = procedure.steps.flatMap((s) => [...s.before, ...s.complete])
  return [
    ...procedure.guards.flatMap((g) => tiesIn([g.when, g.needs], eventsIn(patternsIn(g.on)))),
    ...[...gates, ...procedure.findings].flatMap((r) => tiesIn([r.when, r.needs], [])),
    ...procedure.duties.flatMap((d) =>
      d.same === 'about' ? tie(eventsIn([d.closes]), patternsIn(d.opens).flatMap(thingsOf)) : [],
    ),
  ]
}

const known = new WeakMap<Procedure, ReadonlyMap<string, readonly string[]>>()

/** What facts are tied to, by their names. The rules of a procedure are walked once for all of its events. */
function thingsByName(procedure: Procedure): ReadonlyMap<string, readonly string[]> {
  const before = known.get(procedure)
  if (before !== undefined) return before
  const things = new Map<string, string[]>()
  for (const { name, thing } of tiesOf(procedure)) things.set(name, [...(things.get(name) ?? []), thing])
  known.set(procedure, things)
  return things
}

/** What an event may be about: as it is declared, otherwise as the rules tie it. Nothing: it stands for itself. */
export function aboutOf(event: EventDeclaration, { procedure }: CaseLaw): readonly string[] {
  if (event.about.length > 0) return event.about
  const things = thingsByName(procedure).get(event.name) ?? []
  return [...new Set(things)].filter((thing) => thing !== '*')
}
