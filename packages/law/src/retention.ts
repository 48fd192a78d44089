import { citeClause } from './citation.ts'
import { civilDateOf } from './civil-date.ts'
import { citationsOf, groupOf } from './combine.ts'
import type { CaseLaw, Sourced } from './combine.ts'
import type { Citation } from './evaluation.ts'
import type { Instant } from './fact.ts'
import type { Limit, PackLimit } from './schema/limit.ts'
import type { PackParams } from './schema/pack.ts'
import { keepUntil, sayLimit } from './time-limit.ts'

type Retention = NonNullable<PackParams['retention']>
type Settings = Readonly<Record<string, string | number | boolean | null>>

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
  use: 'evidence' | 'ordinary'
  /** What it shows, by the codes of scenes. */
  scenes?: readonly string[]
  /** The stages of the procedure in which it was made. */
  stages?: readonly string[]
  /** Situations that a pack may name: obstruction, emergency-mass, objection-petition … */
  situations: readonly string[]
  /** When the final decision took effect by service; null while one is still to be served, absent where none is. */
  decisionServed?: Instant | null
  /** What the case file's own retention came to. */
  caseFile?: Keeping
}>

const WEIGHT: Record<Keeping['rule'], number> = { until: 0, 'long-term': 1, permanent: 2, open: 3 }

/** Longest first; what is still open counts as longer than any date, so that nothing goes too early. */
export const byLength = (a: Keeping, b: Keeping): number =>
  WEIGHT[b.rule] - WEIGHT[a.rule] || (b.keptThrough ?? '').localeCompare(a.keptThrough ?? '')

const unique = (citations: readonly Citation[]): Citation[] => [
  ...new Map(citations.map((c) => [c.clause, c])).values(),
]

/** The longest, with the shorter ones that were weighed: why it may not go earlier. */
function longest(all: readonly Keeping[]): Keeping | undefined {
  const [first, ...others] = all.toSorted(byLength)
  if (first === undefined || first.rule !== 'until') return first
  const shorter = others.filter((o) => o.keptThrough !== first.keptThrough)
  if (shorter.length === 0) return first
  const said = shorter.map((o) => `${o.citations[0]?.cite ?? '机关设定'}保存至${o.keptThrough ?? ''}`)
  return {
    ...first,
    why: `${first.why}；另有${said.join('、')}，取最长者`,
    citations: unique([first, ...shorter].flatMap((k) => k.citations)),
  }
}

const cite = ({ pack: { pack, clauses } }: Sourced<unknown>, id: string): Citation[] => {
  const clause = clauses.get(id)
  return clause === undefined ? [] : [citeClause(clause, pack.title, pack.layer)]
}

const nothing = (why: string, citations: readonly Citation[] = []): Keeping => ({
  rule: 'open',
  why,
  citations,
})

const kept = (rule: 'permanent' | 'long-term', label: string, citations: readonly Citation[]): Keeping => ({
  rule,
  why: `属于“${label}”，${rule === 'permanent' ? '永久' : '长期'}保存，不得处置`,
  citations,
})

function until(since: Instant, limit: Limit, citations: readonly Citation[], from: string): Keeping {
  const { keptThrough, disposableFrom } = keepUntil(since, limit)
  return {
    rule: 'until',
    keptThrough,
    disposableFrom,
    why: `自${from}${civilDateOf(since)}起保存${sayLimit(limit)}，保存至${keptThrough}，次日起方可提出处置`,
    citations,
  }
}

/** The text's number; where it gives none, the one that the agency has set; until then nothing may go. */
function fixedFor(
  since: Instant,
  fixed: PackLimit,
  citations: readonly Citation[],
  from: string,
  settings: Settings,
): Keeping {
  if (fixed.value !== null && fixed.unit !== null)
    return until(since, { value: fixed.value, unit: fixed.unit }, citations, from)
  const set = fixed.valueSetting === undefined ? null : settings[fixed.valueSetting]
  if (set === 'permanent') return kept('permanent', '机关设定的保管期限', citations)
  if (typeof set === 'number')
    return until(
      since,
      { value: set, unit: 'year' },
      citations,
      `机关按“${fixed.qualitative ?? '相关规定'}”设定，${from}`,
    )
  const word = fixed.qualitative === undefined ? '' : `只写“${fixed.qualitative}”，`
  return nothing(`文本${word}没有写明期限，由管理员设定保存期限后方可处置`, citations)
}

/** A case file under every pack that fixes a period; `open` where none does. */
export function keepCaseFile(
  caseLaw: CaseLaw,
  dates: Readonly<{ archivedAt: Instant; closedAt: Instant }>,
  settings: Settings = {},
): Keeping {
  const id = 'case-file-retention-from'
  const fromClosing = (settings[id] ?? caseLaw.law.settings.get(id)?.default) === 'closed'
  const since = fromClosing ? dates.closedAt : dates.archivedAt
  const from = fromClosing ? '结案之日' : '归档之日'
  const fixed = groupOf(caseLaw, 'retention').flatMap((source) => {
    const { caseFile } = source.value
    return caseFile === null ? [] : [fixedFor(since, caseFile, cite(source, caseFile.clause), from, settings)]
  })
  return longest(fixed) ?? fileSet(caseLaw, since, from, settings)
}

const YEARS = 'case-file-retention-years'

/** What the agency has set for case files where none of its texts speaks of them. */
function fileSet(caseLaw: CaseLaw, since: Instant, from: string, settings: Settings): Keeping {
  const set = settings[YEARS]
  if (set !== 'permanent' && typeof set !== 'number')
    return nothing('适用的制度没有写明案卷保存期限，由管理员设定保存期限后方可处置')
  const clauses = caseLaw.law.settings.get(YEARS)?.clauses ?? []
  const citations = citationsOf(caseLaw, clauses, civilDateOf(since))
  if (set === 'permanent') return kept('permanent', '机关设定的保管期限', citations)
  return until(since, { value: set, unit: 'year' }, citations, `机关设定，${from}`)
}

function withFile(item: RecordingToKeep, as: string, citations: readonly Citation[]): Keeping {
  if (item.caseFile === undefined) return nothing(`${as}，与案卷同期保存，案卷的保存期尚未确定`, citations)
  return {
    ...item.caseFile,
    why: `${as}，与案卷同期保存：${item.caseFile.why}`,
    citations: unique([...citations, ...item.caseFile.citations]),
  }
}

function asEvidence(item: RecordingToKeep, source: Sourced<Retention>, caseLaw: CaseLaw): Keeping[] {
  const rule = source.value.evidenceAV
  if (rule === null || item.use !== 'evidence') return []
  const { id, act } = caseLaw.procedure
  if (rule.acts?.includes(act) === false || rule.exceptProcedures.includes(id)) return []
  const citations = cite(source, rule.clause)
  return [
    rule.rule === 'permanent'
      ? kept('permanent', '作为证据使用', citations)
      : withFile(item, '作为证据使用', citations),
  ]
}

/** 日常巡查: filmed for a register, of nothing but what the text calls a patrol, and evidence of nothing. */
function isPatrol(item: RecordingToKeep, { value }: Sourced<Retention>, { procedure }: CaseLaw): boolean {
  const { use, scenes = [] } = item
  if (use === 'evidence' || procedure.kind !== 'register' || scenes.length === 0) return false
  return scenes.every((scene) => value.patrolAV?.scenes.includes(scene) === true)
}

function asPartOfCase(item: RecordingToKeep, source: Sourced<Retention>): Keeping[] {
  const rule = source.value.caseAV
  if (rule === null) return []
  if (rule.stage !== undefined && item.stages?.includes(rule.stage) !== true) return []
  return [withFile(item, rule.said, cite(source, rule.clause))]
}

/** ft-24-2: where a decision is served, the period begins with effective service, not with the making. */
function byDefault(item: RecordingToKeep, source: Sourced<Retention>, settings: Settings): Keeping[] {
  const { clockStart, avDefault: fixed } = source.value
  if (fixed === null) return []
  const citations = cite(source, fixed.clause)
  if (clockStart === null || item.decisionServed === undefined)
    return [fixedFor(item.madeAt, fixed, citations, '形成之日', settings)]
  const both = [...citations, ...cite(source, clockStart.clause)]
  if (item.decisionServed === null) return [nothing('自最终决定有效送达后起算，决定尚未送达', both)]
  return [fixedFor(item.decisionServed, fixed, both, '最终决定有效送达之日', settings)]
}

/** What one pack says of a recording: of several rules that reach it the longest holds. */
function fromPack(
  item: RecordingToKeep,
  source: Sourced<Retention>,
  caseLaw: CaseLaw,
  settings: Settings,
): Keeping {
  const { triggers, patrolAV } = source.value
  const situations = triggers
    .filter(
      (t) => item.situations.includes(t.code) || t.scenes.some((s) => item.scenes?.includes(s) === true),
    )
    .map((t) => kept(t.mode, t.label, cite(source, t.clause)))
  const patrol =
    patrolAV !== null && isPatrol(item, source, caseLaw)
      ? [fixedFor(item.madeAt, patrolAV, cite(source, patrolAV.clause), '形成之日', settings)]
      : []
  const own = [
    ...situations,
    ...asEvidence(item, source, caseLaw),
    ...patrol,
    ...(patrol.length > 0 ? [] : asPartOfCase(item, source)),
    ...byDefault(item, source, settings),
  ]
  return longest([...own, ...set(item, caseLaw, settings)]) ?? unfixed(source)
}

/** What the text does say of retention, so that everybody sees that it does not speak of this. */
const unfixed = (source: Sourced<Retention>): Keeping => {
  const { caseFile, evidenceAV } = source.value
  return nothing(
    '文本没有规定这类音像的保存期，由管理员设定保存期限后方可处置，不得套用其他制度的数值',
    [caseFile, evidenceAV].flatMap((rule) => (rule === null ? [] : cite(source, rule.clause))),
  )
}

const SET = 'recording-retention-months'

/** What the agency has set for recordings: it fills a gap, or makes longer; it never makes shorter. */
function set(item: RecordingToKeep, caseLaw: CaseLaw, settings: Settings): Keeping[] {
  const months = settings[SET] ?? caseLaw.law.settings.get(SET)?.default
  if (typeof months !== 'number') return []
  const clauses = caseLaw.law.settings.get(SET)?.clauses ?? []
  const citations = citationsOf(caseLaw, clauses, civilDateOf(item.madeAt))
  return [until(item.madeAt, { value: months, unit: 'month' }, citations, '形成之日（机关设定）')]
}

/** A recording under every pack that speaks of retention. Never shorter than under any one of them. */
export const keepRecording = (caseLaw: CaseLaw, item: RecordingToKeep, settings: Settings = {}): Keeping => {
  const packs = groupOf(caseLaw, 'retention').map((source) => fromPack(item, source, caseLaw, settings))
  return (
    longest(packs) ??
    longest(set(item, caseLaw, settings)) ??
    item.caseFile ??
    nothing('适用的制度没有规定音像的保存期，由管理员设定保存期限后方可处置')
  )
}
