import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { isRefused, judge } from './evaluate.ts'
import { Fact } from './fact.ts'
import { recordOf } from './law-evaluate.ts'
import { Timeline } from './schema/timeline.ts'

const law = realLaw()
const file = new URL('../../../vectors/timelines/zoumaling-whole-case.json', import.meta.url)
const whole = recordOf(Timeline.parse(JSON.parse(readFileSync(file, 'utf8'))))

const DAY_MS = 86_400_000
const START = Date.parse('2026-03-02T01:00:00Z')

/** How long a thing took is another matter: here it begins and ends at once. */
const moments = whole.facts.map((fact) =>
  Fact.parse(Object.fromEntries(Object.entries(fact).filter(([key]) => key !== 'from' && key !== 'to'))),
)
const onDay = (fact: Fact, n: number): Fact => ({ ...fact, at: new Date(START + n * DAY_MS).toISOString() })

/** Everything is tried in this order, again and again, until the law lets nothing more happen. */
function whatHappens(attempts: readonly Fact[]): Fact[] {
  const happened: Fact[] = []
  let waiting = attempts
  for (let before = -1; before !== happened.length; ) {
    before = happened.length
    waiting = waiting.filter((attempt) => {
      const fact = onDay(attempt, happened.length)
      const reasons = judge({ ...whole, facts: happened }, fact, law, fact.at)
      if (!isRefused(reasons)) happened.push(fact)
      return isRefused(reasons)
    })
  }
  return happened
}

/** A paper that was served had been issued. */
const REACHED: Readonly<Record<string, readonly string[]>> = { issued: ['issued', 'served'] }

const placeOf = (facts: readonly Fact[], name: string, state: string | undefined): number =>
  facts.findIndex(
    (f) => f.name === name && (state === undefined || (REACHED[state] ?? [state]).includes(f.state ?? '')),
  )

/** What must have happened before what, in the words of 行政处罚法, not of our rules. */
const BEFORE: readonly (readonly [string, string | undefined, string, string | undefined])[] = [
  ['investigation-report', 'issued', 'legal-review-opinion', 'issued'],
  ['penalty-advance-notice', 'served', 'penalty-decision', 'issued'],
  ['investigation-report', 'issued', 'penalty-decision', 'issued'],
  ['legal-review-opinion', 'issued', 'penalty-decision', 'issued'],
  ['deliberation-record', 'issued', 'penalty-decision', 'issued'],
  ['penalty-decision', 'issued', 'service', 'done'],
  ['penalty-decision', 'issued', 'disclosure-published', undefined],
  ['closing', 'done', 'case-archived', undefined],
  ['case-file', 'done', 'case-archived', undefined],
]

const lawless = (facts: readonly Fact[]): string[] =>
  BEFORE.flatMap(([first, firstState, then, thenState]) => {
    const later = placeOf(facts, then, thenState)
    const earlier = placeOf(facts, first, firstState)
    return later >= 0 && (earlier < 0 || earlier > later) ? [`${then} without ${first}`] : []
  })

describe('whatever is tried, in whatever order', () => {
  it('reaches the archive when it is tried as the law has it', () => {
    const facts = whatHappens(moments)
    expect(placeOf(facts, 'case-archived', undefined)).toBeGreaterThan(0)
    expect(lawless(facts)).toEqual([])
  })

  it('pen-44 pen-57 pen-58 pen-62: no decision happens without its gates, and nothing after it without it', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(moments, { minLength: moments.length - 4 }), (attempts) => {
        expect(lawless(whatHappens(attempts))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('would be seen here: a decision put before its notice is lawless', () => {
    const facts = whatHappens(moments)
    const decision = placeOf(facts, 'penalty-decision', 'issued')
    const early = [...facts.slice(decision, decision + 1), ...facts]
    expect(lawless(early)).toContain('penalty-decision without penalty-advance-notice')
  })
})
