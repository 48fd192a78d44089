import { instantOfMs } from '../civil-date.ts'
import type { KeptItem } from '../evaluation.ts'
import { keepCaseFile, keepRecording } from '../retention.ts'
import type { Keeping } from '../retention.ts'
import { lastMatching } from './match.ts'
import type { TimedFact, World } from './world.ts'

/** The case file's item, for facts that are about it. */
export const CASE_FILE = 'case-file'

const events = (world: World, name: string, ref: string): TimedFact[] =>
  world.facts.filter((f) => f.kind === 'event' && f.name === name && f.about === ref)

function caseFileKeeping(world: World): Keeping | undefined {
  const archived = lastMatching(world, { kind: 'event', name: 'case-archived' })
  if (archived === undefined) return undefined
  const closed = world.facts.findLast((f) => f.kind === 'step' && f.name === 'closing' && f.state === 'done')
  const dates = { archivedAt: archived.at, closedAt: closed?.at ?? archived.at }
  return keepCaseFile(world.caseLaw, dates, world.settings)
}

/** Marked as evidence, in its own facts or afterwards; the latest word counts. */
function isEvidence(own: readonly TimedFact[], world: World, ref: string): boolean {
  const marks = [...events(world, 'evidence-marked', ref), ...events(world, 'evidence-unmarked', ref)]
  const last = marks.toSorted((a, b) => a.ms - b.ms).at(-1)
  return last === undefined ? own.some((f) => f.data?.['evidence'] === true) : last.name === 'evidence-marked'
}

const useOf = (own: readonly TimedFact[]): 'patrol' | 'ordinary' =>
  own.some((f) => f.data?.['use'] === 'patrol') ? 'patrol' : 'ordinary'

/** Marks of the case, and situations that are told of this very recording, then or later. */
function situationsOf(own: readonly TimedFact[], world: World, ref: string): string[] {
  const told = [...own, ...world.facts.filter((f) => f.kind === 'event' && f.about === ref)]
  const words = told.flatMap((f) => [f.data?.['situation'], ...[f.data?.['situations']].flat()])
  return [...world.flags, ...words.filter((w) => typeof w === 'string')]
}

function recordingKeeping(ref: string, own: readonly TimedFact[], world: World): Keeping {
  const made = own.find((f) => f.state === 'made') ?? own[0]
  const { decision } = world.procedure
  const served =
    decision === undefined
      ? undefined
      : lastMatching(world, { kind: 'document', name: decision, state: 'served' })
  const caseFile = caseFileKeeping(world)
  return keepRecording(world.caseLaw, {
    madeAt: made === undefined ? instantOfMs(world.ms) : (made.to ?? made.at),
    use: isEvidence(own, world, ref) ? 'evidence' : useOf(own),
    situations: situationsOf(own, world, ref),
    ...(decision === undefined ? {} : { decisionServed: served?.at ?? null }),
    ...(caseFile === undefined ? {} : { caseFile }),
  })
}

const recordingRefs = (world: World): string[] => [
  ...new Set(world.facts.flatMap((f) => (f.kind === 'recording' && f.ref !== undefined ? [f.ref] : []))),
]

/** A hold keeps everything, whatever the period says, until it is lifted. */
function held(item: string, kept: Keeping, world: World): Keeping {
  const [placed, lifted] = ['hold-placed', 'hold-lifted'].map((name) =>
    world.facts.findLast((f) => f.kind === 'event' && f.name === name && (f.about ?? item) === item),
  )
  if (placed === undefined || (lifted !== undefined && lifted.ms >= placed.ms)) return kept
  const reason = placed.data?.['reason']
  return {
    rule: 'open',
    citations: kept.citations,
    why: `已采取保全（${String(reason ?? '未写理由')}），解除前不得处置`,
  }
}

export function keepingOf(world: World, item: string | undefined): Keeping | undefined {
  if (item === undefined) return undefined
  if (item === CASE_FILE) {
    const kept = caseFileKeeping(world)
    return kept === undefined ? undefined : held(item, kept, world)
  }
  const own = world.facts.filter((f) => f.kind === 'recording' && f.ref === item)
  return own.length === 0 ? undefined : held(item, recordingKeeping(item, own, world), world)
}

/** Everything in the record that is kept, and until when. */
export const evaluateKeeping = (world: World): KeptItem[] =>
  [...recordingRefs(world), CASE_FILE].flatMap((item) => {
    const kept = keepingOf(world, item)
    return kept === undefined ? [] : [{ item, ...kept }]
  })
