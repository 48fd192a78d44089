import type { Reason, StepStatus, StepView } from '../evaluation.ts'
import type { StepRule } from '../schema/procedure.ts'
import { holds, isNeeded } from './check-condition.ts'
import { lawDay, remembered } from './clock.ts'
import { reasonsOf } from './gates.ts'
import { recordingsAhead } from './recordings.ts'
import { isOptional, occurrenceOf } from './occurrence.ts'
import { readyStep } from './ready-step.ts'
import { demandsOf, documentDemands, missingOf } from './step-completion.ts'
import { knowing, timed, worldAt } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** What is imagined has no time: nobody may ask when it happened. */
const imagined = (step: StepRule, state: string): TimedFact =>
  timed({ kind: 'step', name: step.id, state, step: step.id, at: '' })

/** Asked of a step that has not begun: could it begin now? Of one that has: was it right to begin then? */
function beforeOf(step: StepRule, begun: TimedFact | undefined, world: World): Reason[] {
  const then = begun === undefined ? knowing(world, imagined(step, 'begun'), true) : worldAt(world, begun)
  return reasonsOf(readyStep(step, world).before, then)
}

/** The code of the reason why a step is not offered yet. No text forbids it: it only makes no sense. */
export const TOO_EARLY = 'too-early'

const refuses = (reasons: readonly Reason[]): boolean => reasons.some((r) => r.effect === 'refuse')

/** Why a step that nobody has begun may not begin: what texts say against it; where they say nothing, what comes first. */
function againstIt(step: StepRule, world: World): Reason[] {
  const before = beforeOf(step, undefined, world)
  return refuses(before) ? before : [...tooEarly(step, world), ...before]
}

/** A step that may be left out is passed over once its turn has come: it could begin now, and nobody needs it to. */
function isPassed(step: StepRule, world: World): boolean {
  const { begun, done } = occurrenceOf(world, step)
  return statusOf(step, begun, done, world) !== undefined || !refuses(againstIt(step, world))
}

const tooEarly = (step: StepRule, world: World): Reason[] =>
  readyStep(step, world)
    .after.filter((first) => !first.settled(world) || !isPassed(first.step, world))
    .map(({ step: { name }, cite }) => ({
      code: TOO_EARLY,
      effect: 'refuse',
      message: `“${name}”办结以前，不办理“${step.name}”`,
      todo: `先办结“${name}”`,
      citations: cite(lawDay(world.clock)),
    }))

/** What an occurrence still lacks by all that is known now; of an open one, as if it ended now. */
function missingFor(step: StepRule, status: StepStatus, done: TimedFact | undefined, world: World): Reason[] {
  if (status === 'done' && done !== undefined) return missingOf(step, knowing(world, done))
  if (status !== 'begun') return []
  return missingOf(step, knowing(world, imagined(step, 'done'), true))
}

function statusOf(step: StepRule, begun: TimedFact | undefined, done: TimedFact | undefined, world: World) {
  if (done !== undefined && (begun === undefined || done.ms >= begun.ms)) return 'done'
  if (begun !== undefined) return 'begun'
  if (!isNeeded(step, world)) return 'not-needed'
  const { over } = world.procedure
  const ends = over !== undefined && !step.outlasts && isOptional(world, step)
  if (ends && holds(over, world)) return 'not-needed'
  return undefined
}

/** What is recorded in it; and what may still come. */
function recordingsIn(step: StepRule, status: StepStatus, world: World): StepView['recordings'] {
  const parts = world.caseLaw.law.partScenes
  const part = (scene: string): { part?: true } => (parts.has(scene) ? { part: true } : {})
  const asked = demandsOf(step, world).map(({ scene, strength, done, citations }) => ({
    scene,
    strength,
    done,
    ...part(scene),
    citations,
  }))
  if (status !== 'begun' && status !== 'possible') return asked
  return [
    ...asked,
    ...recordingsAhead(step, world).map((one) => ({ ...one, done: false, ahead: true as const })),
  ]
}

/** Each step as it stands in this world. */
export function viewSteps(world: World): StepView[] {
  const { found, clock, procedure } = world
  const before = (found.views ??= new Map())
  return procedure.steps.map((step) => remembered(before, step, clock, () => viewStep(step, world)))
}

function viewStep(step: StepRule, world: World): StepView {
  const ready = readyStep(step, world)
  const { begun, done } = occurrenceOf(world, step)
  const known = statusOf(step, begun, done, world)
  const before =
    known === undefined
      ? againstIt(step, world)
      : known === 'not-needed'
        ? []
        : beforeOf(step, begun ?? done, world)
  const status: StepStatus = known ?? (refuses(before) ? 'blocked' : 'possible')
  return {
    id: step.id,
    name: step.name,
    stage: step.stage,
    status,
    optional: isOptional(world, step),
    ...(step.corrects === undefined ? {} : { corrects: step.corrects }),
    by: step.by,
    documents: documentDemands(step, world).map(({ type, required, done: made }) => ({
      type,
      required,
      done: made,
    })),
    recordings: recordingsIn(step, status, world),
    begunAt: begun?.at,
    endsBy: ready.endsBy,
    before,
    missing: missingFor(step, status, done, world),
    citations: ready.cite(lawDay(world.clock)),
  }
}
