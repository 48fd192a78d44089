import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { evaluate, isRefused, judge } from './evaluate.ts'
import type { CaseRecord } from './evaluate.ts'
import type { Fact } from './fact.ts'
import { recordOf } from './law-evaluate.ts'
import { Timeline } from './schema/timeline.ts'

const law = realLaw()
const file = new URL('../../../vectors/timelines/zoumaling-whole-case.json', import.meta.url)
const whole = recordOf(Timeline.parse(JSON.parse(readFileSync(file, 'utf8'))))
const now = '2026-06-30T09:00:00+08:00'

/** The same law before the calendar of the year was announced: one text's day is known, another's is not. */
const early: typeof law = {
  ...law,
  calendar: { ...law.calendar, years: new Set([...law.calendar.years].filter((year) => year < 2026)) },
}
const laws = fc.constantFrom(law, early)

const idsOf = (layer: 'base' | 'overlay'): string[] =>
  law.packs.filter((p) => p.pack.layer === layer).map((p) => p.pack.id)
const base = fc.constantFrom(...idsOf('base'))
const overlays = fc.subarray(idsOf('overlay'))
const under = (selection: CaseRecord['selection'], of: CaseRecord = whole): CaseRecord => ({
  ...of,
  selection,
})

describe('combining packs', () => {
  it('does not depend on the order in which overlays are chosen, nor on choosing one twice', () => {
    fc.assert(
      fc.property(base, overlays, (id, chosen) => {
        const once = evaluate(under({ base: id, overlays: chosen }), law, now)
        const again = evaluate(under({ base: id, overlays: [...chosen.toReversed(), ...chosen] }), law, now)
        expect(again).toEqual(once)
      }),
      { numRuns: 25 },
    )
  })

  it('comes to the same day, the same texts and the same later ones, whichever text is the base', () => {
    const any = fc.constantFrom(...law.packs.map((p) => p.pack.id))
    const national = fc.constantFrom('on' as const, 'off' as const)
    fc.assert(
      fc.property(any, any, national, laws, (a, b, on, of) => {
        const cited = (of: readonly { clause: string }[]): string[] => of.map((c) => c.clause).toSorted()
        const read = (id: string, other: string) =>
          evaluate(under({ base: id, overlays: [other], national: on }), of, now).duties.map((duty) => ({
            id: duty.id,
            due: duty.due,
            citations: cited(duty.citations),
            later: (duty.later ?? [])
              .map(({ due, citations }) => [due, ...cited(citations)].join(' '))
              .toSorted(),
          }))
        expect(read(a, b)).toEqual(read(b, a))
      }),
      { numRuns: 40 },
    )
  })

  it('names a text as one that gives more time only beside an earlier day that is known', () => {
    const ids = law.packs.map((p) => p.pack.id)
    const pairs = ids.flatMap((a, n) => ids.slice(n + 1).map((b) => ({ base: a, overlays: [b] })))
    let known = 0
    for (const selection of pairs)
      for (const { id, due, why, later } of evaluate(under(selection), early, now).duties) {
        if (due !== undefined && why.includes('工作日历尚未导入')) known += 1
        for (const more of later ?? [])
          if (more.due !== undefined)
            expect(due !== undefined && due < more.due, `${id} ${due} ${more.due}`).toBe(true)
      }
    expect(known, 'days that are known beside one that is not').toBeGreaterThan(0)
  })

  it('never gives a later last day than any pack that applies, by itself, would', () => {
    fc.assert(
      fc.property(base, overlays, laws, (id, chosen, of) => {
        const combined = new Map(
          evaluate(under({ base: id, overlays: chosen, national: 'off' }), of, now).duties.map((d) => [
            d.id,
            d,
          ]),
        )
        const alone = [
          { base: id, overlays: [], national: 'off' as const },
          ...chosen.map((o) => ({ base: 'national', overlays: [o], national: 'off' as const })),
        ]
        for (const selection of alone)
          for (const duty of evaluate(under(selection), of, now).duties) {
            if (duty.due === undefined) continue
            const together = combined.get(duty.id)
            expect(together, duty.id).toBeDefined()
            expect(
              together?.due !== undefined && together.due <= duty.due,
              `${duty.id} ${together?.due}`,
            ).toBe(true)
          }
      }),
      { numRuns: 25 },
    )
  })
})

describe('no decision without its gates', () => {
  const decision = whole.facts.find(
    (f) => f.kind === 'document' && f.name === 'penalty-decision' && f.state === 'issued',
  )
  const earlier = decision === undefined ? [] : whole.facts.slice(0, whole.facts.indexOf(decision))
  const isOf = (name: string, state: string) => (f: Fact) =>
    f.kind === 'document' && f.name === name && f.state === state
  const needed = [
    isOf('filing-approval', 'issued'),
    isOf('penalty-advance-notice', 'served'),
    isOf('legal-review-opinion', 'issued'),
    isOf('deliberation-record', 'issued'),
    isOf('penalty-decision', 'approved'),
  ]

  it('is allowed once everything that the law wants before it is there', () => {
    if (decision === undefined) throw new Error('the vector has a decision')
    expect(
      judge({ ...whole, facts: earlier }, decision, law, decision.at).filter((r) => r.effect === 'refuse'),
    ).toEqual([])
  })

  /** As somebody might try things: one after the other, each kept only if the law allows it when it is tried. */
  function tried(order: readonly Fact[], selection: CaseRecord['selection']): Fact[] {
    const kept: Fact[] = []
    order.forEach((fact, n) => {
      const at = `2026-03-${String(2 + Math.floor(n / 8)).padStart(2, '0')}T${String(9 + (n % 8)).padStart(2, '0')}:00:00+08:00`
      const { from: _from, to: _to, ...rest } = fact
      const now: Fact = { ...rest, at }
      if (!isRefused(judge(under(selection, { ...whole, facts: kept }), now, law, at))) kept.push(now)
    })
    return kept
  }

  it('stands in no record, in whatever order things were tried, unless every paper before it stands there earlier', () => {
    const order = fc.shuffledSubarray([...whole.facts], { minLength: whole.facts.length - 10 })
    fc.assert(
      fc.property(order, base, overlays, (facts, id, chosen) => {
        const kept = tried(facts, { base: id, overlays: chosen })
        const decided = kept.findIndex((f) => isOf('penalty-decision', 'issued')(f))
        if (decided < 0) return
        for (const paper of needed) expect(kept.slice(0, decided).some(paper)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('stands in the record when things are tried in their order', () => {
    const kept = tried(whole.facts, { base: 'zoumaling', overlays: [], national: 'off' })
    expect(kept.some(isOf('penalty-decision', 'issued'))).toBe(true)
  })
})
