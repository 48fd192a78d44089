import { approversOf, documentAt } from '../combine.ts'
import type { Rank } from '../fact.ts'
import { factsNamed } from './look-up.ts'
import type { TimedFact, World } from './world.ts'

/** The ranks that must approve this type, in order. */
export function ranksFor(world: World, type: string): readonly Rank[] {
  const definition = documentAt(world.caseLaw.law, type, world.date)
  return definition === undefined ? [] : approversOf(world.caseLaw, definition).ranks
}

/** Ranks that have approved since the document was last returned. An approval of nobody in particular counts as all. */
export function approvedRanks(facts: readonly TimedFact[], needed: readonly Rank[]): Rank[] {
  const returned = facts.findLastIndex((f) => f.state === 'returned')
  const approvals = facts.slice(returned + 1).filter((f) => f.state === 'approved')
  return approvals.flatMap((fact) => {
    const ranks = (fact.by ?? []).flatMap((p) => (p.rank === undefined ? [] : [p.rank]))
    return ranks.length === 0 ? [...needed] : ranks
  })
}

/**
 * A paper that was voided counts as never made: nobody had relied on it. What is said of it stays in the record, not in
 * the world of the rules.
 */
export function withoutVoided(facts: readonly TimedFact[], ms: number): readonly TimedFact[] {
  const isPaper = (f: TimedFact): boolean => f.kind === 'document' && f.ref !== undefined
  const voided = new Set(
    facts.filter((f) => isPaper(f) && f.state === 'voided' && f.ms <= ms).map((f) => f.ref),
  )
  return voided.size === 0 ? facts : facts.filter((f) => !isPaper(f) || !voided.has(f.ref))
}

const LATER: Record<string, readonly string[]> = {
  submitted: ['submitted', 'approved', 'signed', 'issued', 'served'],
  signed: ['signed', 'issued', 'served'],
  issued: ['issued', 'served'],
  served: ['served'],
}

const reached = (facts: readonly TimedFact[], needed: readonly Rank[], state: string): boolean => {
  if (state !== 'approved') return facts.some((f) => LATER[state]?.includes(f.state ?? ''))
  const given = approvedRanks(facts, needed)
  if (needed.length === 0) return facts.some((f) => ['approved', 'issued', 'served'].includes(f.state ?? ''))
  return needed.every((rank) => given.includes(rank))
}

/** Whether a document of the type has come so far. */
export const documentReached = (world: World, type: string, state: string): boolean =>
  hasReached(factsNamed(world, 'document', type), { type, state }, world)

/** The same among the facts of a step. */
export const reachedAmong = (
  facts: readonly TimedFact[],
  paper: Readonly<{ type: string; state: string; step: string }>,
  world: World,
): boolean =>
  hasReached(
    facts.filter(
      (f) => f.kind === 'document' && f.name === paper.type && (f.step ?? paper.step) === paper.step,
    ),
    paper,
    world,
  )

/** Several papers of a type are told apart by `ref`. */
function hasReached(
  papers: readonly TimedFact[],
  { type, state }: Readonly<{ type: string; state: string }>,
  world: World,
): boolean {
  if (papers.length === 0) return false
  const groups = new Map<string, TimedFact[]>()
  for (const fact of papers) {
    const key = fact.ref ?? ''
    groups.set(key, [...(groups.get(key) ?? []), fact])
  }
  const needed = state === 'approved' ? ranksFor(world, type) : []
  return [...groups.values()].some((facts) => reached(facts, needed, state))
}

/** The first rank that should have spoken before the approval in question and has not. */
export function skippedRank(world: World, subject: TimedFact): Rank | undefined {
  const needed = ranksFor(world, subject.name)
  const facts = factsNamed(world, 'document', subject.name).filter(
    (f) => f.ref === subject.ref && f !== subject,
  )
  const given = approvedRanks(facts, [])
  const speaking = (subject.by ?? []).flatMap((p) => (p.rank === undefined ? [] : [p.rank]))
  const position = Math.min(
    ...speaking.map((rank) => needed.indexOf(rank)).filter((i) => i >= 0),
    needed.length,
  )
  if (speaking.length === 0) return undefined
  return needed.slice(0, position).find((rank) => !given.includes(rank))
}
