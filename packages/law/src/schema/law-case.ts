import { z } from 'zod'
import { FactInput, InstantInput } from './fact-input.ts'
import { ClauseId } from './limit.ts'

const text = z.string().min(1)
const codes = z.array(text)
const cites = z.array(ClauseId)

/** A fact put to the law: `try` leaves the record as it is, `do` must not be refused and is added. */
const put = {
  /** When it is told; absent: when it happens. */
  now: InstantInput.optional(),
  /** Codes of the refusals, exactly. Absent: none. */
  refused: codes.default([]),
  /** The example is about some of the refusals; what else the fact lacks is not its matter. */
  others: z.boolean().default(false),
  /** Codes of warnings that must be among those given. */
  warned: codes.default([]),
  /** Codes that must not be given, neither as refusal nor as warning. */
  silent: codes.default([]),
  /** Clauses that the expected refusals and warnings must cite. */
  cites: cites.default([]),
  /** Words that must stand in one of their messages. */
  says: z.union([text, z.array(text)]).optional(),
}

const duty = z.strictObject({
  state: z.enum(['open', 'met', 'met-late', 'overdue', 'excused']).optional(),
  /** The last day, or the instant where the limit is in hours. Null: the law gives no number. */
  due: text.nullable().optional(),
  target: text.optional(),
  effect: z.enum(['refuse', 'warn']).optional(),
  cites: cites.default([]),
  /** Words in the explanation of the dates. */
  says: text.optional(),
})

const kept = z.strictObject({
  rule: z.enum(['until', 'permanent', 'long-term', 'open']),
  through: z.iso.date().optional(),
  cites: cites.default([]),
})

const step = z.strictObject({
  status: z.enum(['done', 'begun', 'possible', 'blocked', 'not-needed']).optional(),
  /** Codes of what is still missing, exactly. */
  missing: codes.optional(),
  /** Codes of what keeps it from beginning, exactly. */
  blocked: codes.optional(),
  /** Documents that it demands, whether made or not. */
  documents: codes.optional(),
  /** Strength of each recording scene that the texts of the case speak of. */
  recordings: z.record(text, z.enum(['must', 'as-needed', 'may', 'must-not'])).optional(),
  optional: z.boolean().optional(),
  cites: cites.default([]),
})

const finding = z.union([
  z.literal('present'),
  z.strictObject({ cites: cites.default([]), says: text.optional() }),
])

const Put = z.union([z.strictObject({ try: FactInput, ...put }), z.strictObject({ do: FactInput, ...put })])

const Ask = z.strictObject({
  /** The moment at which the record is looked at. */
  ask: InstantInput,
  duties: z.record(text, duty).default({}),
  /** Duties that must not exist. */
  noDuties: codes.default([]),
  findings: z.record(text, finding).default({}),
  noFindings: codes.default([]),
  steps: z.record(text, step).default({}),
  keeping: z.record(text, kept).default({}),
})

/** An example of what a clause asks for: what is given, what is tried, and what the law must say of it. */
export const LawCase = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: text,
  /** The clauses that the example carries out: each must stand in the `cites` of something that it expects. */
  clauses: cites.default([]),
  /** The clauses that do not reach this case: nothing that comes may cite them. It carries none of them out. */
  unreached: cites.default([]),
  /** Absent: the pack in whose folder the file lies. */
  pack: text.optional(),
  overlays: codes.default([]),
  /** Off reads the pack by itself (decisions.md 3). */
  national: z.enum(['on', 'off']).default('off'),
  procedure: text,
  /** Absent: the time of the first fact. */
  startedAt: InstantInput.optional(),
  flags: codes.default([]),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  given: z.array(FactInput).default([]),
  expect: z.array(z.union([Put, Ask])).min(1),
})
export type LawCase = z.output<typeof LawCase>
export type CaseStep = LawCase['expect'][number]

export const LawCaseFile = z.strictObject({ cases: z.array(LawCase).min(1) })
