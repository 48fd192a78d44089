import { paramOf } from '../combine.ts'
import type { Condition, Item } from '../schema/condition.ts'
import type { CheckFacts } from './check-condition.ts'
import { lastMatching } from './match.ts'
import type { World } from './world.ts'

type ElementCondition = Extract<Condition, { op: 'listed' | 'filled' }>

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

/** A parameter that lists elements: named things with a clause each, or words under one clause. */
function itemsIn(value: unknown): Item[] {
  if (Array.isArray(value))
    return value.flatMap((one: unknown) => {
      const [code, label, clause] = [field(one, 'code'), field(one, 'label'), field(one, 'clause')]
      return typeof code === 'string' && typeof label === 'string' && typeof clause === 'string'
        ? [{ code, label, clause }]
        : []
    })
  const clause = field(value, 'clause')
  const words = field(value, 'items')
  if (typeof clause !== 'string' || !Array.isArray(words)) return []
  return words.flatMap((label: unknown) =>
    typeof label === 'string' ? [{ code: label, label, clause }] : [],
  )
}

const elementsOf = ({ items, param }: ElementCondition, world: World): Item[] => [
  ...(items ?? []),
  ...(param === undefined ? [] : paramOf(world.caseLaw, param).flatMap(({ value }) => itemsIn(value))),
]

/** An element that no text of the case names is not asked for. */
const binds = ({ clause }: Item, world: World): boolean =>
  world.caseLaw.packs.some((p) => p.clauses.has(clause)) ||
  (world.caseLaw.national && world.caseLaw.law.provisions.some((p) => p.id === clause))

const isFilled = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0)

/** Elements that the fact does not have, with what to say of them and the clauses that name them. */
export function missingElements(
  condition: ElementCondition,
  world: World,
): Readonly<{ facts: CheckFacts; clauses: readonly string[] }> | undefined {
  const fact = condition.fact === undefined ? world.subject : lastMatching(world, condition.fact)
  const data = fact?.data ?? {}
  const list = condition.op === 'listed' ? data[condition.listed] : undefined
  const named = Array.isArray(list) ? list : []
  const has = ({ code, label }: Item): boolean =>
    condition.op === 'listed' ? named.includes(code) || named.includes(label) : isFilled(data[code])
  const missing = elementsOf(condition, world).filter((item) => binds(item, world) && !has(item))
  if (missing.length === 0) return undefined
  return {
    facts: { missing: missing.map((m) => m.label).join('、'), count: missing.length },
    clauses: [...new Set(missing.map((m) => m.clause))],
  }
}
