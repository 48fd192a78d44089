import { z } from 'zod'
import { Rank } from '../fact.ts'
import { FactPattern } from './fact-pattern.ts'
import { ClauseId, Limit, Unit } from './limit.ts'
import { Value } from './value.ts'

const Scalar = z.union([z.string(), z.number(), z.boolean()])
type Scalar = z.infer<typeof Scalar>

/** What a value found in a fact must be. Exactly one of them. */
type Expectation = {
  equals?: Scalar
  includes?: Scalar
  oneOf?: Scalar[]
  present?: boolean
  atLeast?: number
}

/** A period that a rule names: given here, held by a national provision (by the date of the act), or set in a fact. */
export const RuleLimit = z.union([
  Limit,
  z.strictObject({ provision: z.string(), value: z.string().default('limit') }),
  /** A number that a document of the case sets, e.g. the days for a statement. */
  z.strictObject({ data: z.string(), of: FactPattern, unit: Unit, roll: z.boolean().optional() }),
  /** The shortest that the packs of the case fix under this parameter. */
  z.strictObject({ param: z.string() }),
  /** A number that the agency has set where the text gives none. */
  z.strictObject({ setting: z.string(), unit: Unit }),
  /** A fixed day, MM-DD, so many years after that of the fact it runs from. It never rolls. */
  z.strictObject({ fixed: z.string().regex(/^\d\d-\d\d$/), years: z.int().min(0).default(0) }),
])
export type RuleLimit = z.output<typeof RuleLimit>

/** An element that a text names, with the clause that names it. */
export const Item = z.strictObject({ code: z.string().min(1), label: z.string().min(1), clause: ClauseId })
export type Item = z.output<typeof Item>

/** Elements listed here, or by a parameter of each pack of the case (a list of named things, or of words under one clause). */
type Items = { items?: Item[]; param?: string }

/** What the rules of retention may come to. */
export const KEPT_RULES = ['until', 'long-term', 'permanent', 'open'] as const

/**
 * The language in which rules speak. In YAML a condition is a mapping with one key that is its verb:
 * `{ step: filing }`, `{ not: { flag: minor } }`, `{ officers: { min: 2 } }`. "The fact in question" is the one that the
 * rule judges: the step that begins, the document that is issued.
 */
export type Condition =
  | { op: 'all'; all: Condition[] }
  | { op: 'any'; any: Condition[] }
  | { op: 'not'; not: Condition }
  /** Such a fact is on record. */
  | { op: 'fact'; fact: FactPattern }
  /** Such a fact is on record, and none of the others has come after the latest of them; the fact in question counts for none of those. */
  | { op: 'stands'; stands: FactPattern; unless: FactPattern }
  /** The step is done. */
  | { op: 'step'; step: string }
  /** The step is done, or the case does not need it. */
  | { op: 'settled'; settled: string }
  | { op: 'flag'; flag: string }
  /** The agency's setting (of what no text fixes) has this value; its default holds where the agency set none. */
  | { op: 'setting'; setting: string; equals: string | number | boolean }
  /** An applicable pack fixes this parameter (and, if given, with this value). */
  | { op: 'param'; param: string; equals?: Scalar }
  /** This national provision binds the case on that day. */
  | { op: 'provision'; provision: string }
  /** The document has reached the state: submitted · approved (by all ranks in order) · signed · issued · served. */
  | { op: 'document'; document: string; state: string }
  /** A value in the latest fact that matches, or in the fact in question. */
  | ({ op: 'data'; data: string; fact?: FactPattern } & Expectation)
  /** At least so many officers take part in the fact in question. */
  | { op: 'officers'; officers: number }
  /** Every officer of the fact in question holds a certificate that is valid on that day. */
  | { op: 'certificates'; certificates: 'valid' }
  /** Nobody who acts in the fact in question as `differs` appears anywhere in the case as one of `from`. */
  | { op: 'differs'; differs: string; from: string[] }
  /** Those who act in this capacity hold the national legal profession qualification. */
  | { op: 'qualified'; qualified: string }
  /** Approvals before the one in question were given, in the order of ranks that applies to the document. */
  | { op: 'approvals'; approvals: 'in-order' }
  /** The period since the latest such fact is over. */
  | { op: 'elapsed'; elapsed: FactPattern; limit: RuleLimit }
  /** The day named by this key in the latest such fact is over. */
  | { op: 'passed'; passed: string; fact: FactPattern }
  /**
   * The fact in question (or a day that it names as `own`) falls on the same day as such a fact, or on the day that such
   * a fact names. With a limit: when the last day of a period from the latest ends, in its last minute.
   */
  | { op: 'sameDay'; sameDay: FactPattern; named?: string; own?: string; limit?: RuleLimit }
  /** Each of these facts has one that is about it; with `ofParty`, each of several whom a paper names (EachParty) has one, by these facts that were not taken back. */
  | { op: 'each'; each: FactPattern; has: FactPattern; ofParty?: { unless: FactPattern } }
  /** A recording of that scene exists, or of any. */
  | { op: 'recorded'; recorded: string }
  /** The list under this key names every element, by code or by label; each missing one is cited by its own clause. */
  | ({ op: 'listed'; listed: string; fact?: FactPattern; across?: boolean; or?: string } & Items)
  /**
   * The value under this key, or one of its list, is among the words of each text that has such a parameter, or among
   * those that the agency has set (words with 、 between them; nothing is among what is not set).
   */
  | { op: 'among'; among: string; param?: string; setting?: string; fact?: FactPattern }
  /** Every element is a key with a value; `filled` says what they are the elements of. */
  | ({ op: 'filled'; filled: string; fact?: FactPattern } & Items)
  /** Two values compared. A value that is not there compares with nothing: the condition does not hold. */
  | { op: 'compare'; compare: Value; is: Comparison; to: Value }
  /** Somebody in the fact in question has this rank or a higher one; given here or by a parameter with a `rank`. */
  | { op: 'rank'; rank: Rank | { param: string } }
  /** The procedure carries out one of these kinds of act. */
  | { op: 'act'; act: string[] }
  /** The fact in question falls between these hours of the day, China time. */
  | { op: 'daytime'; daytime: [number, number] }
  /** The fact in question falls on a workday. */
  | { op: 'workday'; workday: boolean }
  /** Such a fact lasted while the fact in question did, if only for a moment. */
  | { op: 'overlaps'; overlaps: FactPattern }
  /** Such facts, and interruptions with a cause, account for the time of the fact in question: for all of it or for a part. */
  | { op: 'covered'; covered: CoveredPart; by: FactPattern }
  /** Every stage of the procedure in which a step is done has a document or a recording of its own. */
  | { op: 'stages'; stages: 'recorded' }
  /** What the fact in question is about need not be kept any longer on that day. */
  | { op: 'disposable'; disposable: boolean }
  /** What the fact in question is, or is about, is kept by such a rule by now. */
  | { op: 'kept'; kept: (typeof KEPT_RULES)[number][] }
  /** Every step up to the latest has its documents, or its recordings too. */
  | { op: 'complete'; complete: 'documents' | 'records' }

/** What must be accounted for: all, the beginning, the end, or what lies between the first and the last. */
export const COVERED_PARTS = ['whole', 'start', 'end', 'between'] as const
export type CoveredPart = (typeof COVERED_PARTS)[number]

export const COMPARISONS = ['<', '<=', '>', '>=', '=', '!='] as const
export type Comparison = (typeof COMPARISONS)[number]

/** `fact` is last because `data` and `passed` carry a key of that name; those that may name a `param` come before it. */
const OPS = [
  'listed',
  'filled',
  'among',
  'all',
  'any',
  'not',
  'step',
  'settled',
  'flag',
  'setting',
  'param',
  'provision',
  'document',
  'data',
  'officers',
  'certificates',
  'differs',
  'qualified',
  'approvals',
  'elapsed',
  'passed',
  'sameDay',
  'each',
  'recorded',
  'compare',
  'rank',
  'act',
  'daytime',
  'workday',
  'overlaps',
  'covered',
  'disposable',
  'kept',
  'complete',
  'stages',
  'stands',
  'fact',
] as const

const nested = z.lazy(() => Condition)
const text = z.string().min(1)
const hour = z.number().min(0).max(24)
const items = { items: z.array(Item).min(1).optional(), param: text.optional() }

const Tagged = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('all'), all: z.array(nested).min(1) }),
  z.strictObject({ op: z.literal('any'), any: z.array(nested).min(1) }),
  z.strictObject({ op: z.literal('not'), not: nested }),
  z.strictObject({ op: z.literal('fact'), fact: FactPattern }),
  z.strictObject({ op: z.literal('stands'), stands: FactPattern, unless: FactPattern }),
  z.strictObject({ op: z.literal('step'), step: text }),
  z.strictObject({ op: z.literal('settled'), settled: text }),
  z.strictObject({ op: z.literal('flag'), flag: text }),
  z.strictObject({ op: z.literal('setting'), setting: text, equals: Scalar }),
  z.strictObject({ op: z.literal('param'), param: text, equals: Scalar.optional() }),
  z.strictObject({ op: z.literal('provision'), provision: text }),
  z.strictObject({
    op: z.literal('document'),
    document: text,
    state: z.enum(['submitted', 'approved', 'signed', 'issued', 'served']),
  }),
  z.strictObject({
    op: z.literal('data'),
    data: text,
    fact: FactPattern.optional(),
    equals: Scalar.optional(),
    includes: Scalar.optional(),
    oneOf: z.array(Scalar).optional(),
    present: z.boolean().optional(),
    atLeast: z.number().optional(),
  }),
  z.strictObject({ op: z.literal('officers'), officers: z.int().min(1) }),
  z.strictObject({ op: z.literal('certificates'), certificates: z.literal('valid') }),
  z.strictObject({ op: z.literal('differs'), differs: text, from: z.array(text).min(1) }),
  z.strictObject({ op: z.literal('qualified'), qualified: text }),
  z.strictObject({ op: z.literal('approvals'), approvals: z.literal('in-order') }),
  z.strictObject({ op: z.literal('elapsed'), elapsed: FactPattern, limit: RuleLimit }),
  z.strictObject({ op: z.literal('passed'), passed: text, fact: FactPattern }),
  z.strictObject({
    op: z.literal('sameDay'),
    sameDay: FactPattern,
    named: text.optional(),
    own: text.optional(),
    limit: RuleLimit.optional(),
  }),
  z.strictObject({
    op: z.literal('each'),
    each: FactPattern,
    has: FactPattern,
    ofParty: z.strictObject({ unless: FactPattern }).optional(),
  }),
  z.strictObject({ op: z.literal('recorded'), recorded: text }),
  z.strictObject({
    op: z.literal('listed'),
    listed: text,
    fact: FactPattern.optional(),
    /** The list is put together from all such facts, not read in the latest. */
    across: z.boolean().optional(),
    /** A second list that counts as well: what is said not to apply. */
    or: text.optional(),
    ...items,
  }),
  z.strictObject({
    op: z.literal('among'),
    among: text,
    param: text.optional(),
    setting: text.optional(),
    fact: FactPattern.optional(),
  }),
  z.strictObject({ op: z.literal('filled'), filled: text, fact: FactPattern.optional(), ...items }),
  z.strictObject({ op: z.literal('compare'), compare: Value, is: z.enum(COMPARISONS), to: Value }),
  z.strictObject({ op: z.literal('rank'), rank: z.union([Rank, z.strictObject({ param: text })]) }),
  z.strictObject({ op: z.literal('act'), act: z.array(text).min(1) }),
  z.strictObject({ op: z.literal('daytime'), daytime: z.tuple([hour, hour]) }),
  z.strictObject({ op: z.literal('workday'), workday: z.boolean() }),
  z.strictObject({ op: z.literal('overlaps'), overlaps: FactPattern }),
  z.strictObject({ op: z.literal('covered'), covered: z.enum(COVERED_PARTS), by: FactPattern }),
  z.strictObject({ op: z.literal('disposable'), disposable: z.boolean() }),
  z.strictObject({ op: z.literal('kept'), kept: z.array(z.enum(KEPT_RULES)).min(1) }),
  z.strictObject({ op: z.literal('complete'), complete: z.enum(['documents', 'records']) }),
  z.strictObject({ op: z.literal('stages'), stages: z.literal('recorded') }),
])

function withVerb(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  const op = OPS.find((verb) => verb in input)
  return op === undefined ? { ...input, op: 'unknown' } : { ...input, op }
}

export const Condition: z.ZodType<Condition> = z.preprocess(withVerb, Tagged) as z.ZodType<Condition>
