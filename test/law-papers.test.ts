import { expect, it } from 'vitest'
import { carriesOut } from '@liuhen/law/combine'
import type { Condition } from '@liuhen/law/schema/condition'
import type { FactPattern } from '@liuhen/law/schema/fact-pattern'
import { patternsIn } from '@liuhen/law/schema/fact-pattern'
import type { Procedure } from '@liuhen/law/schema/procedure'
import { definitionIds } from './fixtures/load-definitions.ts'
import { realLaw } from './law/real-law.ts'

/** What can come about in a case: the papers that its steps offer, its steps and its events. */
type Offered = Readonly<Record<'document' | 'step' | 'event', ReadonlySet<string>>>

const offeredIn = (p: Procedure): Offered => ({
  document: new Set(p.steps.flatMap((s) => s.documents.map((d) => d.type))),
  step: new Set(p.steps.map((s) => s.id)),
  event: new Set(p.events.map((e) => e.name)),
})

const namesIn = (words: string | readonly string[]): string[] => [words].flat().flatMap((w) => w.split('|'))

const canHappen = ({ kind, name }: FactPattern, offered: Offered): boolean =>
  kind === 'recording' || namesIn(name).some((one) => one === '*' || offered[kind].has(one))

const papersIn = (pattern: FactPattern, offered: Offered): string[] =>
  pattern.kind !== 'document' || canHappen(pattern, offered) ? [] : [namesIn(pattern.name).join('|')]

/** Whether the condition may come to hold in such a case at all. */
function canBe(condition: Condition | undefined, offered: Offered, p: Procedure): boolean {
  switch (condition?.op) {
    case 'all':
      return condition.all.every((one) => canBe(one, offered, p))
    case 'any':
      return condition.any.some((one) => canBe(one, offered, p))
    case 'act':
      return carriesOut(p, condition.act)
    case 'not':
      return condition.not.op !== 'act' || !carriesOut(p, condition.not.act)
    case 'step':
      return offered.step.has(condition.step)
    case 'document':
      return canHappen({ kind: 'document', name: condition.document }, offered)
    case 'fact':
      return canHappen(condition.fact, offered)
    case 'data':
      return condition.fact === undefined || canHappen(condition.fact, offered)
    default:
      return true
  }
}

/** The papers that the condition asks for and that nobody can write. Of alternatives one is enough; what must not be is not asked for. */
function wanting(condition: Condition, offered: Offered): string[] {
  switch (condition.op) {
    case 'all':
      return condition.all.flatMap((one) => wanting(one, offered))
    case 'any': {
      const each = condition.any.map((one) => wanting(one, offered))
      return each.some((one) => one.length === 0) ? [] : each.flat()
    }
    case 'not':
      return []
    case 'document':
      return papersIn({ kind: 'document', name: condition.document }, offered)
    case 'each':
      return canHappen(condition.each, offered) ? papersIn(condition.has, offered) : []
    case 'fact':
      return papersIn(condition.fact, offered)
    case 'data':
    case 'filled':
    case 'listed':
    case 'among':
    case 'passed':
      return condition.fact === undefined || isAbsence(condition) ? [] : papersIn(condition.fact, offered)
    case 'elapsed':
      return papersIn(condition.elapsed, offered)
    default:
      return []
  }
}

const isAbsence = (condition: Condition): boolean => condition.op === 'data' && condition.present === false

/** `procedure: rule → paper`, for every paper that a rule of the procedure waits for and no step of it offers. */
function unofferedPapers(p: Procedure): string[] {
  const offered = offeredIn(p)
  const gates = [
    ...p.steps.flatMap((s) => [...s.before, ...s.complete]),
    ...p.guards.filter((g) => patternsIn(g.on).some((on) => canHappen(on, offered))),
  ].filter((g) => canBe(g.when, offered, p))
  const duties = p.duties
    .filter((d) => patternsIn(d.opens).some((opens) => canHappen(opens, offered)))
    .filter((d) => canBe(d.when, offered, p) && canBe(d.while, offered, p))
    .filter((d) => !d.orCloses.some(({ with: other }) => canHappen(other, offered)))
  const found = [
    ...gates.flatMap((g) => wanting(g.needs, offered).map((paper) => `${p.id}: ${g.code} → ${paper}`)),
    ...duties.flatMap((d) => papersIn(d.closes, offered).map((paper) => `${p.id}: ${d.id} → ${paper}`)),
  ]
  return [...new Set(found)].toSorted()
}

it('waits for no paper that no step of the procedure offers', () => {
  const found = realLaw().procedures.flatMap(unofferedPapers)
  expect(found).toEqual([])
})

it('misses a paper whose step is taken away', () => {
  const whole = realLaw().procedures.find((p) => p.id === 'penalty-ordinary')
  if (whole === undefined) throw new Error('no ordinary penalty')
  const without = { ...whole, steps: whole.steps.filter((s) => s.id !== 'drafting') }
  expect(unofferedPapers(whole)).toEqual([])
  expect(unofferedPapers(without)).toContain(
    'penalty-ordinary: drafting-unrecorded → decision-drafting-record',
  )
})

it('an event takes what a paper says from a field that the paper has', () => {
  const { procedures, documents } = realLaw()
  const fields = new Set(
    [...documents.values()]
      .flat()
      .flatMap((d) => d.sections.flatMap((s) => s.fields.map((f) => `${d.id}.${f.id}`))),
  )
  const taken = procedures.flatMap((p) =>
    p.events.flatMap((e) =>
      Object.values(e.data).flatMap((datum) => (typeof datum === 'string' ? [] : (datum.fromPaper ?? []))),
    ),
  )
  expect(taken.length).toBeGreaterThan(0)
  expect(taken.filter((path) => !fields.has(path))).toEqual([])
})

it('offers every paper in a step of some procedure, so that somebody can make it', () => {
  const offered = new Set(
    realLaw().procedures.flatMap((p) => p.steps.flatMap((s) => s.documents.map((d) => d.type))),
  )
  expect(definitionIds().filter((id) => !offered.has(id))).toEqual([])
})
