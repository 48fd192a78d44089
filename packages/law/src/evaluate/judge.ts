import { citationsOf } from '../combine.ts'
import type { Reason } from '../evaluation.ts'
import type { StepRule } from '../schema/procedure.ts'
import { lawDay } from './clock.ts'
import { reasonBy, reasonsAt, reasonsOf } from './gates.ts'
import { concerns, questionsFor } from './asking.ts'
import type { Questions } from './asking.ts'
import { factsNamed } from './look-up.ts'
import { isBegun } from './occurrence.ts'
import { forbiddenRecording, mayBeForbidden } from './prohibitions.ts'
import { isSubmitted, paperReasons } from './paper-gates.ts'
import { readyStep } from './ready-step.ts'
import { missingOf } from './step-completion.ts'
import { knowing, worldAt } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** Drafting and internal submission prepare an act; from these states on it has effect. */
const EFFECTIVE = new Set(['issued', 'served'])

/**
 * Why the record does not allow this fact. A gate looks at the world as it was when the fact happened; whether something
 * is missing at the end of a step, and what proves a fact afterwards, is asked of all that is known by now, since papers
 * are often finished after the act.
 */
export function reasonsAgainst(
  subject: TimedFact,
  known: World,
  questions: Questions = questionsFor(known, subject),
): readonly Reason[] {
  const { guards, ends, owners } = questions
  const ended = ends.length === 0 ? undefined : ends.find(({ on }) => concerns(on, subject))?.rule
  const ofStep =
    ended !== undefined || subject.kind === 'step' || isEffective(subject) || isSubmitted(subject)
  if (guards.length === 0 && !ofStep && !mayBeForbidden(subject, known)) return none
  const then = worldAt(known, subject)
  const reasons = forbiddenRecording(subject, then)
  for (const { gate, on, afterwards } of guards) {
    if (!concerns(on, subject)) continue
    const reason = reasonBy(gate, afterwards ? knowing(known, subject) : then)
    if (reason !== undefined) reasons.push(reason)
  }
  if (!ofStep) return reasons
  const ofItsStep =
    ended === undefined ? stepReasons(subject, owners, then, known) : doneReasons(ended, subject, then, known)
  return [...reasons, ...paperReasons(subject, owners, then), ...ofItsStep]
}

const none: readonly Reason[] = []

const isEffective = (subject: TimedFact): boolean =>
  subject.kind === 'document' && EFFECTIVE.has(subject.whole ?? subject.state ?? '')

function stepReasons(
  subject: TimedFact,
  owners: readonly StepRule[],
  world: World,
  known: World,
): readonly Reason[] {
  if (subject.kind === 'step') {
    const step = world.asking.steps.get(subject.name)
    if (step === undefined) return foreignStep(subject, world)
    return subject.state === 'begun' ? reasonsAt(readyStep(step, world).before, subject, world, known) : none
  }
  if (!isEffective(subject)) return none
  const owner = owners.length === 1 ? owners[0] : undefined
  if (owner === undefined || isBegun(world, owner.id)) return none
  // A document that takes effect outside its step must not slip past the gates of that step.
  return reasonsOf(readyStep(owner, world).before, world)
}

/** A step that this kind of act does not have: refused with the clauses that list its stages. */
function foreignStep(subject: TimedFact, { caseLaw, clock }: World): Reason[] {
  const { name, clauses } = caseLaw.procedure
  return [
    {
      code: 'step-not-in-procedure',
      effect: 'refuse',
      message: `“${name}”没有环节“${subject.name}”`,
      todo: '按本类行为的程序办理；需要其他程序的，另行立案或者转换程序',
      citations: citationsOf(caseLaw, clauses, lawDay(clock)),
    },
  ]
}

/** A step reported as done without having begun answers for its beginning, too. */
const doneReasons = (step: StepRule, subject: TimedFact, world: World, known: World): Reason[] => {
  const begun = factsNamed(world, 'step', step.id).some((f) => f.state === 'begun')
  return [
    ...(begun ? [] : reasonsAt(readyStep(step, world).before, subject, world, known)),
    ...missingOf(step, knowing(known, subject)),
  ]
}
