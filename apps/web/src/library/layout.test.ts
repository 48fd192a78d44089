import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAt, layOut, partsFor, partsOf, shownBetween, topOfDay, topOfItem } from './layout.ts'

const sizes = { columns: 4, rowHeight: 100, headHeight: 40 }
const days = [
  { day: '2026-03-03', n: 5 },
  { day: '2026-03-02', n: 1 },
  { day: '2026-02-27', n: 9 },
]
const layout = layOut(days, sizes)

describe('a list that is laid out by days', () => {
  it('knows its height before anything is read', () => {
    expect(layout).toMatchObject({ height: 3 * 40 + 6 * 100, total: 15 })
  })

  it('shows only what lies in the window', () => {
    const shown = shownBetween(layout, sizes, 240, 380)
    expect(shown.heads).toEqual([{ day: '2026-03-02', n: 1, top: 240 }])
    expect(shown.items).toEqual([{ index: 5, top: 280, column: 0 }])
  })

  it('finds a day, the nearest earlier one where there is none, and an item', () => {
    expect(topOfDay(layout, '2026-03-02')).toBe(240)
    expect(topOfDay(layout, '2026-03-01')).toBe(380)
    expect(topOfDay(layout, '2020-01-01')).toBe(380)
    expect(topOfItem(layout, sizes, 14)).toBe(380 + 40 + 200)
    expect(dayAt(layout, 241)).toBe('2026-03-02')
  })

  it('finds the same in a list that begins with the earliest', () => {
    const rising = layOut(days.toReversed(), sizes)
    expect(topOfDay(rising, '2026-03-01')).toBe(topOfDay(rising, '2026-03-02'))
  })

  it('holds a window of any long list in few elements, each item once and where its day says', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(counts, fc.nat(1_000_000), (ns, y) => {
        const many = ns.map((n, i) => ({ day: `${3000 - i}-01-01`, n }))
        const long = layOut(many, sizes)
        const from = y % long.height
        const { items, heads } = shownBetween(long, sizes, from, from + 800)
        expect(items.length + heads.length).toBeLessThan(60)
        expect(new Set(items.map((i) => i.index)).size).toBe(items.length)
        for (const item of items) expect(topOfItem(long, sizes, item.index)).toBe(item.top)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the parts in which a list is read', () => {
  it('put short days together and cut long ones', () => {
    expect(partsOf(days, 8)).toEqual([
      { first: '2026-03-03', last: '2026-03-02', skip: 0, limit: 6, start: 0 },
      { first: '2026-02-27', last: '2026-02-27', skip: 0, limit: 8, start: 6 },
      { first: '2026-02-27', last: '2026-02-27', skip: 8, limit: 1, start: 14 },
    ])
  })

  it('hold every item once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 350 }), { maxLength: 40 }), (ns) => {
        const many = ns.map((n, i) => ({ day: `${3000 - i}-01-01`, n }))
        const total = ns.reduce((sum, n) => sum + n, 0)
        const parts = partsOf(many, 100)
        let next = 0
        for (const p of parts) {
          expect(p.start).toBe(next)
          next += p.limit
        }
        expect(next).toBe(total)
      }),
    )
  })

  it('are found by what is shown', () => {
    expect(partsFor(partsOf(days, 8), 5, 6).map((p) => p.start)).toEqual([0, 6])
  })
})
