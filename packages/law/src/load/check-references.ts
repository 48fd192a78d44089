import { LACK_CODES } from '../evaluate/recording-lacks.ts'
import type { Procedure } from '../schema/procedure.ts'
import type { LawError, Source } from './parse-yaml.ts'

/** Names that exist, gathered from every file before references are looked at. */
export type Known = Readonly<{
  clauses: ReadonlySet<string>
  provisions: ReadonlySet<string>
  documents: ReadonlySet<string>
  scenes: ReadonlySet<string>
  settings: ReadonlySet<string>
  params: ReadonlySet<string>
}>

type Visit = (key: string, value: unknown, at: readonly PropertyKey[]) => void

/** Visits every key of every mapping, in order, with the path to its value. */
function walk(value: unknown, at: readonly PropertyKey[], visit: Visit): void {
  if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => walk(item, [...at, index], visit))
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    visit(key, child, [...at, key])
    walk(child, [...at, key], visit)
  }
}

const strings = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.filter((v): v is string => typeof v === 'string')
      : []

const CLAUSE_KEYS = new Set([
  'clause',
  'clauses',
  'requiredBy',
  'local',
  'national',
  'voiceOnResume',
  'continueAct',
])

/** A reporter that knows the file: `report(at, '未知条款', id)`. */
const reporter =
  (source: Source, errors: LawError[]) =>
  (at: readonly PropertyKey[], what: string, name: string): void => {
    errors.push({ path: source.path, line: source.lineOf(at), message: `${what}“${name}”` })
  }

/** Every clause named anywhere in the file exists. In a pack's own file only that pack's clauses may be named. */
export function checkClauses(source: Source, allowed: ReadonlySet<string>, errors: LawError[]): void {
  const report = reporter(source, errors)
  walk(source.raw, [], (key, value, at) => {
    if (!CLAUSE_KEYS.has(key)) return
    for (const id of strings(value)) if (!allowed.has(id)) report(at, '未知的条款', id)
  })
}

export function checkScenes(source: Source, known: Known, errors: LawError[]): void {
  const report = reporter(source, errors)
  walk(source.raw, [], (key, value, at) => {
    if (key === 'scene' && typeof value === 'string' && !known.scenes.has(value))
      report(at, '未知的音像情形', value)
    if (
      (key === 'effectSetting' || key === 'valueSetting') &&
      typeof value === 'string' &&
      !known.settings.has(value)
    )
      report(at, '未知的设置项', value)
  })
}

const PATTERN_KEYS = new Set([
  'fact',
  'on',
  'opens',
  'closes',
  'each',
  'has',
  'elapsed',
  'sameDay',
  'of',
  'doneBy',
  'count',
  'with',
  'by',
  'overlaps',
  'stands',
  'unless',
  'lapses',
])

/** Names inside a procedure or a module: steps, documents, scenes, settings, provisions, parameters, declared events and flags, codes of other rules. */
export function checkRules(source: Source, names: Names, errors: LawError[]): void {
  const report = reporter(source, errors)
  walk(source.raw, [], (key, value, at) => {
    // Data keys of declared events are described in words, and `with` names things for modules.
    if (at[0] === 'with' || (at[0] === 'events' && key !== 'param')) return
    const inAnchors = at.at(-2) === 'anchors'
    if (PATTERN_KEYS.has(key) || inAnchors) checkPattern(value, at, names, report)
    for (const one of Array.isArray(value) && PATTERN_KEYS.has(key) ? (value as unknown[]) : [])
      checkPattern(one, at, names, report)
    if (typeof value !== 'string' || value.startsWith('$')) return
    const set = names.byKey.get(key)
    for (const one of value.split('|'))
      if (set !== undefined && !set.values.has(one)) report(at, `未知的${set.what}`, one)
  })
}

type Report = ReturnType<typeof reporter>

export type Names = Readonly<{
  byKey: ReadonlyMap<string, { what: string; values: ReadonlySet<string> }>
  kinds: Readonly<Record<string, { what: string; values: ReadonlySet<string> }>>
}>

type Declares = Readonly<{
  steps: readonly Readonly<{ id: string }>[]
  flags: readonly Readonly<{ flag: string }>[]
  events: readonly Readonly<{ name: string }>[]
  guards: readonly Readonly<{ code: string }>[]
}>

export function namesIn(procedures: readonly Procedure[], modules: readonly Declares[], known: Known): Names {
  const all: readonly Declares[] = [...procedures, ...modules]
  const steps = { what: '环节', values: new Set(all.flatMap((p) => p.steps.map((s) => s.id))) }
  const documents = { what: '文书', values: known.documents }
  const scenes = { what: '音像情形', values: known.scenes }
  const flags = { what: '标记', values: new Set(all.flatMap((p) => p.flags.map((f) => f.flag))) }
  const events = { what: '事件', values: new Set(all.flatMap((p) => p.events.map((e) => e.name))) }
  const gates = procedures.flatMap((p) => p.steps.flatMap((s) => [...s.before, ...s.complete]))
  const rules = [...gates, ...all.flatMap((p) => p.guards)]
  const codes = new Set([...LACK_CODES, ...rules.map((r) => r.code)])
  const byKey = new Map([
    ['step', steps],
    ['settled', steps],
    ['after', steps],
    ['onTheSpot', steps],
    ['type', documents],
    ['document', documents],
    ['caseNumberFrom', documents],
    ['decision', documents],
    ['scene', scenes],
    ['flag', flags],
    ['partOf', { what: '规则代码', values: codes }],
    ['setting', { what: '设置项', values: known.settings }],
    ['provision', { what: '国家法条款', values: known.provisions }],
    ['param', { what: '制度包参数', values: known.params }],
  ])
  return { byKey, kinds: { step: steps, document: documents, recording: scenes, event: events } }
}

function checkPattern(value: unknown, at: readonly PropertyKey[], names: Names, report: Report): void {
  const [kind, name] = patternWords(value)
  const set = kind === undefined ? undefined : names.kinds[kind]
  if (set === undefined) return
  for (const one of name)
    if (one !== '*' && !one.startsWith('$') && !set.values.has(one)) report(at, `未知的${set.what}`, one)
}

function patternWords(value: unknown): [string | undefined, string[]] {
  if (typeof value === 'string') {
    const [kind, name = ''] = value.trim().split(/\s+/)
    return [kind, name.split('|')]
  }
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('name' in value))
    return [undefined, []]
  return [typeof value.kind === 'string' ? value.kind : undefined, strings(value.name)]
}

export function checkStages(source: Source, procedure: Procedure, errors: LawError[]): void {
  const report = reporter(source, errors)
  const stages = new Set(procedure.stages.map((s) => s.id))
  const seen = new Set<string>()
  for (const step of procedure.steps) {
    const at = placeOf(source, step.id)
    if (!stages.has(step.stage)) report([...at, 'stage'], '未知的阶段', step.stage)
    if (seen.has(step.id)) report([...at, 'id'], '重复的环节', step.id)
    seen.add(step.id)
  }
  const events = new Set(procedure.events.map((e) => e.name))
  const placed = new Set<string>()
  procedure.work.forEach((heading, i) => {
    for (const name of heading.events) {
      if (!events.has(name)) report(['work', i], '未知的事件', name)
      if (placed.has(name)) report(['work', i], '重复的事件', name)
      placed.add(name)
    }
  })
}

/** Where the file itself writes a step; a module's step has no place in it but the list. */
function placeOf(source: Source, id: string): PropertyKey[] {
  const raw = typeof source.raw === 'object' && source.raw !== null ? Reflect.get(source.raw, 'steps') : []
  const index = Array.isArray(raw)
    ? raw.findLastIndex((s: unknown) => typeof s === 'object' && s !== null && Reflect.get(s, 'id') === id)
    : -1
  return index < 0 ? ['steps'] : ['steps', index]
}
