import { approversOf, documentAt } from '../combine.ts'
import type { Rank } from '../fact.ts'
import { lawDay } from './clock.ts'
import { once } from './found.ts'
import { factsNamed, factsWithRef } from './look-up.ts'
import type { TimedFact, World } from './world.ts'

/** The ranks that must approve this type, in order. */
export function ranksFor(world: World, type: string): readonly Rank[] {
  const definition = documentAt(world.caseLaw.law, type, lawDay(world.clock))
  if (definition === undefined) return []
  return once(world.asking.ranks, definition, () => approversOf(world.caseLaw, definition).ranks)
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
    facts.filter((f) => f.state === 'voided' && isPaper(f) && f.ms <= ms).map((f) => f.ref),
  )
  return voided.size === 0 ? facts : facts.filter((f) => !isPaper(f) || !voided.has(f.ref))
}

/** A correction counts as no paper of its kind: it is the earlier one that stands, first as it was, then as corrected. */
const CORRECTION = 'correction'

const lastOf = (by: ReadonlyMap<string, string>, ref: string): string => {
  const seen = new Set<string>()
  let last = ref
  for (let next = by.get(last); next !== undefined && !seen.has(next); next = by.get(last)) {
    seen.add(next)
    last = next
  }
  return last
}

/** A correction's service that begins periods anew: it is a service of the earlier paper, too. */
export const ANEW = 'servedAnew'

type Effects = Readonly<{
  /** By a paper, the one that took its place. */
  by: ReadonlyMap<string, string>
  /** What a correction says, by its id and state. */
  said: ReadonlyMap<string, TimedFact['data']>
  /** Corrections whose service takes the place of the first. */
  anew: ReadonlySet<string>
}>

/** Which corrections have effect by then; `anewWhere` names what an approval says of those that are served anew. */
function effectsOf(facts: readonly TimedFact[], ms: number, anewWhere: string | undefined): Effects {
  const by = new Map<string, string>()
  const said = new Map<string, TimedFact['data']>()
  const approvals = new Map<string, string>()
  const affecting = new Set<string>()
  for (const { kind, name, state, ref, data, corrects, ms: at } of facts) {
    if (ref === undefined) continue
    if (kind === 'event' && name === 'document-corrected') {
      const approval = data?.['approvalId']
      if (at <= ms && typeof approval === 'string') approvals.set(ref, approval)
    }
    if (kind !== 'document') continue
    if (anewWhere !== undefined && data?.[anewWhere] === true) affecting.add(ref)
    if (corrects === true && data !== undefined) said.set(`${ref}/${state}`, data)
    const other = state === 'corrected' && at <= ms ? data?.['by'] : undefined
    if (typeof other === 'string') by.set(ref, other)
  }
  const anew = [...approvals].flatMap(([ref, approval]) => (affecting.has(approval) ? [ref] : []))
  return { by, said, anew: new Set(anew) }
}

/** By a correction that has effect by then, the paper with which its chain began; without those that are served anew. */
export function placesTaken(
  facts: readonly TimedFact[],
  ms: number,
  anewWhere?: string,
): ReadonlyMap<string, string> {
  const { by, anew } = effectsOf(facts, ms, anewWhere)
  return new Map([...by.values()].flatMap((ref) => (anew.has(ref) ? [] : [[ref, firstOf(by, ref)] as const])))
}

/** The paper with which a chain of corrections began. */
const firstOf = (by: ReadonlyMap<string, string>, ref: string): string => {
  const before = new Map([...by].map(([old, now]) => [now, old]))
  return lastOf(before, ref)
}

/**
 * Papers as corrected: once a correction has effect the earlier paper says what the correction says, at the time at which
 * it was made. The correction's own approvals, signatures and service are found by what it is about, never by its kind;
 * only a service that takes the place of the first is one of the earlier paper as well.
 */
export function asCorrected(
  facts: readonly TimedFact[],
  ms: number,
  anewWhere?: string,
): readonly TimedFact[] {
  if (!facts.some((f) => f.corrects === true)) return facts
  const { by, said, anew } = effectsOf(facts, ms, anewWhere)
  return facts.flatMap((f) => {
    if (f.corrects === true) {
      const own = { ...f, name: CORRECTION, ownName: f.name }
      if (f.state !== 'served' || f.ref === undefined || !anew.has(f.ref)) return own
      const again = { ref: firstOf(by, f.ref), about: undefined, corrects: undefined }
      return [own, { ...f, ...again, data: { ...f.data, [ANEW]: true } }]
    }
    if (f.kind !== 'document' || f.ref === undefined || !by.has(f.ref)) return f
    const data = said.get(`${lastOf(by, f.ref)}/${f.state}`)
    return data === undefined || (f.state !== 'submitted' && f.state !== 'issued') ? f : { ...f, data }
  })
}

const LATER: Record<string, readonly string[]> = {
  submitted: ['submitted', 'approved', 'signed', 'issued', 'served'],
  signed: ['signed', 'issued', 'served'],
  issued: ['issued', 'served'],
  served: ['served'],
}

const isApproved = (facts: readonly TimedFact[], needed: readonly Rank[]): boolean => {
  const given = approvedRanks(facts, needed)
  if (needed.length === 0) return facts.some((f) => ['approved', 'issued', 'served'].includes(f.state ?? ''))
  return needed.every((rank) => given.includes(rank))
}

/** Whether a document of the type has come so far. */
export const documentReached = (world: World, type: string, state: string): boolean =>
  hasReached(factsNamed(world, 'document', type), { type, state }, world)

type Occurrence = Readonly<{ step: string; since: number }>

/** What is known of the papers of a type that belong to a step, of a repeatable one since it last began. */
export const papersIn = (world: World, type: string, { step, since }: Occurrence): readonly TimedFact[] =>
  factsNamed(world, 'document', type).filter((f) => (f.step ?? step) === step && f.ms >= since)

/** The rank whose turn it is with a paper that was submitted; nobody's before that or when all have approved. */
export function waitingFor(facts: readonly TimedFact[], needed: readonly Rank[]): Rank | undefined {
  if (!facts.some((f) => f.state === 'submitted')) return undefined
  const given = approvedRanks(facts, needed)
  return needed.find((rank) => !given.includes(rank))
}

/** The same of the papers that belong to a step, of a repeatable one since it last began. */
export const documentReachedIn = (
  world: World,
  paper: Readonly<{ type: string; state: string }>,
  occurrence: Occurrence,
): boolean => hasReached(papersIn(world, paper.type, occurrence), paper, world)

/** Several papers of a type are told apart by `ref`. */
function hasReached(
  papers: readonly TimedFact[],
  { type, state }: Readonly<{ type: string; state: string }>,
  world: World,
): boolean {
  if (papers.length === 0) return false
  if (state !== 'approved') return papers.some((f) => LATER[state]?.includes(f.state ?? ''))
  const groups = new Map<string, TimedFact[]>()
  for (const fact of papers) {
    const key = fact.ref ?? ''
    groups.set(key, [...(groups.get(key) ?? []), fact])
  }
  const needed = ranksFor(world, type)
  return [...groups.values()].some((facts) => isApproved(facts, needed))
}

/** The first rank that should have spoken before the approval in question and has not. */
export function skippedRank(world: World, subject: TimedFact): Rank | undefined {
  const needed = ranksFor(world, subject.name)
  const own =
    subject.ref === undefined ? factsNamed(world, 'document', subject.name) : factsWithRef(world, subject.ref)
  const facts = own.filter((f) => f.kind === 'document' && f.ref === subject.ref && f !== subject)
  const given = approvedRanks(facts, [])
  const speaking = (subject.by ?? []).flatMap((p) => (p.rank === undefined ? [] : [p.rank]))
  const position = Math.min(
    ...speaking.map((rank) => needed.indexOf(rank)).filter((i) => i >= 0),
    needed.length,
  )
  if (speaking.length === 0) return undefined
  return needed.slice(0, position).find((rank) => !given.includes(rank))
}
