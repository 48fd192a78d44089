import { civilDateAt } from '../civil-date.ts'
import { documentAt, paramOf } from '../combine.ts'
import type { CaseLaw } from '../combine.ts'
import type { Condition, Item } from '../schema/condition.ts'
import type { Check, CheckFacts } from './check.ts'
import { allMatching, lastMatching } from './match.ts'
import { settingOf } from './settings.ts'
import type { TimedFact, World } from './world.ts'

type ElementCondition = Extract<Condition, { op: 'listed' | 'filled' }>

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

/** A parameter that lists elements: named things with a clause each, or words under one clause. */
export function itemsIn(value: unknown): Item[] {
  if (Array.isArray(value))
    return value.flatMap((one: unknown) => {
      const [code, label, clause] = [field(one, 'code'), field(one, 'label'), field(one, 'clause')]
      return typeof code === 'string' && typeof label === 'string' && typeof clause === 'string'
        ? [{ code, label, clause }]
        : []
    })
  const fields = field(value, 'fields')
  if (Array.isArray(fields)) return itemsIn(fields)
  const clause = field(value, 'clause')
  const words = field(value, 'items')
  if (typeof clause !== 'string' || !Array.isArray(words)) return []
  return words.flatMap((label: unknown) =>
    typeof label === 'string' ? [{ code: label, label, clause }] : [],
  )
}

const elementsOf = ({ items, param }: ElementCondition, caseLaw: CaseLaw): Item[] => [
  ...(items ?? []),
  ...(param === undefined ? [] : paramOf(caseLaw, param).flatMap(({ value }) => itemsIn(value))),
]

/** An element that no text of the case names is not asked for. */
export const bindsIn = ({ clause }: Item, { packs, national, law }: CaseLaw): boolean =>
  packs.some((p) => p.clauses.has(clause)) || (national && law.provisions.some((p) => p.id === clause))

const isFilled = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0)

const asList = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

const namedIn = (
  { listed, fact, across, or }: Extract<Condition, { op: 'listed' }>,
  data: Readonly<Record<string, unknown>>,
  world: World,
): unknown[] =>
  across === true && fact !== undefined
    ? allMatching(world, fact).flatMap((f) => asList(f.data?.[listed]))
    : [...asList(data[listed]), ...(or === undefined ? [] : asList(data[or]))]

/** The words that a parameter allows: its list, or the one that it names. */
export const wordsIn = (value: unknown): unknown[] =>
  ['items', 'to', 'said', 'causes'].flatMap((key) => asList(field(value, key)))

/** What the agency has set names none of these; it stands for no clause of its own. */
function outsideSetting(given: readonly unknown[], set: unknown): Check | undefined {
  const words = typeof set === 'string' ? set.split('、') : []
  if (words.some((word) => given.includes(word))) return undefined
  return {
    holds: false,
    facts: { given: given.join('、') || '未填', allowed: words.join('、') },
    clauses: [],
  }
}

/** A form keeps codes of its answers, an agency sets words: each code is also read as the word on the form of its day. */
function withLabels(
  given: readonly unknown[],
  key: string,
  fact: TimedFact | undefined,
  world: World,
): unknown[] {
  const form =
    fact?.kind === 'document' ? documentAt(world.caseLaw.law, fact.name, civilDateAt(fact.ms)) : undefined
  const asked = form?.sections.flatMap((s) => s.fields).find((f) => f.id === key)
  const options = asked !== undefined && 'options' in asked ? asked.options : []
  return [...given, ...options.filter((o) => given.includes(o.value)).map((o) => o.label)]
}

/** A value that some text of the case does not have in its list, with the clauses of those lists. */
export const outsider =
  ({ among, param, setting, fact: pattern }: Extract<Condition, { op: 'among' }>) =>
  (world: World): Check | undefined => {
    const fact = pattern === undefined ? world.subject : lastMatching(world, pattern)
    const given = asList(fact?.data?.[among])
    if (setting !== undefined)
      return outsideSetting(withLabels(given, among, fact, world), settingOf(world, setting))
    return param === undefined ? undefined : outsideParam(given, param, world.caseLaw)
  }

function outsideParam(given: readonly unknown[], param: string, caseLaw: CaseLaw): Check | undefined {
  const foreign = paramOf(caseLaw, param).filter(
    ({ value }) => !wordsIn(value).some((word) => given.includes(word)),
  )
  if (foreign.length === 0) return undefined
  const clauses = foreign.map(({ value }) => field(value, 'clause'))
  return {
    holds: false,
    facts: {
      given: given.length === 0 ? '未填' : given.join('、'),
      allowed: foreign.flatMap(({ value }) => wordsIn(value)).join('、'),
    },
    clauses: clauses.filter((c) => typeof c === 'string'),
  }
}

/** An element that several texts name is said once. */
function labelled(missing: readonly Item[]): CheckFacts {
  const labels = new Map(missing.map((m) => [m.code, m.label]))
  return { missing: [...labels.values()].join('、'), count: labels.size }
}

/** Elements that the fact does not have, with what to say of them and the clauses that name them. */
export function missingElements(
  condition: ElementCondition,
  caseLaw: CaseLaw,
): (world: World) => Check | undefined {
  const elements = elementsOf(condition, caseLaw).filter((item) => bindsIn(item, caseLaw))
  const nothing: Check = { ...lackingOf(elements), ofLaw: true }
  return (world) => {
    const fact = condition.fact === undefined ? world.subject : lastMatching(world, condition.fact)
    const data = fact?.data ?? {}
    const named = condition.op === 'listed' ? namedIn(condition, data, world) : []
    const missing = elements.filter(({ code, label }) =>
      condition.op === 'listed' ? !named.includes(code) && !named.includes(label) : !isFilled(data[code]),
    )
    if (missing.length === 0) return undefined
    return missing.length === elements.length ? nothing : lackingOf(missing)
  }
}

const lackingOf = (missing: readonly Item[]): Check => ({
  holds: false,
  facts: labelled(missing),
  clauses: [...new Set(missing.map((m) => m.clause))],
})
