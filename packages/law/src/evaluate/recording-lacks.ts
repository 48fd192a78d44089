import { citationIn } from '../combine.ts'
import type { SceneRow } from '../combine.ts'
import type { Citation, Reason } from '../evaluation.ts'
import type { PackScene } from '../schema/pack-recording.ts'
import { activityOf, clockOf, coveredBy, gapsIn, interruptionsIn, minutesOf } from './coverage.ts'
import type { TimedFact, World } from './world.ts'

/** What is asked of the recordings of one scene in one step. */
export type Asked = Readonly<{
  name: string
  /** The step's activity is one from arrival to end, as texts with a rule of continuity mean it. */
  whole: boolean
  /** The scene is a moment within an activity: what was recorded of it already may show it, once that is said. */
  part: boolean
  /** Recordings that may count for the scene. */
  recordings: readonly TimedFact[]
  /** How many more there are that cannot be played back. */
  unplayable: number
  /** The other facts of the step. */
  facts: readonly TimedFact[]
  world: World
}>

/** Every reason that is found here and stands in no file of the law. */
export const LACK_CODES = [
  'recording-missing',
  'recording-medium-wrong',
  'recording-incomplete',
  'partial-without-text',
  'recording-unchecked',
] as const

export type Lack = Pick<Reason, 'message' | 'todo' | 'facts'> &
  Readonly<{ code: (typeof LACK_CODES)[number]; row: SceneRow; citations: readonly Citation[] }>

const FITS: Readonly<Record<PackScene['medium'], readonly string[] | undefined>> = {
  any: undefined,
  video: ['video', 'surveillance'],
  audio: ['audio', 'video', 'surveillance'],
  photo: ['photo', 'video', 'surveillance'],
  surveillance: ['surveillance'],
}
const MEDIUM_NAMES = { any: '音像', video: '录像', audio: '录音', photo: '照片', surveillance: '视频监控' }

const fits = (row: PackScene, fact: TimedFact): boolean => {
  const medium = fact.data?.['medium']
  return typeof medium !== 'string' || (FITS[row.medium]?.includes(medium) ?? true)
}

const whatToDo = ({ unplayable, part }: Asked): string => {
  if (unplayable > 0) return '核对原设备中的文件，重新上传能够播放的音像；依法可以不录的，登记理由'
  return part
    ? '本环节的一段音像已经拍到的，登记“音像反映的情形”；没有拍到的，上传或关联音像；依法可以不录的，登记理由'
    : '上传或关联本环节的音像；依法可以不录的，登记理由'
}

/** What one text still misses; another text may be content with the same recordings. */
export function lackOf(row: SceneRow, asked: Asked): Lack | undefined {
  const { name, recordings } = asked
  const own = row.row.medium === 'any' ? recordings : recordings.filter((f) => fits(row.row, f))
  const base = { row, citations: [row.citation] }
  if (recordings.length === 0)
    return {
      ...base,
      code: 'recording-missing',
      message: asked.unplayable > 0 ? `“${name}”缺音像记录：现有的音像无法播放` : `“${name}”缺音像记录`,
      todo: whatToDo(asked),
    }
  if (own.length === 0)
    return {
      ...base,
      code: 'recording-medium-wrong',
      message: `“${name}”须有${MEDIUM_NAMES[row.row.medium]}，现有的音像不是`,
      todo: `补交${MEDIUM_NAMES[row.row.medium]}；没有的，登记理由并作说明`,
    }
  return gapLack(row, own, asked) ?? uncheckedLack(row, own, asked)
}

/** Continuity, interruption and fallback are each pack's own: one text's exception does not loosen another's rule. */
function gapLack(row: SceneRow, own: readonly TimedFact[], asked: Asked): Lack | undefined {
  const { continuity, interruption, partialFallback } = row.pack.pack.params.recording
  const activity = activityOf(asked.facts)
  if (activity === undefined || !(row.row.whole || (asked.whole && continuity !== null))) return undefined
  const explained = interruption === null ? [] : interruptionsIn(asked.facts, activity.toMs)
  const gaps = gapsIn(activity, [...coveredBy(own), ...explained])
  const minutes = minutesOf(gaps)
  if (minutes === 0) return undefined
  const limited = asked.facts.some(
    (f) => f.kind === 'event' && f.name === 'recording-limited' && Boolean(f.data?.['reason']),
  )
  if (limited && partialFallback !== null) return partialLack(row, partialFallback.clause, asked)
  return {
    row,
    citations: [row.citation, ...cited(row, continuity?.clause)],
    code: 'recording-incomplete',
    message: `“${asked.name}”的音像没有覆盖全程，缺${minutes}分钟（${clockOf(gaps)}）`,
    todo: '补传所缺时段的音像；因客观原因中断的，登记中断原因和恢复时的语音说明',
    facts: { uncoveredMinutes: minutes, uncovered: clockOf(gaps) },
  }
}

const cited = (row: SceneRow, id: string | undefined): Citation[] => {
  const citation = id === undefined || id === row.row.clause ? undefined : citationIn(row.pack, id)
  return citation === undefined ? [] : [citation]
}

/** The important parts are recorded and the reason is given; the written record has to be there, too. */
function partialLack(row: SceneRow, clause: string, asked: Asked): Lack | undefined {
  if (asked.facts.some((f) => f.kind === 'document')) return undefined
  return {
    row,
    citations: cited(row, clause),
    code: 'partial-without-text',
    message: `“${asked.name}”只录了重要环节，又没有执法文书记录`,
    todo: '制作笔录等执法文书，写明执法过程和不能全程录制的原因',
  }
}

function uncheckedLack(row: SceneRow, recordings: readonly TimedFact[], { name }: Asked): Lack | undefined {
  const failed = row.row.checks.filter(({ key }) => !recordings.some((f) => f.data?.[key] === true))
  if (failed.length === 0) return undefined
  return {
    row,
    citations: [row.citation],
    code: 'recording-unchecked',
    message: `“${name}”的音像未确认：${failed.map((c) => c.label).join('、')}`,
    todo: '由核验人回放并逐项确认；看不清的，重新送达并录制',
    facts: { unchecked: failed.map((c) => c.label).join('、') },
  }
}
