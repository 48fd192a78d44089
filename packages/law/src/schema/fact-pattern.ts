import { z } from 'zod'

const KINDS = ['step', 'document', 'recording', 'event'] as const

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

const Full = z.strictObject({
  kind: z.enum(KINDS),
  /** A name, several names, or `*` for any. */
  name: z.union([z.string(), z.array(z.string()).min(1)]),
  state: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  /** Only facts that happened in this step. */
  step: z.string().optional(),
  /** Only facts in which somebody takes part in this capacity. */
  as: z.string().optional(),
  /** Only facts with the same value under this key as the fact in question: at the same place, of the same device. */
  same: z.string().optional(),
  /** Of a paper on several (EachParty), not facts that are of another of them than the fact in question; the key under which a fact that is no such share says whose it is. */
  ofParty: z.string().optional(),
  /** Every key must have exactly this value. */
  data: z.record(z.string(), Scalar).optional(),
  /**
   * Only facts tied to the one in question: the same thing (`ref`), what it is about (`of`), what is about it (`about`),
   * what is about the same thing (`peer`), the approval that it names and what is about that (`approval`), in the same step (`step`), or another
   * thing (`other`). Nothing is tied where no fact is in question.
   */
  tied: z.enum(['ref', 'of', 'about', 'peer', 'approval', 'step', 'other']).optional(),
})

const oneOrMany = (words: string): string | string[] => (words.includes('|') ? words.split('|') : words)

/**
 * Which facts a rule speaks about. Written as words — `document penalty-decision issued`, `event act-ended`,
 * `recording * made`, `document inquiry-record|inspection-record signed` — or as a mapping where data matters.
 */
export const FactPattern = z.preprocess((input) => {
  if (typeof input !== 'string') return input
  const [kind, name, state] = input.trim().split(/\s+/)
  return {
    kind,
    name: name === undefined ? name : oneOrMany(name),
    ...(state ? { state: oneOrMany(state) } : {}),
  }
}, Full)
export type FactPattern = z.output<typeof Full>

export const namesOf = (pattern: FactPattern): readonly string[] =>
  typeof pattern.name === 'string' ? [pattern.name] : pattern.name

export const statesOf = (pattern: FactPattern): readonly string[] | undefined =>
  typeof pattern.state === 'string' ? [pattern.state] : pattern.state

export type Node = Readonly<Record<string, unknown>>

/** A mapping inside a rule. Whoever walks rules without knowing their verbs starts here. */
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isPattern = (value: unknown): value is FactPattern =>
  isNode(value) && 'kind' in value && 'name' in value

/** One pattern, or several, or none: as rules write them. */
export const patternsIn = (value: unknown): readonly FactPattern[] => [value].flat().filter(isPattern)
