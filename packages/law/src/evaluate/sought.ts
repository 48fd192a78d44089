import { namesOf, patternsIn, statesOf } from '../schema/fact-pattern.ts'
import type { FactPattern } from '../schema/fact-pattern.ts'
import { placeOf } from './fact-index.ts'
import type { TimedFact } from './world.ts'

/** A pattern made ready for seeking. Patterns that say the same share one. */
export type Sought = Readonly<{
  /** Its place in lists that have one entry for each pattern. */
  slot: number
  kind: TimedFact['kind']
  /** Absent: any name. */
  names: readonly string[] | undefined
  /** Absent: any state. */
  states: readonly string[] | undefined
  tied: FactPattern['tied']
  /** Kind, name and state say it all. */
  isPlain: boolean
  /** Whether a fact is of the kind, as far as that does not depend on the fact in question. */
  fits: (fact: TimedFact) => boolean
  /** The rest; absent where nothing depends on the fact in question. */
  suits: ((fact: TimedFact, subject: TimedFact | undefined) => boolean) | undefined
}>

/** Undefined where any word will do. */
const wordsOf = (words: readonly string[] | undefined): readonly string[] | undefined =>
  words === undefined || words.includes('*') ? undefined : words

const isOneOf = (words: readonly string[] | undefined, word: string | undefined): boolean =>
  words === undefined || (word !== undefined && words.includes(word))

/** Ties by identity: what is looked for hangs together with one thing, so that a correction is found by its own kind. */
const BY_IDENTITY: ReadonlySet<FactPattern['tied']> = new Set(['ref', 'of', 'about', 'peer', 'approval'])

function fitsOf(pattern: FactPattern): Sought['fits'] {
  const { kind, step, as } = pattern
  const byIdentity = BY_IDENTITY.has(pattern.tied)
  const names = wordsOf(namesOf(pattern))
  const states = wordsOf(statesOf(pattern))
  const data = pattern.data === undefined ? undefined : Object.entries(pattern.data)
  return (fact) =>
    fact.kind === kind &&
    isOneOf(states, fact.state) &&
    isOneOf(names, byIdentity ? (fact.ownName ?? fact.name) : fact.name) &&
    (step === undefined || fact.step === step) &&
    (as === undefined || fact.by?.some((p) => p.as === as) === true) &&
    (data === undefined || data.every(([key, value]) => fact.data?.[key] === value))
}

/** Whether facts of this kind, name and state may fit, whatever else they say. */
export const mayFit = ({ kind, names, states }: Sought, fact: TimedFact): boolean =>
  fact.kind === kind && isOneOf(names, fact.name) && isOneOf(states, fact.state)

export const isSought = ({ fits, suits }: Sought, fact: TimedFact, subject?: TimedFact): boolean =>
  fits(fact) && (suits === undefined || suits(fact, subject))

/** Both say something under the key, and the same. */
const isLike = (key: string, fact: TimedFact, subject: TimedFact | undefined): boolean => {
  const value = subject?.data?.[key]
  return fact !== subject && value !== undefined && value !== null && fact.data?.[key] === value
}

/** One of the two was done for one of several whom a paper names: the other is not of another of them, by the name it has now or had then. */
const isOfOneParty = (key: string, fact: TimedFact, subject: TimedFact | undefined): boolean => {
  const [share, other] = fact.party === undefined ? [subject, fact] : [fact, subject]
  if (share?.party === undefined) return true
  const said = other?.party ?? other?.data?.[key]
  return (
    said === share.party ||
    said === share.data?.[key] ||
    share.addressees?.some((name) => name === said) !== true
  )
}

const same = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b

/** The approval that a fact names: of several about one thing, the one on which it rests. */
export const approvalOf = (subject: TimedFact | undefined): string | undefined => {
  const id = subject?.data?.['approvalId']
  return typeof id === 'string' ? id : undefined
}

function isTied(
  tie: NonNullable<FactPattern['tied']>,
  fact: TimedFact,
  subject: TimedFact | undefined,
): boolean {
  if (subject === undefined || fact === subject) return false
  switch (tie) {
    case 'ref':
      return same(fact.ref, subject.ref)
    case 'of':
      return same(fact.ref, subject.about)
    case 'about':
      return same(fact.about, subject.ref)
    case 'peer':
      return same(fact.about, subject.about)
    case 'approval':
      return same(fact.ref, approvalOf(subject)) || same(fact.about, approvalOf(subject))
    case 'step':
      return same(placeOf(fact), placeOf(subject))
    case 'other':
      return fact.ref !== undefined && subject.ref !== undefined && fact.ref !== subject.ref
  }
}

function suitsOf({ tied, same: key, ofParty }: FactPattern): Sought['suits'] {
  if (tied === undefined && key === undefined && ofParty === undefined) return undefined
  return (fact, subject) =>
    (tied === undefined || isTied(tied, fact, subject)) &&
    (key === undefined || isLike(key, fact, subject)) &&
    (ofParty === undefined || isOfOneParty(ofParty, fact, subject))
}

/** What a pattern may look at beside kind, name and state. */
const MORE = ['step', 'as', 'data', 'tied', 'same', 'ofParty'] as const

const known = new WeakMap<FactPattern, Sought>()
const bySaying = new Map<string, Sought>()

/** Patterns are part of the law: they never change, and there are no more of them than rules. */
export function soughtBy(pattern: FactPattern): Sought {
  const found = known.get(pattern)
  if (found !== undefined) return found
  const saying = JSON.stringify(pattern)
  const ready = bySaying.get(saying) ?? {
    slot: bySaying.size,
    kind: pattern.kind,
    names: wordsOf(namesOf(pattern)),
    states: wordsOf(statesOf(pattern)),
    tied: pattern.tied,
    isPlain: MORE.every((key) => pattern[key] === undefined),
    fits: fitsOf(pattern),
    suits: suitsOf(pattern),
  }
  bySaying.set(saying, ready)
  known.set(pattern, ready)
  return ready
}

/** One pattern, or several, as rules write them. */
export const soughtIn = (patterns: unknown): Sought[] =>
  patternsIn(patterns).map((pattern) => soughtBy(pattern))
