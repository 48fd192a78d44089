import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import {
  again,
  clockAt,
  dayOf,
  hasCome,
  isPast,
  lawDay,
  momentOf,
  remembered,
  runningClock,
} from './clock.ts'
import type { Clock, Lasting } from './clock.ts'
import { sameLawAround } from './same-law.ts'

const at = (instant: string): number => Date.parse(`2026-${instant}+08:00`)
const NOON = at('03-02T12:00:00')
const SAME_LAW = { after: at('01-01T00:00:00') - 1, until: at('07-15T00:00:00') - 1 }
const clock = (ms = NOON): Clock => runningClock(ms, SAME_LAW)

/** The moments at which the answer to this question stays so. */
const lasts = (ask: (clock: Clock) => unknown) => {
  const one = clock()
  const found = again(undefined, one, () => ask(one))
  return [found.after, found.until]
}

describe('an answer lasts', () => {
  it('always, where nobody looked at the clock', () => expect(lasts(() => 1)).toEqual([-Infinity, Infinity]))
  it('from the limit that is over', () =>
    expect(lasts((c) => isPast(c, NOON - 5))).toEqual([NOON - 5, Infinity]))
  it('up to and with the limit that is not', () => {
    expect(lasts((c) => isPast(c, NOON + 5))).toEqual([-Infinity, NOON + 5])
    expect(lasts((c) => isPast(c, NOON))).toEqual([-Infinity, NOON])
  })
  it('until what lies ahead comes', () => {
    expect(lasts((c) => hasCome(c, NOON + 5))).toEqual([-Infinity, NOON + 4])
    expect(lasts((c) => hasCome(c, NOON))).toEqual([NOON - 1, Infinity])
  })
  it('always, where the limit cannot be read', () =>
    expect(lasts((c) => isPast(c, Number.NaN))).toEqual([-Infinity, Infinity]))
  it('as long as the law is the same', () =>
    expect(lasts((c) => lawDay(c))).toEqual([SAME_LAW.after, SAME_LAW.until]))
  it('for the day in China', () =>
    expect(lasts((c) => dayOf(c))).toEqual([at('03-02T00:00:00') - 1, at('03-03T00:00:00') - 1]))
  it('for the moment alone', () => expect(lasts((c) => momentOf(c))).toEqual([NOON - 1, NOON]))
  it('as short as the shortest of what it asks, found before or not', () => {
    const one = clock()
    const table = new Map<string, Lasting<boolean>>()
    const part = () => remembered(table, 'part', one, () => isPast(one, NOON + 5))
    part()
    const { after, until } = again(undefined, one, () => [isPast(one, NOON - 9), part()])
    expect([after, until]).toEqual([NOON - 9, NOON + 5])
  })
})

it('an answer is found anew once it no longer lasts, and not before', () => {
  const first = again(undefined, clock(), () => 'open')
  expect(again(first, clock(NOON + 9), () => 'overdue')).toBe(first)
  const one = clock()
  const open = again(undefined, one, () => isPast(one, NOON + 5))
  const [then, later] = [clock(NOON + 5), clock(NOON + 6)]
  expect(again(open, then, () => isPast(then, NOON + 5))).toBe(open)
  expect(again(open, later, () => isPast(later, NOON + 5)).value).toBe(true)
})

it('the clock of a fact stands still, so that what it shows never changes', () => {
  const still = clockAt(NOON)
  expect([lawDay(still), dayOf(still), momentOf(still)]).toEqual(['2026-03-02', '2026-03-02', NOON])
  expect(again(undefined, still, () => dayOf(still))).toMatchObject({ after: -Infinity, until: Infinity })
})

it('the law is the same up to the last millisecond before another version of a text is in force', () => {
  const law = realLaw()
  const from =
    law.provisions
      .map((p) => p.effectiveFrom)
      .toSorted()
      .at(-1) ?? ''
  const change = Date.parse(`${from}T00:00:00+08:00`)
  expect(sameLawAround(law, change - 1).until).toBe(change - 1)
  expect(sameLawAround(law, change).after).toBe(change - 1)
  expect(sameLawAround(law, Date.parse('1900-01-01')).after).toBe(-Infinity)
})
