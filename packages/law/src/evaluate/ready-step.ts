import { citing, formsOf, onEachDay } from '../combine.ts'
import type { Citing } from '../combine.ts'
import type { DocumentDefinition } from '../document-definition.ts'
import type { StepView } from '../evaluation.ts'
import { inForce } from '../law.ts'
import { namesOf } from '../schema/fact-pattern.ts'
import type { StepDocument, StepRule } from '../schema/procedure.ts'
import { readyWhether } from './check-condition.ts'
import type { Whether } from './check-condition.ts'
import { readyGate } from './gates.ts'
import type { ReadyGate } from './gates.ts'
import { once } from './found.ts'
import type { World } from './world.ts'

type InLaw = Pick<World, 'asking' | 'caseLaw'>

/** A document of a step, made ready for asking under one law. */
export type ReadyDocument = Readonly<{ rule: StepDocument; when: Whether | undefined; cite: Citing }>

/** A step that comes first, and what asks whether it is settled. */
export type Earlier = Readonly<{ step: StepRule; settled: Whether; cite: Citing }>

export type ReadyStep = Readonly<{
  after: readonly Earlier[]
  cite: Citing
  documents: readonly ReadyDocument[]
  before: readonly ReadyGate[]
  complete: readonly ReadyGate[]
  /** The event that ends it, by the name that people know. */
  endsBy: StepView['endsBy']
}>

/** The clauses that name the document: those of the rule, otherwise of the form in force, otherwise of the step. */
function citingDocument({ type, clauses }: StepDocument, step: StepRule, { caseLaw }: InLaw): Citing {
  if (clauses !== undefined) return citing(caseLaw, clauses)
  const ofStep = citing(caseLaw, step.clauses)
  const ofForm = new Map<DocumentDefinition, Citing>()
  const forms = formsOf(caseLaw.law, type)
  return onEachDay((date) => {
    const form = inForce(forms, date)
    return form === undefined
      ? ofStep(date)
      : once(ofForm, form, () => citing(caseLaw, form.requiredBy))(date)
  })
}

const readyEarlier = (id: string, law: InLaw): Earlier[] => {
  const first = law.asking.steps.get(id)
  if (first === undefined) return []
  const settled = readyWhether({ op: 'settled', settled: id }, law)
  return [{ step: first, settled, cite: citing(law.caseLaw, first.clauses) }]
}

function endOf({ doneBy }: StepRule, { caseLaw }: InLaw): StepView['endsBy'] {
  const [name] = doneBy?.kind === 'event' ? namesOf(doneBy) : []
  if (name === undefined) return undefined
  const label = caseLaw.procedure.events.find((e) => e.name === name)?.label ?? name
  return { name, label }
}

export const readyStep = (step: StepRule, law: InLaw): ReadyStep =>
  once(law.asking.readySteps, step, () => ({
    after: step.after.flatMap((id) => readyEarlier(id, law)),
    cite: citing(law.caseLaw, step.clauses),
    before: step.before.map((gate) => readyGate(gate, law)),
    complete: step.complete.map((gate) => readyGate(gate, law)),
    endsBy: endOf(step, law),
    documents: step.documents.map((rule) => ({
      rule,
      when: rule.when === undefined ? undefined : readyWhether(rule.when, law),
      cite: citingDocument(rule, step, law),
    })),
  }))
