import { z } from 'zod'
import { Rank } from '../fact.ts'
import { Condition, RuleLimit } from './condition.ts'
import { EventDatum } from './event-field.ts'
import { FactPattern } from './fact-pattern.ts'
import { ClauseId } from './limit.ts'

const text = z.string().min(1)
const StepId = z.string().regex(/^[a-z][a-z0-9-]*$/)
const clauses = z.array(ClauseId).min(1)
const Effect = z.enum(['refuse', 'warn'])

/**
 * A requirement that must hold at the moment of a fact. It binds where at least one of its clauses is in force for the
 * case; a rule that no applicable text contains does not exist for that agency.
 */
const gate = {
  code: z.string().regex(/^[a-z][a-z0-9-]*$/),
  clauses,
  effect: Effect,
  when: Condition.optional(),
  needs: Condition,
  /** What is wrong, with {placeholders} for what the check found: {missing} for elements, {until} for periods. */
  message: text,
  /** What to do next. */
  todo: text,
  /** The code of a reason that says the same of the whole: where both hold, people are told once. */
  partOf: text.optional(),
}
export const Gate = z.strictObject(gate)
export type Gate = z.output<typeof Gate>

/** A gate on any fact, e.g. on a document's approval, wherever it happens. */
export const Guard = z.strictObject({
  ...gate,
  on: z.union([FactPattern, z.array(FactPattern).min(1)]),
  /** It asks for proof, which comes after the fact (the post's receipt): asked of all that is known by now. */
  afterwards: z.boolean().optional(),
})
export type Guard = z.output<typeof Guard>

export const StepDocument = z.strictObject({
  type: z.string(),
  state: z.enum(['submitted', 'approved', 'signed', 'issued', 'served']),
  required: z.boolean().default(true),
  when: Condition.optional(),
  clauses: clauses.optional(),
})
export type StepDocument = z.output<typeof StepDocument>

export const StepScene = z.strictObject({
  scene: z.string(),
  when: Condition.optional(),
  /** The recording must cover the activity from beginning to end. */
  whole: z.boolean().default(false),
  /** While this holds it is told though `when` does not yet: whoever learns of it afterwards can no longer record it. */
  ahead: Condition.optional(),
})
export type StepScene = z.output<typeof StepScene>

const step = {
  id: StepId,
  name: text,
  stage: z.string(),
  by: z.array(z.string()).min(1),
  clauses,
  optional: z.boolean().default(false),
  when: Condition.optional(),
  /** An event that ends the step, where it ends by something else than being reported as done. */
  doneBy: FactPattern.optional(),
  /** May happen several times; each begins and ends, told apart by the `ref` of its step facts. */
  repeatable: z.boolean().default(false),
  /** Gone through once more when the case is taken up anew: what was done before counts no longer. */
  anew: z.boolean().default(false),
  /** Not offered before these steps are settled: in files with | between them, of which the procedure has some. */
  after: z.preprocess((v) => (typeof v === 'string' ? v.split('|') : v), z.array(StepId)).default([]),
  /** Still needed or offered when the matter has ended or is over: closing, and what is asked of a file as long as it is kept. */
  outlasts: z.boolean().default(false),
  documents: z.array(StepDocument).default([]),
  scenes: z.array(StepScene).default([]),
  /** Here issued papers are corrected: the type of the paper by which a correction is approved. */
  corrects: z.string().optional(),
  /** What that paper says (true) where the service of the correction takes the place of the first: periods run anew from it. */
  servedAnew: z.string().optional(),
}
export const StepRule = z.strictObject({
  ...step,
  before: z.array(Gate).default([]),
  complete: z.array(Gate).default([]),
})
export type StepRule = z.output<typeof StepRule>

/**
 * Where a period of a pack begins: with the fact that opened the duty, at a time named in that fact's data, or with the
 * first such fact after it. Of several, the first that is there.
 */
const OneAnchor = z.union([z.literal('opener'), z.strictObject({ data: z.string() }), FactPattern])
const Anchor = z.union([OneAnchor, z.array(OneAnchor).min(1)])
export type OneAnchor = z.output<typeof OneAnchor>

export const DutyRule = z.strictObject({
  id: StepId,
  what: text,
  step: StepId.optional(),
  clauses: clauses.optional(),
  /** Path of a pack parameter that supplies limit and clause, e.g. archive.case; every pack of the case that fixes it counts. */
  param: z.string().optional(),
  when: Condition.optional(),
  /** Several patterns: whichever comes first. */
  opens: z.union([FactPattern, z.array(FactPattern).min(1)]),
  /** Each such fact opens a duty of its own; `party`: the first for each of those whom the paper names (EachParty); otherwise the first does. */
  each: z.union([z.boolean(), z.literal('party')]).default(false),
  /** Which time of the opening fact counts: one of its own, or one that its data names. */
  from: z.union([z.enum(['at', 'from', 'to']), z.strictObject({ data: text })]).default('at'),
  /** For each `from` of a pack's limit: where that moment is found. */
  anchors: z.record(z.string(), Anchor).default({}),
  /** What takes an opening fact back: what was not fulfilled by then is owed no more, and the next such fact opens it anew. */
  lapses: z.union([FactPattern, z.array(FactPattern).min(1)]).optional(),
  closes: FactPattern,
  /** What must hold, seen from the opening fact, for anything to fulfil it: the receipt names this very letter. */
  closesIf: Condition.optional(),
  /** What else fulfils it, for those whom one of these clauses binds; not if the fact of `unless` comes after it. */
  orCloses: z
    .array(z.strictObject({ with: FactPattern, unless: FactPattern.optional(), clauses }))
    .default([]),
  /** What must still hold now for the duty to be there; `when` looks at the moment that opened it. */
  while: Condition.optional(),
  /** How the closing fact is tied to the opening one: same ref, or it is about it, or it is what
   * the opening one is about (`of`), or both are about the same thing, or in the same step. */
  same: z.enum(['ref', 'about', 'of', 'thing', 'step', 'case']).default('case'),
  limit: RuleLimit.optional(),
  /** What lengthens the period: each kind of fact once, by a limit in the same unit. */
  extends: z.array(z.strictObject({ with: FactPattern, limit: RuleLimit })).default([]),
  /** A fact whose data names the day that takes the place of the last one; the latest counts. */
  grants: z.strictObject({ with: FactPattern, until: text }).optional(),
  /** Time that does not count, from one fact to the next of the other kind: the last day moves by as many days. */
  pauses: z.array(z.strictObject({ from: FactPattern, to: FactPattern })).default([]),
  /** A pack's own exceptions (`<group>.exceptions`) apply when the opening fact gives a reason under this key. */
  exceptionReason: z.string().optional(),
  effect: Effect,
  excusable: z.boolean().default(false),
})
export type DutyRule = z.output<typeof DutyRule>

/**
 * What is done to a paper for each of those on whom it is served: it has the state once it was done for everybody whom the
 * paper names (`servedOn` of its kind, several of them). What is done for one while another is still wanting has the state
 * `part`, in rules as on record; a paper that names one knows no parts.
 */
export const EachParty = z.strictObject({
  state: text,
  part: text,
  /** The key of such a fact under which it says for whom, by name. */
  by: text,
  clauses,
  /** How a duty says who is wanting; `{left}` is their names. */
  left: text,
})
export type EachParty = z.output<typeof EachParty>

/** A period that is told, not owed: remedies of the party. */
export const PeriodRule = z.strictObject({
  id: StepId,
  what: text,
  clauses,
  opens: FactPattern,
  /** Each paper opens a period of its own, told with its name; otherwise the latest does. What is done for each party (EachParty) begins it for each. */
  each: z.boolean().default(false),
  /** What takes the opening fact back: the period is told no more, until the next opens it. */
  lapses: FactPattern.optional(),
  limit: RuleLimit,
})
export type PeriodRule = z.output<typeof PeriodRule>

/** Something a completed record must satisfy, looked at over the whole case. */
export const FindingRule = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  clauses,
  when: Condition.optional(),
  needs: Condition,
  message: text,
})
export type FindingRule = z.output<typeof FindingRule>

/** Things that a fact can be about, beside earlier facts. */
export const THINGS = ['document', 'recording', 'case-file'] as const

/** For which purpose a copy of a recording leaves, so that it counts as this event, and what is then true of it. */
const Leaving = z.strictObject({
  purpose: StepId,
  /** Of which kind the copy is; absent: any. The first that fits counts. */
  copy: StepId.optional(),
  /** What the rules are asked with; where there are several, the first. An entry under which it leaves says one of them. */
  data: z.record(z.string(), z.array(text).min(1)).default({}),
  /** The key under which an entry says for whom it is. */
  receiver: text.optional(),
  clauses,
})
export type Leaving = z.output<typeof Leaving>

export const EventDeclaration = z.strictObject({
  name: StepId,
  label: text,
  /** Data keys that rules read, with what they mean and how a form asks for them. */
  data: z.record(z.string(), EventDatum).default({}),
  /** The step in which it is registered; absent where it may happen anywhere. */
  steps: z.array(StepId).default([]),
  /** What it may be about, by its `ref`: kinds of thing, or other events. Absent: what the rules tie it to. */
  about: z.array(z.union([z.enum(THINGS), StepId])).default([]),
  /** The posts that register it, and in what capacity where the post does not say it. Absent: the case's handlers. */
  by: z
    .array(z.union([StepId, z.strictObject({ role: StepId, as: text })]))
    .min(1)
    .optional(),
  /** So many officers take part in it, named when it is registered. */
  officers: z.int().min(1).optional(),
  /** It lasted: from when to when is told, beside when it was registered. */
  span: z.boolean().optional(),
  /** May still happen when the case is archived. */
  afterArchiving: z.boolean().optional(),
  /** The case is dealt with anew from here on: an archived one is open again, and papers are made again. */
  anew: z.boolean().optional(),
  /** The situation, in the words of the packs' rules of retention, in which it puts the recording it is about, or all. */
  situation: text.optional(),
  /** What it says of the thing that it is about, in a word that programs read: that it was taken out, came back, is lost; of the case: that its decision was undone, that it is dealt with anew. */
  means: StepId.optional(),
  /** It counts only where somebody of this rank, or of a higher one, takes part: what it takes back was to protect the record. */
  rank: Rank.optional(),
  /** The paper that it is about goes to the party in this way of service from here on: it is on its way until it is served, or known not to have arrived. */
  sends: text.optional(),
  /** Which of its data tells one letter from another of the same paper; what comes back and the receipt name it under the same key. */
  numbered: text.optional(),
  /** How that thing stands where this is usually registered; elsewhere it is not offered beside the thing. */
  while: z.array(StepId).min(1).optional(),
  leaving: z.array(Leaving).default([]),
  /** The matter that it belongs to: the name of its module, which the loader puts here. */
  subject: text.optional(),
})
export type EventDeclaration = z.output<typeof EventDeclaration>

/** A mark that people put on a case and conditions ask for. */
const Flag = z.strictObject({
  flag: StepId,
  label: text,
  /** Offered only where a pack of the case fixes this parameter. */
  param: z.string().optional(),
})

/** What rules there may be beside the steps. */
const rules = {
  /** The matter has come to its end: what is optional and has not begun is not needed any more. */
  over: Condition.optional(),
  /** It has ended before its end (transfer, withdrawal, termination): what has not begun is not needed any more. */
  ended: Condition.optional(),
  flags: z.array(Flag).default([]),
  events: z.array(EventDeclaration).default([]),
  guards: z.array(Guard).default([]),
  duties: z.array(DutyRule).default([]),
  periods: z.array(PeriodRule).default([]),
  eachParty: z.array(EachParty).default([]),
  findings: z.array(FindingRule).default([]),
}

const head = {
  id: StepId,
  name: text,
  /** The kind of act, in the words of the texts: 行政处罚, 行政检查 … */
  act: text,
  /** In one line, for whoever chooses among procedures. */
  purpose: text.optional(),
  /** Other words of the texts for this kind of act: 规费征收 for 行政征收. */
  alsoCalled: z.array(text).default([]),
  /** A register is kept without a case: devices, statistics, what is disclosed beforehand. */
  kind: z.enum(['case', 'register']).default('case'),
  /** The clauses that list its stages; a step that the procedure does not have is refused with them. */
  clauses: z.array(ClauseId).default([]),
  effectiveFrom: z.iso.date(),
  effectiveTo: z.iso.date().optional(),
  /** The document whose number becomes the number of the case. */
  caseNumberFrom: z.string().optional(),
  /** The document that decides, where there is one: retention may run from its service. */
  decision: z.string().optional(),
  /** The step that is carried out whole before the party's eyes, from the facts to the delivered `decision`. */
  onTheSpot: StepId.optional(),
  stages: z.array(z.strictObject({ id: StepId, name: text })).min(1),
  /** What is registered, under headings, in the order of work: of a register, where that is most of it. */
  work: z.array(z.strictObject({ name: text, events: z.array(StepId).min(1) })).default([]),
  /** What the cases of the agency read of a register: these entries, once this one has put them in force. */
  lends: z.strictObject({ events: z.array(StepId).min(1), once: StepId }).optional(),
}

export const Procedure = z.strictObject({ ...head, ...rules, steps: z.array(StepRule).min(1) })
export type Procedure = z.output<typeof Procedure>

/** In files, a gate that several steps share is named by its code. */
const GateOrCode = z.union([z.string(), Gate])
const StepInFile = z.strictObject({
  ...step,
  before: z.array(GateOrCode).default([]),
  complete: z.array(GateOrCode).default([]),
})

/** Steps of a module: all, or one; other keys replace those of that step. */
const StepTaken = z.looseObject({ module: StepId, take: StepId.optional() })

/** A part of law that several procedures share: steps, and rules that hold wherever it is used. `$name` stands for what the procedure puts under `with`. */
export const ModuleFile = z.strictObject({
  id: StepId,
  name: text,
  /** Other modules that this one needs. */
  uses: z.array(StepId).default([]),
  gates: z.array(Gate).default([]),
  steps: z.array(StepInFile).default([]),
  ...rules,
})

/** A procedure as it is written: its own rules, and modules. */
export const ProcedureFile = z.strictObject({
  ...head,
  ...rules,
  uses: z.array(StepId).default([]),
  with: z.record(z.string(), z.string()).default({}),
  gates: z.array(Gate).default([]),
  steps: z.array(z.union([StepTaken, StepInFile])).min(1),
})
