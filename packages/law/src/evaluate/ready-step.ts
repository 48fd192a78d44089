import { citing, documentAt, onEachDay } from '../combine.ts'
import type { Citing } from '../combine.ts'
import type { DocumentDefinition } from '../document-definition.ts'
import type { StepDocument, StepRule } from '../schema/procedure.ts'
import { readyCondition } from './check-condition.ts'
import type { Ask } from './check-condition.ts'
import { readyGate } from './gates.ts'
import type { ReadyGate } from './gates.ts'
import { once } from './found.ts'
import type { World } from './world.ts'

type InLaw = Pick<World, 'asking' | 'caseLaw'>

/** A document of a step, made ready for asking under one law. */
export type ReadyDocument = Readonly<{ rule: StepDocument; when: Ask | undefined; cite: Citing }>

/** A step that comes first, and what asks whether it is settled. */
export type Earlier = Readonly<{ name: string; settled: Ask; cite: Citing }>

export type ReadyStep = Readonly<{
  after: readonly Earlier[]
  cite: Citing
  documents: readonly ReadyDocument[]
  before: readonly ReadyGate[]
  complete: readonly ReadyGate[]
}>

/** The clauses that name the document: those of the rule, otherwise of the form in force, otherwise of the step. */
function citingDocument({ type, clauses }: StepDocument, step: StepRule, { caseLaw }: InLaw): Citing {
  if (clauses !== undefined) return citing(caseLaw, clauses)
  const ofStep = citing(caseLaw, step.clauses)
  const ofForm = new Map<DocumentDefinition, Citing>()
  return onEachDay((date) => {
    const form = documentAt(caseLaw.law, type, date)
    return form === undefined
      ? ofStep(date)
      : once(ofForm, form, () => citing(caseLaw, form.requiredBy))(date)
  })
}

const readyEarlier = (id: string, law: InLaw): Earlier[] => {
  const first = law.asking.steps.get(id)
  if (first === undefined) return []
  const settled = readyCondition({ op: 'settled', settled: id }, law)
  return [{ name: first.name, settled, cite: citing(law.caseLaw, first.clauses) }]
}

export const readyStep = (step: StepRule, law: InLaw): ReadyStep =>
  once(law.asking.readySteps, step, () => ({
    after: step.after.flatMap((id) => readyEarlier(id, law)),
    cite: citing(law.caseLaw, step.clauses),
    before: step.before.map((gate) => readyGate(gate, law)),
    complete: step.complete.map((gate) => readyGate(gate, law)),
    documents: step.documents.map((rule) => ({
      rule,
      when: rule.when === undefined ? undefined : readyCondition(rule.when, law),
      cite: citingDocument(rule, step, law),
    })),
  }))
