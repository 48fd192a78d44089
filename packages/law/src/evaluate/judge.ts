import { citationsOf } from '../combine.ts'
import type { Reason } from '../evaluation.ts'
import type { StepRule } from '../schema/procedure.ts'
import { reasonsAt, reasonsOf } from './gates.ts'
import { guardsFor } from './asking.ts'
import { factsNamed } from './look-up.ts'
import { matchesAny } from './match.ts'
import { ends, isBegun } from './occurrence.ts'
import { forbiddenRecording, mayBeForbidden } from './prohibitions.ts'
import { isSubmitted, paperReasons } from './paper-gates.ts'
import { missingOf } from './step-completion.ts'
import { knowing, worldAt } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** Drafting and internal submission prepare an act; from these states on it has effect. */
const EFFECTIVE = new Set(['issued', 'served'])

/**
 * Why the record does not allow this fact. A gate looks at the world as it was when the fact happened; whether something
 * is missing at the end of a step is asked of all that is known by now, since papers are often finished after the act.
 */
export function reasonsAgainst(subject: TimedFact, known: World): Reason[] {
  const guards = guardsFor(known.caseLaw, known.asking, subject).filter((g) => matchesAny(g.on, subject))
  const ofStep =
    subject.kind === 'step' || isEffective(subject) || isSubmitted(subject) || isEnd(subject, known)
  if (guards.length === 0 && !ofStep && !mayBeForbidden(subject, known)) return []
  const then = worldAt(known, subject)
  return [
    ...forbiddenRecording(subject, then),
    ...reasonsOf(guards, then),
    ...paperReasons(subject, then),
    ...stepReasons(subject, then, known),
  ]
}

const isEffective = (subject: TimedFact): boolean =>
  subject.kind === 'document' && EFFECTIVE.has(subject.state ?? '')

const isEnd = (subject: TimedFact, world: World): boolean => endedBy(subject, world) !== undefined

/** The step that this fact ends. */
function endedBy(subject: TimedFact, { asking }: World): StepRule | undefined {
  const { steps, ending } = asking
  const named = subject.kind === 'step' ? steps.get(subject.name) : undefined
  return named !== undefined && ends(named, subject) ? named : ending.find((s) => ends(s, subject))
}

function stepReasons(subject: TimedFact, world: World, known: World): Reason[] {
  const { steps, owners } = world.asking
  const ended = endedBy(subject, world)
  if (ended !== undefined) return doneReasons(ended, subject, world, known)
  if (subject.kind === 'step') {
    const step = steps.get(subject.name)
    if (step === undefined) return foreignStep(subject, world)
    return subject.state === 'begun' ? reasonsAt(step.before, subject, world, known) : []
  }
  if (!isEffective(subject)) return []
  const own = owners.get(subject.name) ?? []
  const owner = own.length === 1 ? own[0] : undefined
  if (owner === undefined || isBegun(world, owner.id)) return []
  // A document that takes effect outside its step must not slip past the gates of that step.
  return reasonsOf(owner.before, world)
}

/** A step that this kind of act does not have: refused with the clauses that list its stages. */
function foreignStep(subject: TimedFact, { caseLaw, date }: World): Reason[] {
  const { name, clauses } = caseLaw.procedure
  return [
    {
      code: 'step-not-in-procedure',
      effect: 'refuse',
      message: `“${name}”没有环节“${subject.name}”`,
      todo: '按本类行为的程序办理；需要其他程序的，另行立案或者转换程序',
      citations: citationsOf(caseLaw, clauses, date),
    },
  ]
}

/** A step reported as done without having begun answers for its beginning, too. */
const doneReasons = (step: StepRule, subject: TimedFact, world: World, known: World): Reason[] => {
  const begun = factsNamed(world, 'step', step.id).some((f) => f.state === 'begun')
  return [
    ...(begun ? [] : reasonsAt(step.before, subject, world, known)),
    ...missingOf(step, knowing(known, subject)),
  ]
}
