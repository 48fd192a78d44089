import type { Law, LoadedPack } from '@liuhen/law/law'
import { elementsOf } from './elements-of.ts'
import { inGeneral } from './in-general.ts'
import { clausesOf, sayParam } from './say-param.ts'
import { SUBJECTS } from './subjects.ts'

/** `in` names the procedures that have it; empty where it belongs to none. */
export type RuleNamed = Readonly<{
  kind: string
  id: string
  name: string
  /** Of what stops or warns: what it then tells to do. */
  todo?: string
  in: string[]
}>

const KINDS = {
  step: '环节',
  gate: '开始前拦截',
  completion: '完成前拦截',
  guard: '拦截',
  warning: '提醒',
  duty: '义务',
  period: '期间',
  finding: '检查',
  info: '提示',
  document: '文书',
  scene: '音像情形',
  param: '参数',
  setting: '机关设定',
} as const

type Kind = keyof typeof KINDS
type Entry = Readonly<{
  clause: string
  kind: Kind
  id: string
  name: string
  todo?: string
  procedure?: string
}>

const entries = (
  clauses: readonly string[] | undefined,
  kind: Kind,
  id: string,
  name: string,
  procedure?: string,
): Entry[] =>
  (clauses ?? []).map((clause) => ({
    clause,
    kind,
    id,
    name: inGeneral(name),
    ...(procedure !== undefined && { procedure }),
  }))

type Stops = Readonly<{
  code: string
  clauses?: readonly string[] | undefined
  effect: 'refuse' | 'warn'
  message: string
  todo: string
  needs?: unknown
}>

/** What the record must not show, and what to do then; a rule that only warns is told as such. */
function stops(kind: Kind, of: Stops, procedure: string): Entry[] {
  const said = of.effect === 'warn' ? 'warning' : kind
  const elements = elementsOf(of.needs)
  const whole = of.clauses?.filter((clause) => !elements.some((e) => e.clause === clause))
  return [
    ...entries(whole, said, of.code, of.message, procedure).map((e) => ({ ...e, todo: inGeneral(of.todo) })),
    ...elements.flatMap(({ label, clause }) =>
      entries([clause], said, of.code, missing(of.message, label), procedure).map((e) => ({
        ...e,
        todo: inGeneral(missing(of.todo, label)),
      })),
    ),
  ]
}

/** A rule that asks for several things tells of each under its own clause. */
const missing = (text: string, label: string): string => text.replaceAll('{missing}', `“${label}”`)

const nameOf = (law: Law, type: string): string => law.documents.find((d) => d.id === type)?.name ?? type

const ofProcedure = (law: Law, p: Law['procedures'][number]): Entry[] => [
  ...p.steps.flatMap((s) => [
    ...entries(s.clauses, 'step', s.id, s.name, p.name),
    ...s.before.flatMap((g) => stops('gate', g, p.name)),
    ...s.complete.flatMap((g) => stops('completion', g, p.name)),
    ...s.documents.flatMap((d) =>
      entries(d.clauses, 'document', `${s.id}/${d.type}`, `${s.name}：《${nameOf(law, d.type)}》`, p.name),
    ),
  ]),
  ...p.guards.flatMap((g) => stops('guard', g, p.name)),
  ...p.duties.flatMap((d) => entries(d.clauses, 'duty', d.id, d.what, p.name)),
  ...p.periods.flatMap((d) => entries(d.clauses, 'period', d.id, d.what, p.name)),
  ...p.findings.flatMap((f) =>
    entries(f.clauses, f.severity === 'info' ? 'info' : 'finding', f.code, f.message, p.name),
  ),
]

const ofDocument = (d: Law['documents'][number]): Entry[] => [
  ...entries(d.requiredBy, 'document', d.id, d.name),
  ...d.sections.flatMap((s) =>
    s.fields.flatMap((f) => entries(f.requiredBy, 'document', `${d.id}.${f.id}`, `《${d.name}》${f.label}`)),
  ),
]

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (v, key) => (typeof v === 'object' && v !== null ? Reflect.get(v, key) : undefined),
      value,
    )

/** A list is told element by element, each under its own clause; anything else as a whole. */
const ofParams = ({ pack }: LoadedPack): Entry[] =>
  SUBJECTS.flatMap(({ path, name }) => {
    const value = at(pack.params, path)
    return (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => {
      const said = sayParam(one)
      const told = said === '' ? name : `${name}：${said}`
      return entries(clausesOf(one), 'param', path, told)
    })
  })

/** A duty whose period the texts fix rests on the clause of each text that fixes it. */
const dutiesBy = (law: Law, { pack }: LoadedPack): Entry[] =>
  law.procedures.flatMap((p) =>
    p.duties.flatMap((d) => {
      const period = d.param === undefined ? undefined : at(pack.params, d.param)
      return entries(clausesOf(period), 'duty', d.id, `${d.what}（${sayParam(period)}）`, p.name)
    }),
  )

const ofPack = (law: Law, loaded: LoadedPack): Entry[] => [
  ...dutiesBy(law, loaded),
  ...loaded.pack.params.recording.scenes.flatMap((s) =>
    entries([s.clause], 'scene', s.scene, `${law.scenes.get(s.scene) ?? s.scene}（${sayParam(s.strength)}）`),
  ),
  ...ofParams(loaded),
]

/** The way from a clause to what carries it out: every rule of law/ that names it, told once for all procedures that have it. */
export const rulesByClause = (law: Law): ReadonlyMap<string, readonly RuleNamed[]> => {
  const all: Entry[] = [
    ...law.procedures.flatMap((p) => ofProcedure(law, p)),
    ...law.documents.flatMap(ofDocument),
    ...law.packs.flatMap((loaded) => ofPack(law, loaded)),
    ...[...law.settings.values()].flatMap((s) => entries(s.clauses, 'setting', s.id, s.label)),
  ]
  const rules = new Map<string, Map<string, RuleNamed>>()
  for (const { clause, kind, id, name, todo, procedure } of all) {
    const ofClause = rules.get(clause) ?? new Map<string, RuleNamed>()
    rules.set(clause, ofClause)
    const key = `${kind} ${id} ${name}`
    const rule = ofClause.get(key) ?? {
      kind: KINDS[kind],
      id,
      name,
      ...(todo !== undefined && { todo }),
      in: [],
    }
    ofClause.set(key, rule)
    if (procedure !== undefined && !rule.in.includes(procedure)) rule.in.push(procedure)
  }
  return new Map([...rules].map(([clause, named]) => [clause, [...named.values()]]))
}
