import type { Evaluation, Finding, Reason, StepView } from './evaluation.ts'
import type { Duty } from './evaluation.ts'
import { evaluate } from './evaluate.ts'
import type { CaseRecord } from './evaluate.ts'
import type { Law } from './law.ts'
import { Timeline } from './schema/timeline.ts'

export type TimelineResult =
  | Readonly<{ evaluation: Evaluation }>
  | Readonly<{ errors: readonly Readonly<{ at: string; message: string }>[] }>

export const recordOf = (timeline: Timeline): CaseRecord => ({
  procedure: timeline.procedure,
  startedAt: timeline.startedAt,
  facts: timeline.facts,
  flags: timeline.flags,
  settings: timeline.settings,
  selection: { base: timeline.pack, overlays: timeline.overlays, national: timeline.national },
})

/** Answers a timeline file (already parsed as JSON or YAML). A file that is not a timeline gets errors, not half an answer. */
export function evaluateTimeline(input: unknown, law: Law): TimelineResult {
  const parsed = Timeline.safeParse(input)
  if (!parsed.success)
    return {
      errors: parsed.error.issues.map((i) => ({ at: i.path.map(String).join('.'), message: i.message })),
    }
  return { evaluation: evaluate(recordOf(parsed.data), law, parsed.data.now) }
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

const cites = (of: Pick<Reason, 'citations'>): string =>
  of.citations.map((c) => `${c.cite}〔${c.clause}〕`).join('、')

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

/** The evaluation as lines for people. */
export const printEvaluation = (evaluation: Evaluation): string[] => [
  ...section('环节', evaluation.steps.flatMap(sayStep)),
  ...section('义务和期限', evaluation.duties.flatMap(sayDuty)),
  ...section('发现', evaluation.findings.map(sayFinding)),
]
