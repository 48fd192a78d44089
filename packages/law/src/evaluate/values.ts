import { addDays, addMonths, instantOfMs, msOf } from '../civil-date.ts'
import { paramOf } from '../combine.ts'
import type { Comparison } from '../schema/condition.ts'
import type { Value } from '../schema/value.ts'
import { allMatching, lastMatching } from './match.ts'
import { settingOf } from './settings.ts'
import type { World } from './world.ts'

type Plain = string | number | boolean

const INSTANT = /^\d{4}-\d\d-\d\dT/
const DATE = /^\d{4}-\d\d-\d\d$/

/** A date stands for its first moment in China. */
const plain = (value: unknown): Plain | undefined => {
  if (typeof value === 'string' && INSTANT.test(value)) return msOf(value)
  if (typeof value === 'string' && DATE.test(value)) return msOf(`${value}T00:00:00+08:00`)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return undefined
}

/** Amounts of money are digits in forms. */
const numeric = (value: Plain | undefined): Plain | undefined =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value

type Scale = Readonly<{
  times?: number | undefined
  per?: Readonly<{ param: string; key: string }> | undefined
  round?: 'up' | 'down' | undefined
}>

/** The number under a key of a parameter, in the first pack that fixes it. */
function fixedBy({ param, key }: NonNullable<Scale['per']>, world: World): Plain | undefined {
  const value = paramOf(world.caseLaw, param)[0]?.value
  return typeof value === 'object' && value !== null ? plain(Reflect.get(value, key)) : undefined
}

function scaled(value: Plain | undefined, by: Scale, world: World): Plain | undefined {
  if (by.times === undefined && by.per === undefined) return value
  const number = numeric(value)
  if (typeof number !== 'number') return value
  const divisor = by.per === undefined ? 1 : fixedBy(by.per, world)
  if (typeof divisor !== 'number' || divisor === 0) return undefined
  const product = (number * (by.times ?? 1)) / divisor
  return by.round === 'up' ? Math.ceil(product) : by.round === 'down' ? Math.floor(product) : product
}

/** What stands in a parameter under `a.b`; the parameter itself where no key is given. */
const under = (value: unknown, key: string | undefined): unknown =>
  (key?.split('.') ?? []).reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  )

function timeOf(value: Extract<Value, { time: string }>, world: World): number | undefined {
  const fact = value.of === undefined ? world.subject : lastMatching(world, value.of)
  if (fact === undefined) return undefined
  const ms = value.time === 'at' ? fact.ms : value.time === 'from' ? fact.fromMs : fact.toMs
  if (value.plus === undefined) return ms
  if (value.plus.unit === 'hour') return ms + value.plus.value * 3_600_000
  const instant = instantOfMs(ms)
  const day = instant.slice(0, 10)
  const moved =
    value.plus.unit === 'month' ? addMonths(day, value.plus.value) : addDays(day, value.plus.value)
  return msOf(moved + instant.slice(10))
}

/** What a value comes to in this world; undefined where nothing is there to compare. */
export function valueIn(value: Value, world: World): Plain | undefined {
  if (typeof value !== 'object') return plain(value)
  if ('time' in value) return timeOf(value, world)
  if ('count' in value) {
    const facts = allMatching(world, value.count)
    const key = value.distinct
    return scaled(
      key === undefined ? facts.length : new Set(facts.map((f) => f.data?.[key])).size,
      value,
      world,
    )
  }
  if ('sum' in value) {
    const numbers = allMatching(world, value.of).map((f) => numeric(plain(f.data?.[value.sum])))
    return scaled(
      numbers.reduce<number>((sum, n) => sum + (typeof n === 'number' ? n : 0), 0),
      value,
      world,
    )
  }
  if ('setting' in value) return scaled(plain(settingOf(world, value.setting)), value, world)
  if ('param' in value) return plain(under(paramOf(world.caseLaw, value.param)[0]?.value, value.key))
  const fact = value.of === undefined ? world.subject : lastMatching(world, value.of)
  return scaled(plain(fact?.data?.[value.data]), value, world)
}

/** Numbers are compared as numbers; words only for being the same. */
export function compares(left: Plain | undefined, is: Comparison, right: Plain | undefined): boolean {
  if (left === undefined || right === undefined) return false
  if (is === '=') return left === right
  if (is === '!=') return left !== right
  const [a, b] = [numeric(left), numeric(right)]
  if (typeof a !== 'number' || typeof b !== 'number') return false
  if (is === '<') return a < b
  if (is === '<=') return a <= b
  return is === '>' ? a > b : a >= b
}
