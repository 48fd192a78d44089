import { paramOf } from './combine.ts'
import type { CaseLaw } from './combine.ts'
import { bindsIn, itemsIn, wordsIn } from './evaluate/elements.ts'
import type { Item } from './schema/condition.ts'
import type { FactPattern, Node } from './schema/fact-pattern.ts'
import { isNode, isPattern, namesOf, patternsIn, statesOf } from './schema/fact-pattern.ts'

/** As what a rule reads a datum: elements of a list, words of a text, a number, a point in time, yes or no, a code. */
export type ReadAs = 'list' | 'words' | 'number' | 'time' | 'yes-no' | 'code'

/** One datum of a fact with all that rules look for in it. */
export type DatumRead = Readonly<{
  values: Set<string>
  as: Set<ReadAs>
  elements: Map<string, Item>
  /** What a text calls it that wants it filled. */
  called: Set<string>
}>

/** One kind of fact that rules read. */
export type Read = Readonly<{
  pattern: FactPattern
  name: string
  data: Map<string, DatumRead>
  rules: Set<string>
}>

type Patterns = readonly FactPattern[]
type Found = Readonly<{
  key: string
  values?: unknown
  as?: ReadAs | undefined
  elements?: readonly Item[]
  called?: string
}>

const textAt = (node: Node, key: string): string | undefined => {
  const value = node[key]
  return typeof value === 'string' ? value : undefined
}

/** What the other side of a comparison says of the datum. */
function readAs(side: Node, other: unknown): ReadAs | undefined {
  if (typeof other === 'number' || 'times' in side || 'per' in side) return 'number'
  if (typeof other === 'boolean') return 'yes-no'
  if (!isNode(other)) return undefined
  if ('time' in other) return 'time'
  return 'count' in other || 'sum' in other ? 'number' : undefined
}

/** The elements that a rule asks for, of those texts that bind the case. */
function elementsOf(node: Node, caseLaw: CaseLaw): readonly Item[] {
  const param = textAt(node, 'param')
  const fixed = param === undefined ? [] : paramOf(caseLaw, param)
  return [...itemsIn(node['items']), ...fixed.flatMap(({ value }) => itemsIn(value))].filter((item) =>
    bindsIn(item, caseLaw),
  )
}

const wordsOf = (node: Node, caseLaw: CaseLaw): unknown[] => {
  const param = textAt(node, 'param')
  return param === undefined ? [] : paramOf(caseLaw, param).flatMap(({ value }) => wordsIn(value))
}

/** What one condition, value or period reads in the facts that it speaks about. */
function readIn(node: Node, caseLaw: CaseLaw): readonly Found[] {
  const listed = textAt(node, 'listed')
  if (listed !== undefined) {
    const elements = elementsOf(node, caseLaw)
    return [listed, textAt(node, 'or')].flatMap((key) =>
      key === undefined ? [] : [{ key, as: 'list' as const, elements }],
    )
  }
  if (typeof node['filled'] === 'string')
    return elementsOf(node, caseLaw).map(({ code: key, label: called }): Found => ({ key, called }))
  const among = textAt(node, 'among')
  if (among !== undefined) return [{ key: among, as: 'words', values: wordsOf(node, caseLaw) }]
  const passed = textAt(node, 'passed')
  if (passed !== undefined) return [{ key: passed, as: 'time' }]
  const sum = textAt(node, 'sum')
  if (sum !== undefined) return [{ key: sum, as: 'number' }]
  const key = textAt(node, 'data')
  if (key === undefined) return []
  const as = 'atLeast' in node || 'unit' in node ? 'number' : 'includes' in node ? 'list' : undefined
  return [{ key, as, values: node['equals'] ?? node['includes'] ?? node['oneOf'] }]
}

/** Gathers what rules read. `on` is what a key without a fact of its own speaks about. */
function gather(caseLaw: CaseLaw) {
  const found = new Map<string, Read>()
  const put = (read: Read, { key, values, as, elements = [], called }: Found): void => {
    const datum = read.data.get(key) ?? {
      values: new Set(),
      as: new Set(),
      elements: new Map(),
      called: new Set(),
    }
    read.data.set(key, datum)
    if (called !== undefined) datum.called.add(called)
    if (as !== undefined) datum.as.add(as)
    for (const item of elements) datum.elements.set(item.code, item)
    for (const value of [values].flat())
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        datum.values.add(`${value}`)
        if (as === undefined)
          datum.as.add(typeof value === 'string' ? 'code' : typeof value === 'number' ? 'number' : 'yes-no')
      }
  }
  const note = (patterns: Patterns, rule: string, what?: Found): void => {
    for (const pattern of patterns)
      for (const name of namesOf(pattern)) {
        const id = [pattern.kind, name, (statesOf(pattern) ?? []).join('|')].join(' ').trim()
        const read = found.get(id) ?? { pattern, name, data: new Map(), rules: new Set() }
        found.set(id, read)
        read.rules.add(rule)
        if (what !== undefined) put(read, what)
      }
  }
  const compared = (node: Node, rule: string, on: Patterns): void => {
    for (const [one, other] of [
      [node['compare'], node['to']],
      [node['to'], node['compare']],
    ]) {
      if (!isNode(one)) continue
      const key = textAt(one, 'data')
      const of = patternsIn(one['of'])
      const values = typeof other === 'string' ? other : undefined
      if (key !== undefined) note(of.length > 0 ? of : on, rule, { key, as: readAs(one, other), values })
      const distinct = textAt(one, 'distinct')
      if (distinct !== undefined) note(patternsIn(one['count']), rule, { key: distinct })
    }
  }
  const visit = (node: unknown, rule: string, on: Patterns): void => {
    if (Array.isArray(node)) return node.forEach((child: unknown) => visit(child, rule, on))
    if (!isNode(node)) return
    if (isPattern(node)) {
      note([node], rule)
      if (node.same !== undefined) note([node, ...on], rule, { key: node.same })
      for (const [key, values] of Object.entries(node.data ?? {})) note([node], rule, { key, values })
      return
    }
    if ('compare' in node) compared(node, rule, on)
    const of = patternsIn(node['fact'] ?? node['of'])
    for (const what of readIn(node, caseLaw)) note(of.length > 0 ? of : on, rule, what)
    for (const [name, child] of Object.entries(node)) if (name !== 'data') visit(child, rule, on)
  }
  return { found, visit, note }
}

type Known = Readonly<{ fact: FactPattern; key: string; values?: readonly string[]; called?: string }>

const MEDIA = ['video', 'audio', 'photo', 'surveillance']

/** What is read of every recording, approval and service, in whatever procedure: no single rule names it. */
function readAnyway({ packs, procedure }: CaseLaw): readonly Known[] {
  const rows = packs.map(({ pack }) => pack.params.recording)
  const made: FactPattern = { kind: 'recording', name: '*', state: 'made' }
  const stored: FactPattern = { kind: 'recording', name: '*', state: 'stored' }
  const approved: FactPattern = { kind: 'document', name: '*', state: 'approved' }
  return [
    { fact: made, key: 'medium', values: MEDIA },
    { fact: made, key: 'scenes', called: '这一段音像反映的各情形' },
    { fact: made, key: 'use', values: ['patrol'] },
    ...rows
      .flatMap((r) => r.scenes.flatMap(({ checks }) => checks))
      .map(({ key, label: called }) => ({ fact: made, key, values: ['true'], called })),
    ...rows
      .flatMap((r) => r.prohibitions)
      .flatMap(({ unlessData: key, label: called }) =>
        key === null ? [] : [{ fact: made, key, values: ['true'], called }],
      ),
    { fact: stored, key: 'evidence', values: ['true'] },
    { fact: { kind: 'recording', name: '*', state: 'checked' }, key: 'playable', values: ['true', 'false'] },
    { fact: approved, key: 'opinion', called: '意见' },
    { fact: approved, key: 'signature', called: '签名' },
    { fact: { kind: 'document', name: '*', state: 'served' }, key: 'mode', called: '送达方式' },
    ...procedure.eachParty.map(
      ({ state, by }): Known => ({
        fact: { kind: 'document', name: '*', state },
        key: by,
        called: '送达给谁（文书写明几个受送达人的）',
      }),
    ),
    {
      fact: { kind: 'document', name: '*', state: 'served' },
      key: 'effective',
      values: ['false'],
      called: '送达是否有效',
    },
    {
      fact: { kind: 'step', name: 'archiving', state: 'done' },
      key: 'keptUntil',
      called: '归档时告知的保存期限',
    },
  ]
}

const known = new WeakMap<CaseLaw, ReadonlyMap<string, Read>>()

/** Every kind of fact that the rules of the procedure read, by how a timeline writes it. */
export function readsOf(caseLaw: CaseLaw): ReadonlyMap<string, Read> {
  const before = known.get(caseLaw)
  if (before !== undefined) return before
  const { procedure } = caseLaw
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
  for (const duty of procedure.duties) {
    const opens = patternsIn(duty.opens)
    if (isNode(duty.from)) note(opens, duty.id, { key: duty.from.data, as: 'time' })
    visit(duty, duty.id, opens)
  }
  for (const rule of procedure.findings) visit([rule.when, rule.needs], rule.code, [])
  for (const { fact, ...what } of readAnyway(caseLaw)) note([fact], 'any', what)
  known.set(caseLaw, found)
  return found
}
