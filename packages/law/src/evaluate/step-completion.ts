import type { Citation, Reason } from '../evaluation.ts'
import type { StepDocument, StepRule } from '../schema/procedure.ts'
import { documentReason } from './document-reason.ts'
import { documentReachedIn } from './document-state.ts'
import { lawDay, remembered } from './clock.ts'
import { reasonsOf } from './gates.ts'
import { occurrenceOf } from './occurrence.ts'
import { readyStep } from './ready-step.ts'
import { recordingDemands } from './recordings.ts'
import type { RecordingDemand } from './recordings.ts'
import type { World } from './world.ts'

export type DocumentDemand = Readonly<{
  type: string
  required: boolean
  done: boolean
  state: StepDocument['state']
  citations: readonly Citation[]
}>

/** The documents of a step. One whose clauses are all foreign to the case is not required. */
export const documentDemands = (step: StepRule, world: World): readonly DocumentDemand[] =>
  world.asking.steady.has(step)
    ? remembered((world.found.documents ??= new Map()), step, world.clock, () => findDocuments(step, world))
    : findDocuments(step, world)

function findDocuments(step: StepRule, world: World): readonly DocumentDemand[] {
  const demands: DocumentDemand[] = []
  for (const { rule, when, cite } of readyStep(step, world).documents) {
    if (when !== undefined && !when(world)) continue
    const citations = cite(lawDay(world.clock))
    const { type, state } = rule
    const done = documentReachedIn(world, rule, { step: step.id, since: occurrenceOf(world, step).since })
    demands.push({ type, required: rule.required && citations.length > 0, state, done, citations })
  }
  return demands
}

export const demandsOf = (step: StepRule, world: World): readonly RecordingDemand[] =>
  world.asking.steady.has(step)
    ? remembered((world.found.recordings ??= new Map()), step, world.clock, () => findRecordings(step, world))
    : findRecordings(step, world)

const findRecordings = (step: StepRule, world: World): RecordingDemand[] =>
  recordingDemands(step, occurrenceOf(world, step), world)

/** Where written record and recording stand side by side, each missing paper offends that clause as well. */
function textReasons(dual: readonly Citation[], step: StepRule, world: World): Reason[] {
  const missing = documentDemands(step, world).filter((d) => d.required && !d.done)
  if (missing.length > 0 || dual.length === 0)
    return missing.map((d) => documentReason({ ...d, citations: [...d.citations, ...dual] }, step, world))
  if (occurrenceOf(world, step).facts.some((f) => f.kind === 'document')) return []
  return [
    {
      code: 'text-missing',
      effect: 'refuse',
      message: `“${step.name}”只有音像、没有文书：音像不能代替法定文书`,
      todo: '制作本环节的法定文书；文书与音像须并存',
      citations: dual,
    },
  ]
}

/** Everything that keeps a step from being completed in this world. */
export function missingOf(step: StepRule, world: World): Reason[] {
  const demands = demandsOf(step, world)
  const dual = [...new Map(demands.flatMap((d) => d.dual).map((c) => [c.clause, c])).values()]
  return [
    ...textReasons(dual, step, world),
    ...demands.flatMap((d) => d.reasons),
    ...reasonsOf(readyStep(step, world).complete, world),
  ]
}
