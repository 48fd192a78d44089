import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lawCases } from '../../../test/law/law-cases.ts'
import { realLaw } from '../../../test/law/real-law.ts'
import { caseOf, day, event, throughNotice } from '../../../test/law/timeline.ts'
import { ask, evaluate, judge, prepare, weigh } from './evaluate.ts'
import type { CaseRecord } from './evaluate.ts'
import type { Evaluation } from './evaluation.ts'
import { recordOf } from './law-evaluate.ts'
import { caseRecordOf } from './run-case.ts'
import { Timeline } from './schema/timeline.ts'

const law = realLaw()
const DAY_MS = 86_400_000
const file = new URL('../../../vectors/timelines/zoumaling-whole-case.json', import.meta.url)
const whole = recordOf(Timeline.parse(JSON.parse(readFileSync(file, 'utf8'))))
const examples = lawCases().map(({ one, pack }) => caseRecordOf(one, pack, law))

const instant = (ms: number): string => new Date(ms).toISOString()
const lastOf = ({ facts, startedAt }: CaseRecord): string => facts.at(-1)?.at ?? startedAt

/** Moments at which an answer may change: what happened, last days, and changes of the law. */
function edgesOf(record: CaseRecord): number[] {
  const { duties } = evaluate(record, law, lastOf(record))
  const said = [
    ...record.facts.flatMap(({ at, from, to }) => [at, from ?? at, to ?? at]),
    ...duties.flatMap(({ due }) => due ?? []),
    ...law.provisions.map(({ effectiveFrom }) => `${effectiveFrom}T00:00:00+08:00`),
    ...law.documents.map(({ effectiveFrom }) => `${effectiveFrom}T00:00:00+08:00`),
  ]
  return [...new Set(said.map((at) => Date.parse(at)))].filter((ms) => !Number.isNaN(ms))
}

/** On both sides of edges, and days, months and years after what happened last, in any order. */
const momentsOf = (record: CaseRecord) => {
  const edges = fc.constantFrom(...edgesOf(record))
  const beside = fc.tuple(edges, fc.constantFrom(-1, 0, 1, 1000, DAY_MS)).map(([edge, ms]) => edge + ms)
  const later = fc.nat(900 * DAY_MS).map((ms) => Date.parse(lastOf(record)) + ms)
  return fc.array(fc.oneof(beside, later).map(instant), { minLength: 2, maxLength: 8 })
}

const record = fc.oneof(
  fc.constantFrom(...examples),
  fc.subarray([...whole.facts], { minLength: 5 }).map((facts) => ({ ...whole, facts })),
)
const asked = record.chain((r) => fc.tuple(fc.constant(r), momentsOf(r)))

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) freeze(part)
  return Object.freeze(value)
}

const said = (answer: Evaluation): string => JSON.stringify(answer)

describe('a prepared case', () => {
  it('says at any moment, in any order of moments, what the case says that nobody has asked before', () => {
    fc.assert(
      fc.property(asked, ([of, moments]) => {
        const prepared = prepare(freeze(structuredClone(of)), law)
        // What was given out is shared: whoever writes into it, and be it the next answer, fails here.
        for (const now of moments) expect(said(freeze(ask(prepared, now)))).toBe(said(evaluate(of, law, now)))
      }),
      { numRuns: 100 },
    )
  })

  it('judges one more fact as the case that nobody has asked before, whatever was asked', () => {
    fc.assert(
      fc.property(asked, fc.constantFrom(...whole.facts), ([of, moments], fact) => {
        const prepared = prepare(of, law)
        for (const at of moments) {
          ask(prepared, at)
          const more = { ...fact, at }
          expect(weigh(prepared, more, at)).toEqual(judge(of, more, law, at))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is taken over', () => {
  const after = (days: number): string => instant(Date.parse(lastOf(whole)) + days * DAY_MS)

  it('takes no more room however often the case is asked and whatever is weighed', () => {
    const prepared = prepare({ ...whole, facts: whole.facts.slice(0, 20) }, law)
    const askUntil = (days: number) => {
      for (let day = 1; day < days; day += 1) {
        ask(prepared, after(day))
        weigh(prepared, event('case-archived', after(day)), after(day))
      }
      const found = Object.entries(prepared.last.stretch?.found ?? {})
      return found.map(([part, kept]) => [part, kept instanceof Map ? kept.size : 1])
    }
    expect(askUntil(600)).toEqual(askUntil(30))
  })

  it('is the whole answer while nothing changes, and what still holds of it afterwards', () => {
    const open = { ...whole, facts: whole.facts.slice(0, 20) }
    const prepared = prepare(open, law)
    const first = ask(prepared, lastOf(open))
    expect(ask(prepared, instant(Date.parse(lastOf(open)) + 1))).toBe(first)
    const later = ask(prepared, after(900))
    expect(said(later)).not.toBe(said(first))
    expect(later.duties.filter((duty) => first.duties.includes(duty)).length).toBeGreaterThan(0)
    expect(later.duties.filter((duty) => !first.duties.includes(duty)).length).toBeGreaterThan(0)
  })

  it('is no last day that comes later with each day on which a period stands still', () => {
    const away = event('crime-transferred', day('03-11'))
    const prepared = prepare(caseOf([...throughNotice.noticed, away]), law)
    const dues = ['04-11', '04-10', '04-12'].map(
      (on) => ask(prepared, day(on)).duties.find((duty) => duty.rule === 'decision')?.due,
    )
    expect(dues.map((due) => due?.slice(0, 10))).toEqual(['2026-07-02', '2026-07-01', '2026-07-03'])
  })

  it('is nothing once a fact that lay ahead has happened', () => {
    const ahead = { ...whole, facts: [...whole.facts, event('case-reopened', after(10))] }
    const prepared = prepare(ahead, law)
    const before = ask(prepared, after(9))
    expect(before.findings.map((f) => f.code)).toContain('fact-in-future')
    expect(ask(prepared, after(10)).findings.map((f) => f.code)).not.toContain('fact-in-future')
    expect(said(ask(prepared, after(9)))).toBe(said(before))
  })
})
