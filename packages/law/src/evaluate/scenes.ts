import { citationIn } from '../combine.ts'
import type { SceneRow } from '../combine.ts'
import { PackScene } from '../schema/pack-recording.ts'
import type { StepRule } from '../schema/procedure.ts'
import { holds } from './check-condition.ts'
import { factsNamed } from './look-up.ts'
import type { TimedFact, World } from './world.ts'

/** A scene that is asked for in a step. */
export type AskedScene = Readonly<{
  scene: string
  whole: boolean
  /** The unit itself has said that this step needs recording. */
  marked: boolean
  /** Rows of the unit's own list of what is recorded in this step. */
  listed: readonly TimedFact[]
}>

const REQUIRED = 'recording-required'
const LISTED = 'recording-item-listed'

/** Whether the unit has asked for any recording beside those that the procedure names. */
const asksForMore = (world: World): boolean =>
  factsNamed(world, 'event', REQUIRED).length > 0 || factsNamed(world, 'event', LISTED).length > 0

const textOf = (fact: TimedFact, key: string): string | undefined => {
  const value = fact.data?.[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Scenes that the step names, those that the handling unit marked in it, and those of the unit's own list. */
export function askedScenes(step: StepRule, facts: readonly TimedFact[], world: World): AskedScene[] {
  if (step.scenes.length === 0 && !asksForMore(world)) return []
  const marks = marksIn(facts, world)
  const listed = listFor(step, world)
  const own = step.scenes.filter((s) => s.when === undefined || holds(s.when, world))
  if (own.length === 0 && marks.length === 0 && listed.length === 0) return []
  const codes = new Set([
    ...own.map((s) => s.scene),
    ...marks,
    ...listed.map((f) => textOf(f, 'scene') ?? 'other'),
  ])
  return [...codes].map((scene) => ({
    scene,
    whole: own.some((s) => s.scene === scene && s.whole),
    marked: marks.includes(scene),
    listed: listed.filter((f) => (textOf(f, 'scene') ?? 'other') === scene),
  }))
}

/** Scenes of the step that are not asked yet and that one must know of before they are. */
export const scenesAhead = (step: StepRule, world: World): string[] =>
  step.scenes.flatMap(({ scene, when, ahead }) => {
    if (when === undefined || ahead === undefined) return []
    return holds(ahead, world) && !holds(when, world) ? [scene] : []
  })

/** What the handling unit has said needs recording in this step. */
const marksIn = (facts: readonly TimedFact[], world: World): string[] =>
  factsNamed(world, 'event', REQUIRED).length === 0
    ? []
    : facts.filter((f) => f.kind === 'event' && f.name === REQUIRED).map((f) => textOf(f, 'scene') ?? 'other')

const hasList = (world: World): boolean =>
  world.caseLaw.packs.some(({ pack }) => pack.params.recording.itemList !== null)

/** The unit's list names the step in which the item is recorded. */
const listFor = (step: StepRule, world: World): readonly TimedFact[] =>
  hasList(world) ? factsNamed(world, 'event', LISTED).filter((f) => f.data?.['activity'] === step.id) : []

/** What the unit has put on its list must be recorded, by the clause that asks for the list. */
export const listedRows = ({ scene, listed }: AskedScene, world: World): SceneRow[] =>
  listed.flatMap((fact) =>
    world.caseLaw.packs.flatMap((pack) => {
      const clause = pack.pack.params.recording.itemList?.clause
      const citation = clause === undefined ? undefined : citationIn(pack, clause)
      if (clause === undefined || citation === undefined) return []
      const medium = PackScene.shape.medium.safeParse(fact.data?.['medium'])
      const row = { scene, strength: 'must', clause, ...(medium.success ? { medium: medium.data } : {}) }
      return [{ row: PackScene.parse(row), citation, pack }]
    }),
  )
