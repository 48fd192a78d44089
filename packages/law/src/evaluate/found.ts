import type { Instant } from '../fact.ts'
import type { Keeping } from '../retention.ts'
import type { DutyRule, FindingRule, StepRule } from '../schema/procedure.ts'
import type { Duty, Evaluation, Finding, KeptItem, StepView } from '../evaluation.ts'
import type { Lasting } from './clock.ts'
import type { Term } from './duty-term.ts'
import type { Occurrence } from './occurrence.ts'
import type { ReadyDuty } from './ready-duty.ts'
import type { RecordingDemand } from './recordings.ts'
import type { DocumentDemand } from './step-completion.ts'
import type { TimedFact } from './world.ts'

/** What is the same for every recording of a case. */
export type KeepingOfCase = Readonly<{
  served: Instant | null | undefined
  caseFile: Keeping | undefined
  /** By the day on which they were made. */
  alike: Map<string, { use: Use; keeping: Keeping }[]>
}>

/** How a recording is used and what it shows. */
export type Use = Readonly<{
  use: 'evidence' | 'ordinary'
  stages: readonly string[]
  /** Situations that are told of it, beside the marks of the case. */
  told: readonly string[]
  scenes: readonly string[]
}>

/**
 * Answers that several rules ask for and that do not depend on the fact in question, each found once. Those that may look
 * at the clock say how long they last.
 */
export type Found = {
  facts?: readonly TimedFact[]
  occurrences?: Map<StepRule, Lasting<Occurrence>>
  documents?: Map<StepRule, Lasting<readonly DocumentDemand[]>>
  recordings?: Map<StepRule, Lasting<readonly RecordingDemand[]>>
  keeping?: Lasting<KeepingOfCase>
  ended?: Lasting<boolean>
  /** What took the case up anew last; null where nothing did. */
  anew?: TimedFact | null
  /** Terms that are the same for whatever happened on one day; null where no text fixes any. */
  terms?: Map<ReadyDuty, Map<string, Lasting<Term | null>>>
  /** The parts of the answer. */
  answer?: Lasting<Evaluation>
  duties?: Map<DutyRule, Lasting<readonly Duty[]>>
  views?: Map<StepRule, Lasting<StepView>>
  violations?: Map<TimedFact, Lasting<readonly Finding[]>>
  rules?: Map<FindingRule, Lasting<readonly Finding[]>>
  forms?: Lasting<readonly Finding[]>
  odd?: Lasting<readonly Finding[]>
  kept?: Lasting<readonly KeptItem[]>
}

/** The answer of a table, found out the first time. */
export function once<K, V>(table: Map<K, V>, key: K, find: () => V): V {
  const known = table.get(key)
  if (known !== undefined) return known
  const found = find()
  table.set(key, found)
  return found
}
