import { citationsOf } from '../combine.ts'
import type { Reason } from '../evaluation.ts'
import type { Gate } from '../schema/procedure.ts'
import { checkCondition } from './check-condition.ts'
import { fill, sayMoment } from './words.ts'
import { knowing } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** Why a gate is shut in this world; undefined where it is open or does not bind the case. */
export function reasonOf(gate: Gate, world: World): Reason | undefined {
  const citations = citationsOf(world.caseLaw, gate.clauses, world.date)
  if (citations.length === 0) return undefined
  if (gate.when !== undefined && !checkCondition(gate.when, world).holds) return undefined
  const check = checkCondition(gate.needs, world)
  if (check.holds) return undefined
  const exact = check.clauses === undefined ? [] : citationsOf(world.caseLaw, check.clauses, world.date)
  return {
    code: gate.code,
    effect: gate.effect,
    message: fill(gate.message, check.facts),
    todo: fill(gate.todo, check.facts),
    citations: exact.length > 0 ? exact : citations,
    ...(Object.keys(check.facts).length === 0 ? {} : { facts: check.facts }),
  }
}

export const reasonsOf = (gates: readonly Gate[], world: World): Reason[] =>
  gates.flatMap((gate) => reasonOf(gate, world) ?? [])

/**
 * Gates of something that is said to have happened at an earlier time. One that is open by now was shut then: the reason
 * is the time that was given, and says so.
 */
export function reasonsAt(gates: readonly Gate[], subject: TimedFact, then: World, known: World): Reason[] {
  const now = subject.ms < known.ms ? knowing(known, subject) : undefined
  return gates.flatMap((gate) => {
    const reason = reasonOf(gate, then)
    if (reason === undefined) return []
    return now !== undefined && reasonOf(gate, now) === undefined ? [tooEarly(reason, subject)] : [reason]
  })
}

const tooEarly = (reason: Reason, subject: TimedFact): Reason => ({
  ...reason,
  message: `所填时间是${sayMoment(subject.ms)}，当时${reason.message}`,
  todo: `请核对时间；时间无误的，${reason.todo}`,
})
