import { citationsOf, citing } from '../combine.ts'
import type { Citing } from '../combine.ts'
import type { Reason } from '../evaluation.ts'
import type { Gate } from '../schema/procedure.ts'
import type { Check } from './check.ts'
import { isPast, lawDay } from './clock.ts'
import { readyCondition, readyWhether } from './check-condition.ts'
import type { Ask, Whether } from './check-condition.ts'
import { once } from './found.ts'
import { fill, sayMoment } from './words.ts'
import { knowing } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** A gate made ready for asking under one law. */
export type ReadyGate = Readonly<{
  gate: Gate
  cite: Citing
  when: Whether | undefined
  needs: Ask
  /** What was said last, where it says nothing of the case: of many facts the same is said. */
  last: { said?: Readonly<{ check: Check; date: string; reason: Reason }> }
}>

export const readyGate = (gate: Gate, law: Pick<World, 'asking' | 'caseLaw'>): ReadyGate =>
  once(law.asking.gates, gate, () => ({
    gate,
    cite: citing(law.caseLaw, gate.clauses),
    when: gate.when === undefined ? undefined : readyWhether(gate.when, law),
    needs: readyCondition(gate.needs, law),
    last: {},
  }))

/** Why a gate is shut in this world; undefined where it is open or does not bind the case. */
export function reasonBy(ready: ReadyGate, world: World): Reason | undefined {
  const { cite, when, needs } = ready
  const date = lawDay(world.clock)
  const citations = cite(date)
  if (citations.length === 0) return undefined
  if (when !== undefined && !when(world)) return undefined
  const check = needs(world)
  if (check.holds) return undefined
  const { said } = ready.last
  if (said?.check === check && said.date === date) return said.reason
  const reason = reasonFor(ready.gate, check, citations, world)
  if (check.ofLaw === true) ready.last.said = { check, date, reason }
  return reason
}

function reasonFor(gate: Gate, check: Check, citations: Reason['citations'], world: World): Reason {
  const exact =
    check.clauses === undefined ? [] : citationsOf(world.caseLaw, check.clauses, lawDay(world.clock))
  return {
    code: gate.code,
    effect: gate.effect,
    message: fill(gate.message, check.facts),
    todo: fill(gate.todo, check.facts),
    citations: exact.length > 0 ? exact : citations,
    ...(gate.partOf === undefined ? {} : { partOf: gate.partOf }),
    ...(Object.keys(check.facts).length === 0 ? {} : { facts: check.facts }),
  }
}

export function reasonsOf(gates: readonly ReadyGate[], world: World): Reason[] {
  const reasons: Reason[] = []
  for (const gate of gates) {
    const reason = reasonBy(gate, world)
    if (reason !== undefined) reasons.push(reason)
  }
  return reasons
}
/**
 * Gates of something that is said to have happened at an earlier time. One that is open by now was shut then: the reason
 * is the time that was given, and says so.
 */
export function reasonsAt(
  gates: readonly ReadyGate[],
  subject: TimedFact,
  then: World,
  known: World,
): Reason[] {
  const now = isPast(known.clock, subject.ms) ? knowing(known, subject) : undefined
  const reasons: Reason[] = []
  for (const gate of gates) {
    const reason = reasonBy(gate, then)
    if (reason === undefined) continue
    const isOpenNow = now !== undefined && reasonBy(gate, now) === undefined
    reasons.push(isOpenNow ? tooEarly(reason, subject) : reason)
  }
  return reasons
}

const tooEarly = (reason: Reason, subject: TimedFact): Reason => ({
  ...reason,
  message: `所填时间是${sayMoment(subject.ms)}，当时${reason.message}`,
  todo: `请核对时间；时间无误的，${reason.todo}`,
})
