import type { Evaluation, Finding, KeptItem, Reason, StepView } from './evaluation.ts'
import type { Duty } from './evaluation.ts'
import { evaluate, isRefused, judge } from './evaluate.ts'
import type { CaseRecord } from './evaluate.ts'
import { type Law, NATIONAL_ALONE } from './law.ts'
import { Timeline } from './schema/timeline.ts'
import { nearest, unknownWords } from './unknown-words.ts'
import type { UnknownWord } from './unknown-words.ts'

/** What the law says of something that might be done. */
export type AttemptResult = Readonly<{
  fact: string
  at: string
  refused: boolean
  reasons: readonly Reason[]
}>

export type TimelineEvaluation = Evaluation &
  Readonly<{ attempts: readonly AttemptResult[]; unknown: readonly UnknownWord[] }>

export type TimelineResult =
  | Readonly<{ evaluation: TimelineEvaluation }>
  | Readonly<{ errors: readonly Readonly<{ at: string; message: string }>[] }>

export const recordOf = (timeline: Timeline): CaseRecord => ({
  procedure: timeline.procedure,
  startedAt: timeline.startedAt,
  facts: timeline.facts,
  flags: timeline.flags,
  settings: timeline.settings,
  selection: { base: timeline.pack, overlays: timeline.overlays, national: timeline.national },
})

type Wrong = Readonly<{ at: string; message: string }>

/** A text or procedure that nobody wrote. One that was not yet in force is no mistake of the question. */
const unknownNames = ({ pack, overlays, procedure }: Timeline, law: Law): readonly Wrong[] => {
  const packs = [...new Set(law.packs.map((p) => p.pack.id))]
  const procedures = [...new Set(law.procedures.map((p) => p.id))]
  const ask = (at: string, word: string, known: readonly string[], what: string): readonly Wrong[] =>
    known.includes(word) ? [] : [{ at, message: `没有${what}“${word}”${nearest(word, known)}` }]
  return [
    ...ask('pack', pack, [NATIONAL_ALONE, ...packs], '制度包'),
    ...overlays.flatMap((id, i) => ask(`overlays.${i}`, id, packs, '制度包')),
    ...ask('procedure', procedure, procedures, '程序'),
  ]
}

/** Answers a timeline file (already parsed as JSON or YAML). A file that is not a timeline gets errors, not half an answer. */
export function evaluateTimeline(input: unknown, law: Law): TimelineResult {
  const parsed = Timeline.safeParse(input)
  if (!parsed.success)
    return {
      errors: parsed.error.issues.map((i) => ({ at: i.path.map(String).join('.'), message: i.message })),
    }
  const wrong = unknownNames(parsed.data, law)
  if (wrong.length > 0) return { errors: wrong }
  const record = recordOf(parsed.data)
  const attempts = parsed.data.attempts.map((fact) => {
    const reasons = judge(record, fact, law, fact.at)
    return {
      fact: `${fact.kind} ${fact.name} ${fact.state ?? ''}`.trim(),
      at: fact.at,
      refused: isRefused(reasons),
      reasons,
    }
  })
  const unknown = unknownWords(record, parsed.data.attempts, law)
  return { evaluation: { ...evaluate(record, law, parsed.data.now), attempts, unknown } }
}

const STATUS: Record<StepView['status'], string> = {
  done: '已完成',
  begun: '进行中',
  possible: '可以办理',
  blocked: '尚不能办理',
  'not-needed': '本案不需要',
}

const DUTY: Record<Duty['state'], string> = {
  open: '未到期',
  met: '按时完成',
  'met-late': '逾期完成',
  overdue: '已逾期',
  excused: '已说明理由',
}

const SEVERITY: Record<Finding['severity'], string> = { error: '错误', warning: '警告', info: '提示' }

/** Each article once, with the clauses of it that are meant. */
const cites = (of: Pick<Reason, 'citations'>): string => {
  const articles = new Map<string, string[]>()
  for (const { cite, clause } of of.citations) articles.set(cite, [...(articles.get(cite) ?? []), clause])
  return [...articles].map(([cite, clauses]) => `${cite}〔${[...new Set(clauses)].join('、')}〕`).join('、')
}

const sayReason = (reason: Reason): string[] => [
  `    ${reason.effect === 'refuse' ? '不得' : '提示'}：${reason.message}（依据${cites(reason)}）`,
  `    下一步：${reason.todo}`,
]

const sayStep = (step: StepView): string[] => [
  `  ${step.name} [${step.id}] ${STATUS[step.status]}${step.optional ? '（可选）' : ''}`,
  ...step.before.flatMap(sayReason),
  ...step.missing.flatMap(sayReason),
]

const sayDuty = (duty: Duty): string[] => [
  `  ${duty.what} [${duty.id}] ${DUTY[duty.state]}${duty.due === undefined ? '' : `，到期 ${duty.due.slice(0, 16).replace('T', ' ')}`}`,
  `    ${duty.why}（依据${cites(duty)}）`,
]

const sayFinding = (finding: Finding): string =>
  `  ${SEVERITY[finding.severity]}：${finding.message}${finding.citations.length === 0 ? '' : `（依据${cites(finding)}）`}`

const section = (title: string, lines: readonly string[]): string[] => [
  title,
  ...(lines.length === 0 ? ['  无'] : lines),
]

const KEEPING: Record<KeptItem['rule'], string> = {
  until: '定期',
  'long-term': '长期',
  permanent: '永久',
  open: '未定',
}

const sayKept = (kept: KeptItem): string[] => [
  `  ${kept.item === 'case-file' ? '案卷' : kept.item} ${KEEPING[kept.rule]}${kept.keptThrough === undefined ? '' : `，保存至 ${kept.keptThrough}`}`,
  `    ${kept.why}${kept.citations.length === 0 ? '' : `（依据${cites(kept)}）`}`,
]

const sayAttempt = ({ fact, at, refused, reasons }: AttemptResult): string[] => [
  `  ${fact}（${at.slice(0, 16).replace('T', ' ')}） ${refused ? '拒绝' : reasons.length > 0 ? '允许，有提示' : '允许'}`,
  ...reasons.flatMap(sayReason),
]

/** The evaluation as lines for people. */
export const printEvaluation = (evaluation: TimelineEvaluation): string[] => [
  ...(evaluation.unknown.length === 0
    ? []
    : section(
        '没有规则认识的词（请核对拼写）',
        evaluation.unknown.map(({ at, message }) => `  ${at}：${message}`),
      )),
  ...(evaluation.attempts.length === 0 ? [] : section('所问的行为', evaluation.attempts.flatMap(sayAttempt))),
  ...section('环节', evaluation.steps.flatMap(sayStep)),
  ...section('义务和期限', evaluation.duties.flatMap(sayDuty)),
  ...section('发现', evaluation.findings.map(sayFinding)),
  ...(evaluation.keeping.length === 0 ? [] : section('保存期限', evaluation.keeping.flatMap(sayKept))),
]
