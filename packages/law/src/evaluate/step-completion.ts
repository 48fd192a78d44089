import { citationsOf, documentAt } from '../combine.ts'
import type { Citation, Reason } from '../evaluation.ts'
import type { StepDocument, StepRule } from '../schema/procedure.ts'
import { checkCondition } from './check-condition.ts'
import { documentReached } from './document-state.ts'
import { reasonsOf } from './gates.ts'
import { occurrenceOf } from './occurrence.ts'
import { recordingDemands } from './recordings.ts'
import type { RecordingDemand } from './recordings.ts'
import { STATE_NAMES } from './words.ts'
import type { World } from './world.ts'

export type DocumentDemand = Readonly<{
  type: string
  required: boolean
  done: boolean
  state: StepDocument['state']
  citations: readonly Citation[]
}>

/** The documents of a step. One whose clauses are all foreign to the case is not required. */
export function documentDemands(step: StepRule, world: World): DocumentDemand[] {
  const scope = { ...world, facts: occurrenceOf(world, step).facts }
  return step.documents.flatMap((rule) => {
    if (rule.when !== undefined && !checkCondition(rule.when, world).holds) return []
    const clauses =
      rule.clauses ?? documentAt(world.caseLaw.law, rule.type, world.date)?.requiredBy ?? step.clauses
    const citations = citationsOf(world.caseLaw, clauses, world.date)
    const required = rule.required && citations.length > 0
    return [
      {
        type: rule.type,
        required,
        state: rule.state,
        done: documentReached(scope, rule.type, rule.state, step.id),
        citations,
      },
    ]
  })
}

const documentReason = (demand: DocumentDemand, world: World): Reason => {
  const name = documentAt(world.caseLaw.law, demand.type, world.date)?.name ?? demand.type
  const state = STATE_NAMES[demand.state] ?? demand.state
  return {
    code: 'document-missing',
    effect: 'refuse',
    message: `缺《${name.replace(/^《|》$/g, '')}》，或尚未${state}`,
    todo: `制作《${name.replace(/^《|》$/g, '')}》并完成${state}`,
    citations: demand.citations,
  }
}

export const demandsOf = (step: StepRule, world: World): RecordingDemand[] =>
  recordingDemands(step, occurrenceOf(world, step).facts, world)

/** Everything that keeps a step from being completed in this world. */
export function missingOf(step: StepRule, world: World): Reason[] {
  const documents = documentDemands(step, world)
    .filter((d) => d.required && !d.done)
    .map((d) => documentReason(d, world))
  const recordings = demandsOf(step, world).flatMap((d) => d.reason ?? [])
  return [...documents, ...recordings, ...reasonsOf(step.complete, world)]
}
