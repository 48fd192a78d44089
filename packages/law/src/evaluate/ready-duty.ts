import { citeClause } from '../citation.ts'
import { citing, paramOf } from '../combine.ts'
import type { Citing, CaseLaw } from '../combine.ts'
import type { Citation } from '../evaluation.ts'
import { PackLimit } from '../schema/limit.ts'
import type { DutyRule } from '../schema/procedure.ts'
import { readyWhether } from './check-condition.ts'
import type { Whether } from './check-condition.ts'
import { once } from './found.ts'
import { soughtIn } from './sought.ts'
import type { Sought } from './sought.ts'
import type { World } from './world.ts'

/** A period that a pack fixes, with the clause that fixes it. `entry` is the parameter as it is written. */
export type FixedLimit = Readonly<{
  limit: PackLimit
  citations: readonly Citation[]
  pack: string
  entry: unknown
}>

/** A duty made ready for asking under one law. */
export type ReadyDuty = Readonly<{
  rule: DutyRule
  opens: readonly Sought[]
  when: Whether | undefined
  while: Whether | undefined
  closesIf: Whether | undefined
  lapses: readonly Sought[]
  closes: readonly Sought[]
  orCloses: readonly Readonly<{ on: readonly Sought[]; unless: readonly Sought[]; cite: Citing }>[]
  /** All facts of `orCloses`. */
  otherwise: readonly Sought[]
  /** The rule's own clauses. */
  cite: Citing
  /** What each pack of the case that fixes the parameter says. */
  fixed: readonly FixedLimit[]
  /** The exceptions that the same packs grant. */
  exceptions: readonly FixedLimit[]
  /** Of all that opens it only the day counts, unless an exception is granted. */
  ofDay: boolean
}>

/** `upload` holds base and exceptions; every other path names the limit itself. */
const base = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'base' in value ? value.base : stripped(value)

/** Parameters may carry more than a limit (a document, a list of fields); only the limit is read here. */
function stripped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const keys = Object.keys(PackLimit.shape)
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)))
}

function fixedBy(
  { pack, clauses }: CaseLaw['packs'][number],
  entry: unknown,
  part: (value: unknown) => unknown,
): FixedLimit[] {
  if (typeof entry !== 'object' || entry === null) return []
  const limit = PackLimit.safeParse(part(entry)).data
  if (limit === undefined) return []
  const clause = clauses.get(limit.clause)
  const citations = clause === undefined ? [] : [citeClause(clause, pack.title, pack.layer)]
  return [{ limit, citations, pack: pack.id, entry }]
}

const fixedIn = (caseLaw: CaseLaw, { param }: DutyRule): FixedLimit[] =>
  param === undefined ? [] : paramOf(caseLaw, param).flatMap(({ pack, value }) => fixedBy(pack, value, base))

const exceptionsIn = (caseLaw: CaseLaw, { param }: DutyRule): FixedLimit[] =>
  param === undefined
    ? []
    : paramOf(caseLaw, `${param.split('.')[0]}.exceptions`).flatMap(({ pack, value }) =>
        (Array.isArray(value) ? value : []).flatMap((entry: unknown) => fixedBy(pack, entry, stripped)),
      )

/** Whole days that run from the opening fact itself, and nothing that is told later moves. */
const isOfDay = ({ limit, anchors, grants, extends: more, pauses }: DutyRule, fixed: readonly FixedLimit[]) =>
  (limit === undefined || 'fixed' in limit || ('unit' in limit && limit.unit !== 'hour')) &&
  fixed.every((one) => (anchors[one.limit.from] ?? 'opener') === 'opener' && one.limit.unit !== 'hour') &&
  grants === undefined &&
  more.length === 0 &&
  pauses.length === 0

function makeReady(rule: DutyRule, law: Pick<World, 'asking' | 'caseLaw'>): ReadyDuty {
  const { caseLaw } = law
  const fixed = fixedIn(caseLaw, rule)
  return {
    rule,
    opens: soughtIn(rule.opens),
    when: rule.when === undefined ? undefined : readyWhether(rule.when, law),
    while: rule.while === undefined ? undefined : readyWhether(rule.while, law),
    closesIf: rule.closesIf === undefined ? undefined : readyWhether(rule.closesIf, law),
    lapses: soughtIn(rule.lapses),
    closes: soughtIn(rule.closes),
    orCloses: rule.orCloses.map((other) => ({
      on: soughtIn(other.with),
      unless: soughtIn(other.unless),
      cite: citing(caseLaw, other.clauses),
    })),
    otherwise: rule.orCloses.flatMap((other) => soughtIn(other.with)),
    cite: citing(caseLaw, rule.clauses ?? []),
    fixed,
    exceptions: exceptionsIn(caseLaw, rule),
    ofDay: isOfDay(rule, fixed),
  }
}

export const readyDuty = (rule: DutyRule, law: Pick<World, 'asking' | 'caseLaw'>): ReadyDuty =>
  once(law.asking.readyDuties, rule, () => makeReady(rule, law))
