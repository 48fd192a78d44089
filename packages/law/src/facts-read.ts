import { paramOf } from './combine.ts'
import type { CaseLaw } from './combine.ts'
import { itemsIn } from './evaluate/elements.ts'
import type { EventDatum } from './schema/event-field.ts'
import type { FactPattern } from './schema/fact-pattern.ts'
import { namesOf, statesOf } from './schema/fact-pattern.ts'

/** One kind of fact that the rules of a procedure read, with what they look at in it. */
export type FactRead = Readonly<{
  /** As a timeline writes it: `document penalty-decision issued`. */
  fact: string
  /** What people call it. */
  label: string
  data: readonly Readonly<{ key: string; label: string; values: readonly string[] }>[]
  /** Codes of the rules that read it. */
  rules: readonly string[]
}>

type Found = { pattern: FactPattern; name: string; keys: Map<string, Set<string>>; rules: Set<string> }
type Patterns = readonly FactPattern[]

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isPattern = (value: unknown): value is FactPattern =>
  isObject(value) && 'kind' in value && 'name' in value
const patternsIn = (value: unknown): Patterns => [value].flat().filter(isPattern)

/** Gathers what is read, rule by rule. `on` is what a key without a fact of its own speaks about. */
function gather(caseLaw: CaseLaw) {
  const found = new Map<string, Found>()
  const note = (patterns: Patterns, rule: string, key?: string, value?: unknown): void => {
    for (const pattern of patterns)
      for (const name of namesOf(pattern)) {
        const id = [pattern.kind, name, (statesOf(pattern) ?? []).join('|')].join(' ').trim()
        const one: Found = found.get(id) ?? { pattern, name, keys: new Map(), rules: new Set() }
        found.set(id, one)
        one.rules.add(rule)
        if (key === undefined) continue
        const values = one.keys.get(key) ?? new Set<string>()
        one.keys.set(key, values)
        for (const v of [value].flat())
          if (typeof v === 'string' || typeof v === 'number' || typeof v === 'boolean') values.add(`${v}`)
      }
  }
  const elements = (node: Record<string, unknown>): string[] => {
    const own = Array.isArray(node['items']) ? itemsIn(node['items']) : []
    const param = typeof node['param'] === 'string' ? paramOf(caseLaw, node['param']) : []
    return [...own, ...param.flatMap(({ value }) => itemsIn(value))].map((i) => i.code)
  }
  const visit = (node: unknown, rule: string, on: Patterns): void => {
    if (Array.isArray(node)) return node.forEach((child: unknown) => visit(child, rule, on))
    if (!isObject(node)) return
    if (isPattern(node)) {
      note([node], rule)
      for (const [key, value] of Object.entries(node.data ?? {})) note([node], rule, key, value)
      return
    }
    const of = patternsIn(node['fact'] ?? node['of'])
    const about = of.length > 0 ? of : on
    const key = [node['data'], node['passed'], node['listed'], node['among'], node['sum']].find(
      (k) => typeof k === 'string',
    )
    if (typeof key === 'string')
      note(
        about,
        rule,
        key,
        [
          node['equals'] ?? node['includes'] ?? node['oneOf'] ?? [],
          node['listed'] === undefined ? [] : elements(node),
        ].flat(),
      )
    if (typeof node['filled'] === 'string') for (const code of elements(node)) note(about, rule, code)
    for (const [name, child] of Object.entries(node)) if (name !== 'data') visit(child, rule, on)
  }
  return { found, visit, note }
}

const datumLabel = (datum: EventDatum | undefined): string | undefined =>
  typeof datum === 'string' ? datum : datum?.label

/** Every kind of fact that the rules binding this case read. */
export function factsRead(caseLaw: CaseLaw): FactRead[] {
  const { procedure, law } = caseLaw
  const { found, visit, note } = gather(caseLaw)
  for (const guard of procedure.guards) {
    note(patternsIn(guard.on), guard.code)
    visit([guard.when, guard.needs], guard.code, patternsIn(guard.on))
  }
  for (const step of procedure.steps) {
    const done: Patterns = [{ kind: 'step', name: step.id, state: 'done' }]
    const begun: Patterns = [{ kind: 'step', name: step.id, state: 'begun' }]
    note([...begun, ...done], step.id)
    for (const { type, state } of step.documents) note([{ kind: 'document', name: type, state }], step.id)
    for (const { scene } of step.scenes) note([{ kind: 'recording', name: scene, state: 'made' }], step.id)
    for (const gate of step.before) visit([gate.when, gate.needs], gate.code, begun)
    for (const gate of step.complete) visit([gate.when, gate.needs], gate.code, done)
  }
  for (const duty of procedure.duties) visit(duty, duty.id, patternsIn(duty.opens))
  for (const rule of procedure.findings) visit([rule.when, rule.needs], rule.code, [])
  const events = new Map(procedure.events.map((e) => [e.name, e]))
  const labelOf = ({ pattern: { kind }, name }: Found): string => {
    if (kind === 'event') return events.get(name)?.label ?? name
    if (kind === 'step') return procedure.steps.find((s) => s.id === name)?.name ?? name
    if (kind === 'recording') return law.scenes.get(name) ?? '任何音像'
    return law.documents.find((d) => d.id === name)?.name ?? '任何文书'
  }
  const keyLabel = ({ pattern: { kind }, name }: Found, key: string): string => {
    if (kind === 'event') return datumLabel(events.get(name)?.data[key]) ?? ''
    const definition = law.documents.find((d) => d.id === name)
    return definition === undefined
      ? ''
      : (definition.sections.flatMap((s) => s.fields).find((f) => f.id === key)?.label ?? '')
  }
  return [...found]
    .map(([fact, one]) => ({
      fact,
      label: labelOf(one),
      data: [...one.keys].map(([key, values]) => ({ key, label: keyLabel(one, key), values: [...values] })),
      rules: [...one.rules],
    }))
    .toSorted((a, b) => (a.fact < b.fact ? -1 : 1))
}

/** As lines for people. */
export const printFactsRead = (facts: readonly FactRead[]): string[] =>
  facts.flatMap(({ fact, label, data }) => [
    `${fact}　${label}`,
    ...data.map(
      ({ key, label: what, values }) =>
        `    ${key}${what === '' ? '' : `　${what}`}${values.length === 0 ? '' : `：${values.join(' | ')}`}`,
    ),
  ])
