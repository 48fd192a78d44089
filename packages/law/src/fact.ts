import { z } from 'zod'

/** An instant: ISO 8601 with an explicit offset or Z. Civil dates are read from it in China time (UTC+8, no DST). */
export const Instant = z.iso.datetime({ offset: true })
export type Instant = z.infer<typeof Instant>

/** Ranks of those who approve, lowest first (decisions.md 2). Legal review is a gate, not a rank. */
export const RANKS = ['handler', 'unit-head', 'deputy-head', 'agency-head', 'collective'] as const
export const Rank = z.enum(RANKS)
export type Rank = z.infer<typeof Rank>

/** A person as the law sees one at the moment of an act. */
export const FactPerson = z.object({
  personId: z.string(),
  name: z.string().optional(),
  /** In what capacity: handler, officer, reviewer, chair, party, witness, clerk, approver … */
  as: z.string().optional(),
  rank: Rank.optional(),
  certNo: z.string().optional(),
  /** Last day on which the enforcement certificate is valid, yyyy-MM-dd. */
  certValidTo: z.iso.date().optional(),
  /** True when the person holds the national legal profession qualification. */
  legalQualified: z.boolean().optional(),
})
export type FactPerson = z.infer<typeof FactPerson>

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/**
 * One thing that happened in a case, as the evaluator reads it. The same shape is a line of a
 * timeline file (`liuhen law evaluate`) and what the case slice makes of its events.
 *
 *   step       name = step id            state = begun | done
 *   document   name = document type      state = submitted | returned | approved | issued | signed | refused | served | service-retracted | voided | corrected
 *   recording  name = scene code         state = made | stored | checked | described
 *   event      name = anything a rule names (act-ended, party-waived, returned-to-unit …), no state
 */
export const Fact = z.object({
  kind: z.enum(['step', 'document', 'recording', 'event']),
  name: z.string(),
  state: z.string().optional(),
  at: Instant,
  /** Interval of an activity or of a recording; `at` is then its end. */
  from: Instant.optional(),
  to: Instant.optional(),
  /** The step in which it happened. */
  step: z.string().optional(),
  /** Identity of the document, recording or material that the fact is about. */
  ref: z.string().optional(),
  /** What the fact refers to: the document that was served, the recording that was described. */
  about: z.string().optional(),
  by: z.array(FactPerson).optional(),
  data: z.record(z.string(), z.union([Scalar, z.array(Scalar)])).optional(),
  /** A paper that is to take the place of the one that it is about (更正件). */
  corrects: z.literal(true).optional(),
})
export type Fact = z.infer<typeof Fact>

/** Marks put on a case that switch rules on: dispute-prone, obstruction, major-complex, hearing-required … */
export type CaseFlag = string
