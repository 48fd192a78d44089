import { paramOf, provisionAt } from '../combine.ts'
import type { Condition, RuleLimit } from '../schema/condition.ts'
import { Limit } from '../schema/limit.ts'
import type { FixedDay } from '../schema/limit.ts'
import { computeLimit } from '../time-limit.ts'
import type { NationalProvision } from '../schema/provision.ts'
import { no, when, yes } from './check.ts'
import type { Check } from './check.ts'
import { isPast, lawDay } from './clock.ts'
import { once } from './found.ts'
import { lastMatching } from './match.ts'
import { settingOf } from './settings.ts'
import type { World } from './world.ts'

const DAYS = { hour: 1 / 24, day: 1, workday: 1.4, month: 30, year: 365 }

/** What the packs of the case fix as a period; roughly compared, since their units may differ. */
function shortestOf(path: string, world: World): Limit | undefined {
  const fixed = paramOf(world.caseLaw, path).flatMap(({ value }) => {
    const unit: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'unit') : null
    const days: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'value') : null
    const limit = Limit.safeParse({ value: days, unit })
    return limit.success ? [limit.data] : []
  })
  return fixed.toSorted((a, b) => a.value * DAYS[a.unit] - b.value * DAYS[b.unit])[0]
}

/** The number behind a rule's limit on a date; undefined where the provision is not in force. */
export function limitOf(rule: RuleLimit, world: World, date?: string): Limit | FixedDay | undefined {
  if ('fixed' in rule) return rule
  if ('setting' in rule) {
    const set = settingOf(world, rule.setting)
    return typeof set === 'number' ? { value: set, unit: rule.unit } : undefined
  }
  if ('param' in rule) return shortestOf(rule.param, world)
  if ('of' in rule) {
    const value = lastMatching(world, rule.of)?.data?.[rule.data]
    if (typeof value !== 'number') return undefined
    return { value, unit: rule.unit, ...(rule.roll === undefined ? {} : { roll: rule.roll }) }
  }
  if ('unit' in rule) return rule
  const values = provisionAt(world.caseLaw, rule.provision, date ?? lawDay(world.clock))?.values
  return values === undefined ? undefined : limitIn(values, rule.value)
}

type Values = NationalProvision['values']

const read = new WeakMap<Values, Map<string, Limit | null>>()

/** What a provision says does not change, so it is read once. */
function limitIn(values: Values, key: string): Limit | undefined {
  const known = read.get(values) ?? new Map<string, Limit | null>()
  read.set(values, known)
  return once(known, key, () => Limit.safeParse(values[key]).data ?? null) ?? undefined
}

/** Whether the period since the latest such fact is over. */
export function checkElapsed(condition: Extract<Condition, { op: 'elapsed' }>, world: World): Check {
  const since = lastMatching(world, condition.elapsed)
  const limit = limitOf(condition.limit, world)
  if (limit === undefined) return yes
  if (since === undefined) return no()
  const computed = computeLimit(since.at, limit, world.caseLaw.law.calendar)
  if (!computed.ok) return no({ year: computed.year })
  return when(isPast(world.clock, computed.dueMs), { until: computed.due.slice(0, 10) })
}
