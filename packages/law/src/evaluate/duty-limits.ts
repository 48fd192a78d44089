import { civilDateAt, msOf } from '../civil-date.ts'
import type { Citation } from '../evaluation.ts'
import type { FixedDay, Limit, PackLimit } from '../schema/limit.ts'
import type { DutyRule, OneAnchor } from '../schema/procedure.ts'
import { limitOf } from './limits.ts'
import { settingOf } from './settings.ts'
import { allMatching } from './match.ts'
import type { FixedLimit, ReadyDuty } from './ready-duty.ts'
import type { TimedFact, World } from './world.ts'

/** A period with the moment it runs from, as one text fixes it. `start` is undefined while that moment has not come. */
export type DatedLimit = Readonly<{
  start: TimedFact | undefined
  limit: Limit | FixedDay | undefined
  citations: readonly Citation[]
  soft: boolean
  /** The text's own word where it gives no number. */
  qualitative: string | undefined
  /** The pack that fixes it; an exception moves what the same pack fixes. */
  pack: string | undefined
  exception: boolean
}>

/** Every period that binds this duty instance: the rule's own, and that of each pack which fixes the parameter. */
export function limitsFor(duty: ReadyDuty, opener: TimedFact, world: World): DatedLimit[] {
  const limits = ownLimit(duty, opener, world)
  for (const fixed of duty.fixed) limits.push(dated(duty.rule, fixed, opener, world))
  return limits
}

function ownLimit({ rule, cite }: ReadyDuty, opener: TimedFact, world: World): DatedLimit[] {
  if (rule.clauses === undefined) return []
  const date = civilDateAt(opener.ms)
  const citations = cite(date)
  if (citations.length === 0) return []
  const limit = rule.limit === undefined ? undefined : limitOf(rule.limit, world, date)
  return [
    {
      start: opener,
      limit,
      citations,
      soft: false,
      qualitative: undefined,
      pack: undefined,
      exception: false,
    },
  ]
}

/** The text's number; where it gives none, the workdays that the agency has set, if it has. */
function numberOf({ value, unit, roll, valueSetting }: PackLimit, world: World): Limit | undefined {
  if (value !== null && unit !== null) return { value, unit, ...(roll === undefined ? {} : { roll }) }
  const set = valueSetting === undefined ? null : settingOf(world, valueSetting)
  return typeof set === 'number' ? { value: set, unit: 'workday' } : undefined
}

function dated(
  rule: DutyRule,
  { limit, citations, pack }: FixedLimit,
  opener: TimedFact,
  world: World,
): DatedLimit {
  return {
    start: anchorOf(rule, limit.from, opener, world),
    limit: numberOf(limit, world),
    citations,
    soft: limit.soft === true,
    qualitative: limit.qualitative,
    pack,
    exception: false,
  }
}

/** The fact at which a pack's period begins. Facts tied to a step or a thing must be tied to the opener's. */
function anchorOf(rule: DutyRule, from: string, opener: TimedFact, world: World): TimedFact | undefined {
  const anchor = rule.anchors[from]
  if (anchor === undefined) return opener
  for (const one of Array.isArray(anchor) ? anchor : [anchor]) {
    const found = anchored(rule, one, opener, world)
    if (found !== undefined) return found
  }
  return undefined
}

const isFor = (fact: TimedFact, opener: TimedFact): boolean =>
  fact.ms >= opener.ms && (fact.about === undefined || fact.about === opener.ref)

function anchored(rule: DutyRule, anchor: OneAnchor, opener: TimedFact, world: World): TimedFact | undefined {
  if (anchor === 'opener') return opener
  if ('kind' in anchor) {
    const own = allMatching(world, anchor).filter((f) => !rule.each || isFor(f, opener))
    return rule.each ? own[0] : own.at(-1)
  }
  const at = opener.data?.[anchor.data]
  return typeof at === 'string' && !Number.isNaN(msOf(at)) ? { ...opener, at, ms: msOf(at) } : undefined
}

/** An exception names its reasons, by code and label, or takes any reason that is stated. */
function admits(entry: unknown, reason: string): boolean {
  const field = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  if (field(entry, 'anyReason') === true) return true
  const reasons = field(entry, 'reasons')
  return (
    Array.isArray(reasons) &&
    reasons.some((r: unknown) => field(r, 'code') === reason || field(r, 'label') === reason)
  )
}

/** Exceptions that the same pack grants, if a reason that it admits is registered (A2). */
export function exceptionsFor(
  { rule, exceptions }: ReadyDuty,
  opener: TimedFact,
  world: World,
): DatedLimit[] {
  const reason = rule.exceptionReason === undefined ? undefined : opener.data?.[rule.exceptionReason]
  if (typeof reason !== 'string' || reason === '') return []
  return exceptions
    .filter(({ entry }) => admits(entry, reason))
    .map((fixed) => ({ ...dated(rule, fixed, opener, world), exception: true }))
}
