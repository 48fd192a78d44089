import { citeClause } from './citation.ts'
import { groupOf } from './combine.ts'
import type { CaseLaw, Sourced } from './combine.ts'
import type { Citation } from './evaluation.ts'
import type { Instant } from './fact.ts'
import type { PackLimit } from './schema/limit.ts'
import type { PackParams } from './schema/pack.ts'
import { keepUntil, sayLimit } from './time-limit.ts'

type Retention = NonNullable<PackParams['retention']>

/** How long something must be kept. `open`: no text fixes it and nothing is borrowed, so it may not be disposed of. */
export type Keeping = Readonly<{
  rule: 'until' | 'permanent' | 'long-term' | 'open'
  /** Last day on which it must be kept; disposal may be proposed from the day after. */
  keptThrough?: string
  disposableFrom?: string
  why: string
  citations: readonly Citation[]
}>

export type RecordingToKeep = Readonly<{
  madeAt: Instant
  use: 'patrol' | 'evidence' | 'ordinary'
  /** Situations that a pack may name: obstruction, emergency-mass, objection-petition … */
  situations: readonly string[]
  /** When the final decision took effect by service; null while one is still to be served, absent where none is. */
  decisionServed?: Instant | null
  /** What the case file's own retention came to. */
  caseFile?: Keeping
}>

const WEIGHT: Record<Keeping['rule'], number> = { until: 0, 'long-term': 1, permanent: 2, open: 3 }

/** The longest; what is still open counts as longer than any date, so that nothing goes too early. */
const longest = (all: readonly Keeping[]): Keeping | undefined =>
  all.toSorted(
    (a, b) => WEIGHT[b.rule] - WEIGHT[a.rule] || (b.keptThrough ?? '').localeCompare(a.keptThrough ?? ''),
  )[0]

const cite = ({ pack: { pack, clauses } }: Sourced<unknown>, id: string): Citation[] => {
  const clause = clauses.get(id)
  return clause === undefined ? [] : [citeClause(clause, pack.title, pack.layer)]
}

const nothing = (why: string, citations: readonly Citation[] = []): Keeping => ({
  rule: 'open',
  why,
  citations,
})

function until(since: Instant, fixed: PackLimit, citations: readonly Citation[], from: string): Keeping {
  if (fixed.value === null || fixed.unit === null)
    return nothing('文本没有写明期限，由机关设定后方可处置', citations)
  const limit = { value: fixed.value, unit: fixed.unit }
  const { keptThrough, disposableFrom } = keepUntil(since, limit)
  return {
    rule: 'until',
    keptThrough,
    disposableFrom,
    why: `自${from}${since.slice(0, 10)}起保存${sayLimit(limit)}，保存至${keptThrough}，次日起方可提出处置`,
    citations,
  }
}

/** A case file under every pack that fixes a period; `open` where none does. */
export function keepCaseFile(
  caseLaw: CaseLaw,
  dates: Readonly<{ archivedAt: Instant; closedAt: Instant }>,
  settings: Readonly<Record<string, string | number | boolean | null>> = {},
): Keeping {
  const id = 'case-file-retention-from'
  const fromClosing = (settings[id] ?? caseLaw.law.settings.get(id)?.default) === 'closed'
  const since = fromClosing ? dates.closedAt : dates.archivedAt
  const fixed = groupOf(caseLaw, 'retention').flatMap((source) => {
    const { caseFile } = source.value
    if (caseFile === null) return []
    return [until(since, caseFile, cite(source, caseFile.clause), fromClosing ? '结案之日' : '归档之日')]
  })
  return longest(fixed) ?? nothing('适用的制度没有写明案卷保存期限，由机关设定后方可处置')
}

const fromPack = (item: RecordingToKeep, source: Sourced<Retention>): Keeping => {
  const { triggers, evidenceAV, patrolAV, avDefault } = source.value
  const trigger = triggers.find((t) => item.situations.includes(t.code))
  if (trigger !== undefined) return kept(trigger.mode, trigger.label, cite(source, trigger.clause))
  if (item.use === 'evidence' && evidenceAV !== null)
    return evidence(item, evidenceAV.rule, cite(source, evidenceAV.clause))
  if (item.use === 'patrol' && patrolAV !== null)
    return until(item.madeAt, patrolAV, cite(source, patrolAV.clause), '形成之日')
  if (avDefault === null)
    return item.caseFile ?? nothing('文本没有规定这类音像的保存期，由机关设定后方可处置')
  return byDefault(item, source, avDefault)
}

const kept = (rule: 'permanent' | 'long-term', label: string, citations: readonly Citation[]): Keeping => ({
  rule,
  why: `属于“${label}”，${rule === 'permanent' ? '永久' : '长期'}保存，不得处置`,
  citations,
})

function evidence(
  item: RecordingToKeep,
  rule: 'same-as-case' | 'permanent',
  citations: readonly Citation[],
): Keeping {
  if (rule === 'permanent') return kept('permanent', '作为证据使用', citations)
  if (item.caseFile === undefined) return nothing('与案卷同期保存，案卷的保存期尚未确定', citations)
  return {
    ...item.caseFile,
    why: `作为证据使用，与案卷同期保存：${item.caseFile.why}`,
    citations: [...citations, ...item.caseFile.citations],
  }
}

/** ft-24-2: where a decision is served, the period begins with effective service, not with the making. */
function byDefault(item: RecordingToKeep, source: Sourced<Retention>, fixed: PackLimit): Keeping {
  const citations = cite(source, fixed.clause)
  const { clockStart } = source.value
  if (clockStart === null || item.decisionServed === undefined)
    return until(item.madeAt, fixed, citations, '形成之日')
  const both = [...citations, ...cite(source, clockStart.clause)]
  if (item.decisionServed === null) return nothing('自最终决定有效送达后起算，决定尚未送达', both)
  return until(item.decisionServed, fixed, both, '最终决定有效送达之日')
}

/** A recording under every pack that speaks of retention. Never shorter than under any one of them. */
export const keepRecording = (caseLaw: CaseLaw, item: RecordingToKeep): Keeping =>
  longest(groupOf(caseLaw, 'retention').map((source) => fromPack(item, source))) ??
  item.caseFile ??
  nothing('适用的制度没有规定音像的保存期，由机关设定后方可处置')
