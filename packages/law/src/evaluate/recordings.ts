import { citeClause } from '../citation.ts'
import { sceneRows } from '../combine.ts'
import type { SceneRow } from '../combine.ts'
import type { Citation, Reason } from '../evaluation.ts'
import { STRENGTHS } from '../schema/pack-recording.ts'
import type { Strength } from '../schema/pack-recording.ts'
import type { StepRule, StepScene } from '../schema/procedure.ts'
import { checkCondition, settingOf } from './check-condition.ts'
import { activityOf, gapsIn, interruptionsIn, minutesOf } from './coverage.ts'
import type { TimedFact, World } from './world.ts'

export type RecordingDemand = Readonly<{
  scene: string
  strength: Strength
  citations: readonly Citation[]
  done: boolean
  reason?: Reason
}>

/** What the texts of the case say about recording in a step, and how far it is done. */
export function recordingDemands(
  step: StepRule,
  facts: readonly TimedFact[],
  world: World,
): RecordingDemand[] {
  return step.scenes.flatMap((rule) => {
    if (rule.when !== undefined && !checkCondition(rule.when, world).holds) return []
    const rows = sceneRows(world.caseLaw, rule.scene)
    if (rows.length === 0) return []
    const forbidden = prohibitionIn(world)
    if (forbidden !== undefined) return [prohibitedDemand(rule.scene, forbidden, facts, world)]
    return [demand(step, rule, rows, facts, world)]
  })
}

/** must-not beats must (A14): a prohibition whose situation is flagged and not lifted. */
function prohibitionIn(world: World): Citation | undefined {
  for (const { pack, clauses } of world.caseLaw.packs)
    for (const rule of pack.params.recording.prohibitions) {
      const lifted = rule.unless !== null && world.flags.has(rule.unless)
      const clause = clauses.get(rule.clause)
      if (world.flags.has(rule.flag) && !lifted && clause !== undefined)
        return citeClause(clause, pack.title, pack.layer)
    }
  return undefined
}

const isRecordingOf = (scene: string, fact: TimedFact, stepId: string): boolean =>
  fact.kind === 'recording' && (fact.step === stepId || (fact.step === undefined && fact.name === scene))

function prohibitedDemand(
  scene: string,
  citation: Citation,
  facts: readonly TimedFact[],
  world: World,
): RecordingDemand {
  const made = facts.some((f) => f.kind === 'recording')
  const base = { scene, strength: 'must-not' as const, citations: [citation], done: !made }
  if (!made) return base
  const name = world.caseLaw.law.scenes.get(scene) ?? scene
  const reason: Reason = {
    code: 'recording-prohibited',
    effect: 'refuse',
    message: `“${name}”属禁止音像记录的情形，却有音像`,
    todo: '停止音像记录，改以文字记录并写明理由；已形成的音像按规定单独处理',
    citations: [citation],
  }
  return { ...base, reason }
}

function demand(
  step: StepRule,
  rule: StepScene,
  rows: readonly SceneRow[],
  facts: readonly TimedFact[],
  world: World,
): RecordingDemand {
  const strength = STRENGTHS.find((s) => rows.some(({ row }) => row.strength === s)) ?? 'may'
  const binding = rows.filter(({ row }) => row.strength === strength)
  const citations = binding.map((r) => r.citation)
  const recordings = world.facts.filter(
    (f) => isRecordingOf(rule.scene, f, step.id) && fitsMedium(binding, f),
  )
  const lack = exempted(step, rule, strength, facts, world)
    ? undefined
    : lackOf(rule, binding, recordings, facts, world)
  const base = { scene: rule.scene, strength, citations, done: lack === undefined }
  if (lack === undefined || strength === 'may' || strength === 'must-not') return base
  return { ...base, reason: { ...lack, effect: effectOf(strength, binding, world), citations } }
}

const fitsMedium = (rows: readonly SceneRow[], fact: TimedFact): boolean => {
  const medium = fact.data?.['medium']
  return medium === undefined || rows.every(({ row }) => row.medium !== 'video' || medium === 'video')
}

function effectOf(strength: Strength, rows: readonly SceneRow[], world: World): 'refuse' | 'warn' {
  if (strength !== 'must') return 'warn'
  const effects = rows.map(({ row }) =>
    row.effectSetting === undefined ? row.effect : settingOf(world, row.effectSetting),
  )
  return effects.includes('refuse') ? 'refuse' : 'warn'
}

/** A registered reason for not recording: one that a pack knows, or any reason where recording is not a must. */
function exempted(
  step: StepRule,
  rule: StepScene,
  strength: Strength,
  facts: readonly TimedFact[],
  world: World,
): boolean {
  const reasons = facts
    .filter((f) => f.kind === 'event' && f.name === 'recording-exempted' && f.step === step.id)
    .filter((f) => (f.data?.['scene'] ?? rule.scene) === rule.scene)
    .map((f) => f.data?.['reason'])
  if (strength !== 'must') return reasons.some((reason) => Boolean(reason))
  return world.caseLaw.packs.some(({ pack }) =>
    pack.params.recording.exemptions.some((e) => e.reachesMust && reasons.includes(e.code)),
  )
}

type Lack = Pick<Reason, 'code' | 'message' | 'todo' | 'facts'>

function lackOf(
  rule: StepScene,
  rows: readonly SceneRow[],
  recordings: readonly TimedFact[],
  facts: readonly TimedFact[],
  world: World,
): Lack | undefined {
  const name = world.caseLaw.law.scenes.get(rule.scene) ?? rule.scene
  if (recordings.length === 0)
    return {
      code: 'recording-missing',
      message: `“${name}”缺音像记录`,
      todo: '上传或关联本环节的音像；依法可以不录的，登记理由',
    }
  const whole = rule.whole || rows.some(({ row }) => row.whole)
  const gap = whole ? uncovered(recordings, facts, world) : 0
  if (gap > 0)
    return {
      code: 'recording-incomplete',
      message: `“${name}”的音像没有覆盖全程，缺${gap}分钟`,
      todo: '补传所缺时段的音像；因客观原因中断的，登记中断原因和恢复时的语音说明',
      facts: { uncoveredMinutes: gap },
    }
  return uncheckedLack(name, rows, recordings)
}

/** Minutes of the activity that neither a recording nor a registered interruption accounts for. */
function uncovered(recordings: readonly TimedFact[], facts: readonly TimedFact[], world: World): number {
  const activity = activityOf(facts)
  const limited = facts.some(
    (f) => f.kind === 'event' && f.name === 'recording-limited' && f.data?.['reason'],
  )
  const fallback = world.caseLaw.packs.some(({ pack }) => pack.params.recording.partialFallback !== null)
  if (activity === undefined || (limited && fallback)) return 0
  const explained = interruptionsIn(facts, activity.toMs)
  return minutesOf(
    gapsIn(activity, [...recordings.filter((r) => r.from !== undefined && r.to !== undefined), ...explained]),
  )
}

function uncheckedLack(
  name: string,
  rows: readonly SceneRow[],
  recordings: readonly TimedFact[],
): Lack | undefined {
  const checks = rows.flatMap(({ row }) => row.checks)
  const failed = checks.filter(({ key }) => !recordings.some((f) => f.data?.[key] === true))
  if (failed.length === 0) return undefined
  return {
    code: 'recording-unchecked',
    message: `“${name}”的音像未确认：${failed.map((c) => c.label).join('、')}`,
    todo: '由核验人回放并逐项确认；看不清的，重新送达并录制',
    facts: { unchecked: failed.map((c) => c.label).join('、') },
  }
}
