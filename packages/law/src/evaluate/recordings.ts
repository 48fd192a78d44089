import { citationIn, sceneRows } from '../combine.ts'
import type { SceneRow } from '../combine.ts'
import type { Citation, Reason } from '../evaluation.ts'
import { STRENGTHS } from '../schema/pack-recording.ts'
import type { Strength } from '../schema/pack-recording.ts'
import type { StepRule } from '../schema/procedure.ts'
import type { Belonging } from './fact-index.ts'
import { once } from './found.ts'
import { factsNamed } from './look-up.ts'
import { settingOf } from './settings.ts'
import { forbidden, prohibitionOn, unexplained } from './prohibitions.ts'
import { lackOf } from './recording-lacks.ts'
import type { Lack } from './recording-lacks.ts'
import { askedScenes, listedRows, scenesAhead } from './scenes.ts'
import type { AskedScene } from './scenes.ts'
import type { TimedFact, World } from './world.ts'

export type RecordingDemand = Readonly<{
  scene: string
  strength: Strength
  citations: readonly Citation[]
  done: boolean
  reasons: readonly Reason[]
  /** Clauses that ask for a written record beside the recording. */
  dual: readonly Citation[]
}>

/** What the texts of the case say about recording in a step, and how far it is done. */
export function recordingDemands(step: StepRule, of: Belonging, world: World): RecordingDemand[] {
  const scenes = askedScenes(step, of.facts, world)
  if (scenes.length === 0) return []
  const forbiddenHere = prohibitionOn(of.facts, () => of.recordings, world)
  const demands: RecordingDemand[] = []
  for (const one of scenes) {
    const named = sceneRows(world.caseLaw, one.scene)
    const rows = one.listed.length === 0 ? named : [...named, ...listedRows(one, world)]
    if (rows.length === 0) continue
    if (forbiddenHere !== undefined) {
      demands.push(prohibitedDemand(one, rows, forbiddenHere, of, world))
      continue
    }
    const bound =
      rows === named && !one.marked
        ? once(world.asking.bound, one.scene, () => boundBy(rows, false))
        : boundBy(rows, one.marked)
    demands.push(demand(one, bound, of, world))
  }
  return demands
}

export type SceneAhead = Pick<RecordingDemand, 'scene' | 'strength' | 'citations'>

/** What the texts say about scenes that may still come, so that somebody who acts has the recorder with them. */
export const recordingsAhead = (step: StepRule, world: World): SceneAhead[] =>
  scenesAhead(step, world).flatMap((scene) => {
    const rows = sceneRows(world.caseLaw, scene)
    const strength = STRENGTHS.find((s) => rows.some(({ row }) => row.strength === s))
    if (strength === undefined) return []
    const binding = rows.filter(({ row }) => row.strength === strength)
    return [{ scene, strength, citations: binding.map((r) => r.citation) }]
  })

/** What was checked and cannot be played back shows nothing; it is kept, and counts for no demand. */
const isPlayable = (fact: TimedFact): boolean => fact.data?.['playable'] !== false
const nameOf = (scene: string, world: World): string => world.caseLaw.law.scenes.get(scene) ?? scene

const EXEMPTED = 'recording-exempted'

const isExemption = (fact: TimedFact, scene: string): boolean =>
  fact.kind === 'event' &&
  fact.name === EXEMPTED &&
  (fact.data?.['scene'] ?? scene) === scene &&
  Boolean(fact.data?.['reason'])

function prohibitedDemand(
  { scene }: AskedScene,
  rows: readonly SceneRow[],
  found: NonNullable<ReturnType<typeof prohibitionOn>>,
  { facts, recordings }: Belonging,
  world: World,
): RecordingDemand {
  const made = recordings.length > 0
  const must = rows.some(({ row }) => row.strength === 'must')
  const said = found.noted || facts.some((f) => isExemption(f, scene))
  const name = nameOf(scene, world)
  return {
    scene,
    strength: 'must-not',
    citations: [found.citation],
    done: !made,
    dual: [],
    reasons: made ? [forbidden(found, `“${name}”`)] : must && !said ? [unexplained(found, name)] : [],
  }
}

/** The rows that bind, and what they ask for. */
export type Bound = Readonly<{
  strength: Strength
  rows: readonly SceneRow[]
  citations: Citation[]
  dual: Citation[]
}>

/** What the unit has found to need recording needs it: as-needed and may become must. */
function boundBy(rows: readonly SceneRow[], marked: boolean): Bound {
  const strength = marked
    ? 'must'
    : (STRENGTHS.find((s) => rows.some(({ row }) => row.strength === s)) ?? 'may')
  const binding = marked ? rows : rows.filter(({ row }) => row.strength === strength)
  return {
    strength,
    rows: binding,
    citations: binding.map((r) => r.citation),
    dual: strength === 'must' ? dualOf(binding) : [],
  }
}

function demand(
  one: AskedScene,
  { strength, rows, citations, dual }: Bound,
  { facts, recordings }: Belonging,
  world: World,
): RecordingDemand {
  const base = { scene: one.scene, strength, citations }
  if (exempted(one.scene, strength, facts, world)) return { ...base, done: true, reasons: [], dual: [] }
  const made = recordingsOf(one.scene, recordings, world)
  const playable = made.every(isPlayable) ? made : made.filter(isPlayable)
  const asked = {
    name: nameOf(one.scene, world),
    whole: one.whole,
    part: world.caseLaw.law.partScenes.has(one.scene),
    recordings: playable,
    unplayable: made.length - playable.length,
    facts,
    world,
  }
  const lacks: Lack[] = []
  for (const row of rows) {
    const lack = lackOf(row, asked)
    if (lack !== undefined) lacks.push(lack)
  }
  return {
    ...base,
    done: lacks.length === 0,
    reasons: strength === 'may' ? [] : together(lacks, strength, one.marked, world),
    dual,
  }
}

const dualOf = (rows: readonly SceneRow[]): Citation[] =>
  rows.flatMap(({ row, citation, pack }) => {
    if (!row.dual) return []
    const { dual } = pack.pack.params.recording
    return [(dual === null ? undefined : citationIn(pack, dual.clause)) ?? citation]
  })

/**
 * Recordings of the step. One that belongs to no step counts for the scene that it names; one that shows a moment has to
 * say so, or a later note says it.
 */
function recordingsOf(scene: string, own: readonly TimedFact[], world: World): readonly TimedFact[] {
  const loose = factsNamed(world, 'recording', scene).filter((f) => f.step === undefined)
  if (!world.caseLaw.law.partScenes.has(scene)) return loose.length === 0 ? own : [...own, ...loose]
  const notes = factsNamed(world, 'event', 'recording-shows').filter((f) => f.data?.['scene'] === scene)
  const shown = new Set(notes.map((f) => f.about))
  const named = (f: TimedFact): boolean => {
    const scenes = f.data?.['scenes']
    return f.name === scene || (Array.isArray(scenes) && scenes.includes(scene))
  }
  return [...own.filter((f) => named(f) || shown.has(f.ref)), ...loose]
}

/** Lacks of several texts in one reason each, with the strictest effect among them. */
function together(lacks: readonly Lack[], strength: Strength, marked: boolean, world: World): Reason[] {
  const codes = [...new Set(lacks.map((l) => l.code))]
  return codes.flatMap((code) => {
    const same = lacks.filter((l) => l.code === code)
    const first = same[0]
    if (first === undefined) return []
    const { row: _row, ...said } = first
    const effects = same.map((l) => effectOf(l.row, strength, marked, world))
    return [
      {
        ...said,
        effect: effects.includes('refuse') ? ('refuse' as const) : ('warn' as const),
        citations: same.flatMap((l) => l.citations),
      },
    ]
  })
}

function effectOf({ row }: SceneRow, strength: Strength, marked: boolean, world: World): string | null {
  if (strength !== 'must') return 'warn'
  if (marked && row.strength !== 'must') return 'refuse'
  const set = row.effectSetting === undefined ? row.effect : settingOf(world, row.effectSetting)
  return typeof set === 'string' ? set : null
}

/** A registered reason for not recording: one that a pack knows, or any reason where recording is not a must. */
function exempted(scene: string, strength: Strength, facts: readonly TimedFact[], world: World): boolean {
  if (factsNamed(world, 'event', EXEMPTED).length === 0) return false
  const reasons = facts.filter((f) => isExemption(f, scene)).map((f) => f.data?.['reason'])
  if (strength !== 'must') return reasons.length > 0
  return world.caseLaw.packs.some(({ pack }) =>
    pack.params.recording.exemptions.some((e) => e.reachesMust && reasons.includes(e.code)),
  )
}
