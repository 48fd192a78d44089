import type { CaseLaw } from './combine.ts'
import type { FactPattern } from './schema/fact-pattern.ts'
import { isNode, isPattern, namesOf, patternsIn } from './schema/fact-pattern.ts'
import type { EventDeclaration } from './schema/procedure.ts'

/** A kind of thing, or the events by name. A step is no thing that a fact can be about. */
const thingsOf = (pattern: FactPattern): readonly string[] =>
  pattern.kind === 'event' ? namesOf(pattern) : pattern.kind === 'step' ? [] : [pattern.kind]

const speaksOf = (patterns: readonly FactPattern[], name: string): boolean =>
  patterns.some((p) => p.kind === 'event' && namesOf(p).includes(name))

/** What the conditions under a node tie a fact of this name to; `on` says that the fact itself is judged. */
function tiesIn(node: unknown, name: string, on: boolean): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((child: unknown) => tiesIn(child, name, on))
  if (!isNode(node)) return []
  const own =
    on && isPattern(node) && node.tied === 'of'
      ? thingsOf(node)
      : 'has' in node && speaksOf(patternsIn(node['has']), name)
        ? patternsIn(node['each']).flatMap(thingsOf)
        : []
  return [...own, ...Object.values(node).flatMap((child) => tiesIn(child, name, on))]
}

/** What an event may be about: as it is declared, otherwise as the rules tie it. Nothing: it stands for itself. */
export function aboutOf(event: EventDeclaration, { procedure }: CaseLaw): readonly string[] {
  if (event.about.length > 0) return event.about
  const { name } = event
  const gates = procedure.steps.flatMap((s) => [...s.before, ...s.complete])
  const guards = procedure.guards.flatMap((g) =>
    tiesIn([g.when, g.needs], name, speaksOf(patternsIn(g.on), name)),
  )
  const rules = [...gates, ...procedure.findings].flatMap((r) => tiesIn([r.when, r.needs], name, false))
  const duties = procedure.duties.flatMap((d) =>
    d.same === 'about' && speaksOf([d.closes], name) ? patternsIn(d.opens).flatMap(thingsOf) : [],
  )
  return [...new Set([...guards, ...rules, ...duties])].filter((thing) => thing !== '*')
}
