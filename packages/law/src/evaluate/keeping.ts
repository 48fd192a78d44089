import { addDays, civilDateAt, instantOfMs } from '../civil-date.ts'
import type { KeptItem } from '../evaluation.ts'
import { RANKS } from '../fact.ts'
import type { Instant } from '../fact.ts'
import { keepCaseFile, keepRecording } from '../retention.ts'
import type { Keeping } from '../retention.ts'
import type { FactPattern } from '../schema/fact-pattern.ts'
import { again, momentOf } from './clock.ts'
import { once } from './found.ts'
import type { KeepingOfCase, Use } from './found.ts'
import { factsAbout, factsNamed, factsOfKind, factsWithRef } from './look-up.ts'
import { allMatching, lastMatching } from './match.ts'
import { isTakenUpSince } from './occurrence.ts'
import type { TimedFact, World } from './world.ts'

/*
 * Names of facts that stand in this folder are of the record itself, made by the product and not by a text: case-archived,
 * closing (when the file was closed), recording-shows, recording-limited, -interrupted, -resumed, -exempted, -started,
 * -required, -item-listed, -prohibition-noted, hold-placed, hold-lifted, duty-excused, evidence-marked, -unmarked,
 * situation-marked, -withdrawn. Whatever a text adds to them is asked of what the procedure declares of its events.
 */
const ARCHIVED: FactPattern = { kind: 'event', name: 'case-archived' }

const papers = new Map<string, FactPattern>()

const servedPapers = (types: string): FactPattern =>
  once(papers, types, () => ({ kind: 'document', name: types.split('|'), state: 'served' }))

/** The case file's item, for facts that are about it. */
export const CASE_FILE = 'case-file'

function caseFileKeeping(world: World): Keeping | undefined {
  const archived = lastMatching(world, ARCHIVED)
  if (archived === undefined || isTakenUpSince(world, archived)) return undefined
  const closed = factsNamed(world, 'step', 'closing').findLast((f) => f.state === 'done')
  const dates = { archivedAt: archived.at, closedAt: closed?.at ?? archived.at }
  return notBelow(archived.data?.['keptUntil'], keepCaseFile(world.caseLaw, dates, world.settings))
}

/** What was told when the file was archived holds at least: a longer national period was weighed then. */
function notBelow(told: unknown, kept: Keeping): Keeping {
  if (typeof told !== 'string' || kept.rule !== 'until' || told <= (kept.keptThrough ?? '')) return kept
  return {
    ...kept,
    keptThrough: told,
    disposableFrom: addDays(told, 1),
    why: `${kept.why}；归档时定为保存至${told}，以此为准`,
  }
}

/** Whether somebody of the rank takes part that the procedure asks for, so that the fact counts. */
const isOfRank =
  ({ asking }: World) =>
  ({ name, by }: TimedFact): boolean => {
    const rank = asking.ranked.get(name)
    if (rank === undefined) return true
    return by?.some((p) => p.rank !== undefined && RANKS.indexOf(p.rank) >= RANKS.indexOf(rank)) === true
  }

/** A recording with its own facts, and the events that are about it, as far as they are known. */
type Recorded = Readonly<{ ref: string; own: readonly TimedFact[]; told: readonly TimedFact[] }>

const events = (facts: readonly TimedFact[]): readonly TimedFact[] =>
  facts.length === 0 ? facts : facts.filter((f) => f.kind === 'event')

const recorded = (world: World, ref: string, own: readonly TimedFact[]): Recorded => ({
  ref,
  own,
  told: events(factsAbout(world, ref)),
})

const toldAs = (told: readonly TimedFact[], name: string): readonly TimedFact[] =>
  told.length === 0 ? told : told.filter((f) => f.name === name)

/** Marked as evidence, in its own facts or afterwards. */
function isEvidence({ own, told }: Recorded, world: World): boolean {
  const isMarked = own.some((f) => f.data?.['evidence'] === true)
  if (told.length === 0) return isMarked
  const last = [...toldAs(told, 'evidence-marked'), ...toldAs(told, 'evidence-unmarked')]
    .filter(isOfRank(world))
    .toSorted((a, b) => a.ms - b.ms)
    .at(-1)
  return last === undefined ? isMarked : last.name === 'evidence-marked'
}

const useOf = (of: Recorded, world: World): 'evidence' | 'ordinary' =>
  isEvidence(of, world) ? 'evidence' : 'ordinary'

const ofWholeOr = (world: World, name: string, ref: string): readonly TimedFact[] => {
  const told = factsNamed(world, 'event', name)
  return told.length === 0 ? told : told.filter((f) => (f.about ?? ref) === ref)
}

/** The words that these facts say under these keys. */
function wordsUnder(facts: readonly TimedFact[], ...keys: readonly string[]): string[] {
  const words: string[] = []
  for (const { data } of facts)
    for (const key of keys) {
      const value = data?.[key]
      if (typeof value === 'string') words.push(value)
      else if (Array.isArray(value)) words.push(...value.filter((w) => typeof w === 'string'))
    }
  return words
}

const situationsIn = (facts: readonly TimedFact[]): readonly string[] =>
  facts.some((f) => f.data !== undefined) ? wordsUnder(facts, 'situation', 'situations') : []

/** Situations that are told of this recording or of the whole case, then or later, beside the marks of the case. */
function situationsOf(of: Recorded, world: World): string[] {
  const marked = ofWholeOr(world, 'situation-marked', of.ref)
  const brought = world.asking.situations
    .filter(({ name }) => ofWholeOr(world, name, of.ref).length > 0)
    .map(({ situation }) => situation)
  const told = [...situationsIn(of.own), ...situationsIn(marked)]
  if (told.length === 0) return brought
  const withdrawn = wordsUnder(toldAs(of.told, 'situation-withdrawn').filter(isOfRank(world)), 'withdrawn')
  return [...brought, ...told.filter((w) => !withdrawn.includes(w))]
}

/** What it shows: its own scene, and what was said of it. */
const scenesOf = ({ own, told }: Recorded): string[] => {
  const scenes: string[] = []
  const see = (scene: string): void => {
    if (!scenes.includes(scene)) scenes.push(scene)
  }
  for (const { name } of own) see(name)
  for (const scene of wordsUnder(toldAs(told, 'recording-shows'), 'scene')) see(scene)
  return scenes
}

/** The last effective service of the decision; null while it, or the one in its place, is still to be served. */
function decisionServed(world: World): Instant | null | undefined {
  const { decision } = world.procedure
  const { notServed, undone } = world.asking
  if (decision === undefined) return undefined
  const served = allMatching(world, servedPapers(decision)).findLast(
    (f) =>
      f.data?.['effective'] !== false &&
      !events(factsAbout(world, f.ref ?? f.name)).some((e) => notServed.has(e.name) && e.ms >= f.ms),
  )
  if (served === undefined) return null
  const isUndone = undone.some((name) => factsNamed(world, 'event', name).some((e) => e.ms > served.ms))
  return isUndone ? null : served.at
}

/** The stages in whose steps it was made. */
const stagesOf = (own: readonly TimedFact[], { asking }: World): string[] => [
  ...new Set(own.flatMap((f) => (f.step === undefined ? [] : (asking.steps.get(f.step)?.stage ?? [])))),
]

function ofCase(world: World): KeepingOfCase {
  const { found, clock } = world
  found.keeping = again(found.keeping, clock, () => ({
    served: decisionServed(world),
    caseFile: caseFileKeeping(world),
    alike: new Map(),
  }))
  return found.keeping.value
}

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, at) => word === b[at])

const isAlike = (a: Use, b: Use): boolean =>
  a.use === b.use &&
  sameWords(a.stages, b.stages) &&
  sameWords(a.told, b.told) &&
  sameWords(a.scenes, b.scenes)

/** Recordings of one day that are used alike and show the like are kept alike: the rules look at nothing else. */
function recordingKeeping(ref: string, own: readonly TimedFact[], world: World): Keeping {
  const of = recorded(world, ref, own)
  const made = own.find((f) => f.state === 'made') ?? own[0]
  const madeAt = made === undefined ? instantOfMs(momentOf(world.clock)) : (made.to ?? made.at)
  const use: Use = {
    use: useOf(of, world),
    stages: stagesOf(own, world),
    told: situationsOf(of, world),
    scenes: scenesOf(of),
  }
  const { served, caseFile, alike } = ofCase(world)
  const ofThatDay = once(alike, made === undefined ? '' : civilDateAt(made.toMs), () => [])
  const before = ofThatDay.find((one) => isAlike(one.use, use))
  if (before !== undefined) return before.keeping
  const item = {
    madeAt,
    use: use.use,
    situations: [...world.flags, ...use.told],
    scenes: use.scenes,
    stages: use.stages,
    ...(served === undefined ? {} : { decisionServed: served }),
    ...(caseFile === undefined ? {} : { caseFile }),
  }
  const keeping = keepRecording(world.caseLaw, item, world.settings)
  ofThatDay.push({ use, keeping })
  return keeping
}

const recordingRefs = (world: World): ReadonlySet<string> => {
  const refs = new Set<string>()
  for (const { ref } of factsOfKind(world, 'recording')) if (ref !== undefined) refs.add(ref)
  return refs
}

/** Holds that stand: each is lifted by name, or, if it has none, by what it is about. */
const standing = (item: string, world: World): readonly TimedFact[] =>
  factsNamed(world, 'event', 'hold-placed').filter(
    (hold) =>
      (hold.about ?? item) === item &&
      !factsNamed(world, 'event', 'hold-lifted').some(
        (lift) =>
          lift.ms >= hold.ms &&
          (hold.ref === undefined ? (lift.about ?? item) === item : lift.about === hold.ref),
      ),
  )

/** A hold keeps everything, whatever the period says, until it is lifted. */
function held(item: string, kept: Keeping, world: World): Keeping {
  const holds = standing(item, world)
  if (holds.length === 0) return kept
  const reasons = holds.map((h) => String(h.data?.['reason'] ?? '未写理由')).join('、')
  return {
    rule: 'open',
    citations: kept.citations,
    why: `已采取保全（${reasons}），解除前不得处置；解除后：${kept.why}`,
  }
}

/** A file that is not yet archived is kept: its period has not begun. */
const UNARCHIVED: Keeping = { rule: 'open', why: '案卷尚未归档，保存期尚未起算，不得处置', citations: [] }

export function keepingOf(world: World, item: string | undefined): Keeping | undefined {
  if (item === undefined) return undefined
  if (item === CASE_FILE) return held(item, caseFileKeeping(world) ?? UNARCHIVED, world)
  const own = factsWithRef(world, item).filter((f) => f.kind === 'recording')
  return own.length === 0 ? undefined : held(item, recordingKeeping(item, own, world), world)
}

const findKept = (world: World): KeptItem[] =>
  [...recordingRefs(world), ...(caseFileKeeping(world) === undefined ? [] : [CASE_FILE])].flatMap((item) => {
    const kept = keepingOf(world, item)
    return kept === undefined ? [] : [{ item, ...kept }]
  })

/** Everything in the record that is kept, and until when. */
export function evaluateKeeping(world: World): readonly KeptItem[] {
  const { found, clock } = world
  found.kept = again(found.kept, clock, () => findKept(world))
  return found.kept.value
}
