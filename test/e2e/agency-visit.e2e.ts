import { afterEach, expect } from 'vitest'
import { DEMO_AGENCIES } from '../../apps/cli/src/demo/agencies.ts'
import { MATTERS } from '../../apps/cli/src/demo/matters.ts'
import { type Agency, callCrew, numberOf, openAgency } from './agency-visit-crew.ts'
import { carryToArchive, DEEDS } from './agency-visit-story.ts'
import { test } from './visit.ts'

/** Minutes each, so not in the ordinary suite: `LIUHEN_FULL=1` visits all, `LIUHEN_VISIT=4,5` those. */
const wanted = (number: number): boolean => {
  const only = process.env['LIUHEN_VISIT']
  if (only !== undefined) return only.split(',').includes(`${number}`)
  return process.env['LIUHEN_FULL'] === '1'
}

const cases = MATTERS.map(
  (m) => [DEMO_AGENCIES[numberOf(m) - 1]?.name ?? m.agency, m.title, m] as const,
).filter(([, , m]) => wanted(numberOf(m)))

test('each demonstration agency but the first has a matter to be visited with', () => {
  expect([...new Set(MATTERS.map(numberOf))].toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
})

let agency: Agency | undefined
afterEach(async () => {
  await agency?.stop()
  agency = undefined
})

test.for(cases)(
  '%s carries “%s” from its lead to the archive by what the screens say',
  // Some two hundred actions: on a machine that does other things, too, they take longer than any other test.
  { timeout: 1_800_000 },
  async ([, , matter], { visit }) => {
    agency = await openAgency(numberOf(matter))
    const v = await callCrew(visit, agency.url, { matter, deeds: DEEDS })
    const gone = await carryToArchive(v)
    expect(gone.at(-1)).toBe('归档')
    expect(gone.includes('公示')).toBe(matter.shownBy !== 'nobody')
    expect(v.warned).toEqual([])
    for (const { tried, said } of v.provoked)
      expect(
        said.filter((s) => !s.isWhole).length === 0 && said.length > 0,
        `${tried}：${JSON.stringify(said)}`,
      ).toBe(true)
    expect(v.bare).toEqual([])
    expect(v.untold).toEqual([])
  },
)
