import type { Law } from '@liuhen/law/law'

export type RuleNamed = Readonly<{ kind: string; id: string; name: string }>

const KINDS = {
  step: '环节',
  gate: '前置条件',
  completion: '完成条件',
  guard: '约束',
  duty: '义务',
  period: '期间',
  finding: '检查项',
  document: '文书',
  scene: '音像场景',
} as const

type Entry = readonly [clause: string, rule: RuleNamed]

const entries = (
  clauses: readonly string[] | undefined,
  kind: keyof typeof KINDS,
  id: string,
  name: string,
) => (clauses ?? []).map((clause): Entry => [clause, { kind: KINDS[kind], id, name }])

const ofProcedure = (p: Law['procedures'][number]): Entry[] => [
  ...p.steps.flatMap((s) => [
    ...entries(s.clauses, 'step', `${p.id}/${s.id}`, s.name),
    ...s.before.flatMap((g) =>
      entries(g.clauses, 'gate', `${p.id}/${s.id}/${g.code}`, `${s.name}:${g.todo}`),
    ),
    ...s.complete.flatMap((g) =>
      entries(g.clauses, 'completion', `${p.id}/${s.id}/${g.code}`, `${s.name}:${g.todo}`),
    ),
    ...s.documents.flatMap((d) => entries(d.clauses, 'document', d.type, `${s.name}需要的文书`)),
  ]),
  ...p.guards.flatMap((g) => entries(g.clauses, 'guard', `${p.id}/${g.code}`, g.todo)),
  ...p.duties.flatMap((d) => entries(d.clauses, 'duty', `${p.id}/${d.id}`, d.what)),
  ...p.periods.flatMap((d) => entries(d.clauses, 'period', `${p.id}/${d.id}`, d.what)),
  ...p.findings.flatMap((f) => entries(f.clauses, 'finding', `${p.id}/${f.code}`, f.message)),
]

const ofDocument = (d: Law['documents'][number]): Entry[] => [
  ...entries(d.requiredBy, 'document', d.id, d.name),
  ...d.sections.flatMap((s) =>
    s.fields.flatMap((f) => entries(f.requiredBy, 'document', `${d.id}.${f.id}`, `《${d.name}》${f.label}`)),
  ),
]

/** The way from a clause to what carries it out: every rule of law/ that names it. */
export const rulesByClause = (law: Law): ReadonlyMap<string, readonly RuleNamed[]> => {
  const all: Entry[] = [
    ...law.procedures.flatMap(ofProcedure),
    ...law.documents.flatMap(ofDocument),
    ...law.packs.flatMap(({ pack }) =>
      pack.params.recording.scenes.flatMap((s) =>
        entries([s.clause], 'scene', s.scene, law.scenes.get(s.scene) ?? s.scene),
      ),
    ),
  ]
  const rules = new Map<string, RuleNamed[]>()
  for (const [clause, rule] of all) rules.set(clause, [...(rules.get(clause) ?? []), rule])
  return rules
}
