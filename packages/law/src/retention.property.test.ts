import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { day, event } from '../../../test/law/timeline.ts'
import { groupOf, isProblem, selectLaw } from './combine.ts'
import { evaluate } from './evaluate.ts'
import type { Fact } from './fact.ts'
import { byLength, keepCaseFile, keepRecording } from './retention.ts'
import type { Keeping, RecordingToKeep } from './retention.ts'

const law = realLaw()
const ids = law.packs.map((p) => p.pack.id)
const under = (overlays: readonly string[]) => {
  const found = selectLaw(law, { base: 'national', overlays }, 'penalty-ordinary', day('01-05'))
  if (isProblem(found)) throw new Error(found.message)
  return found
}

const instant = fc
  .date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2026-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((d) => d.toISOString())
const situations = fc.subarray(
  ['penalty-evidence', 'obstruction', 'emergency-mass', 'objection-petition', 'coercive-measure', 'other'],
  { maxLength: 2 },
)
const settings = fc.record({
  'case-file-retention-years': fc.constantFrom(null, 5, 30, 'permanent'),
  'recording-retention-months': fc.constantFrom(null, 1, 36),
})
const item = fc.record({
  madeAt: instant,
  use: fc.constantFrom('evidence', 'ordinary'),
  situations,
  scenes: fc.subarray(['seal', 'obstruction', 'inspection', 'patrol'], { maxLength: 1 }),
  stages: fc.subarray(['investigation', 'execution']),
  decisionServed: fc.option(instant, { nil: null }),
})
const archivedAt = fc.option(instant, { nil: undefined })

type Asked = Readonly<{ item: Omit<RecordingToKeep, 'caseFile'>; archived: string | undefined }>

function keepings(
  packs: readonly string[],
  { item: asked, archived }: Asked,
  set: Parameters<typeof keepRecording>[2],
): readonly (Keeping | undefined)[] {
  const caseLaw = under(packs)
  const dates = archived === undefined ? undefined : { archivedAt: archived, closedAt: archived }
  const caseFile = dates === undefined ? undefined : keepCaseFile(caseLaw, dates, set)
  return [keepRecording(caseLaw, { ...asked, ...(caseFile && { caseFile }) }, set), caseFile]
}

const speaks = (id: string): boolean => groupOf(under([id]), 'retention').length > 0

describe('combined retention', () => {
  it('is never shorter than under any pack that applies', () => {
    fc.assert(
      fc.property(
        fc.subarray(ids, { minLength: 2 }),
        item,
        archivedAt,
        settings,
        (packs, asked, archived, set) => {
          const together = keepings(packs, { item: asked, archived }, set)
          for (const one of packs.filter(speaks))
            keepings([one], { item: asked, archived }, set).forEach((alone, index) => {
              const combined = together[index]
              if (alone !== undefined && combined !== undefined)
                expect(byLength(combined, alone)).toBeLessThanOrEqual(0)
            })
        },
      ),
      { numRuns: 300 },
    )
  })
  it('tells a shorter from a longer one', () => {
    const until = (keptThrough: string): Keeping => ({ rule: 'until', keptThrough, why: '', citations: [] })
    expect(byLength(until('2026-05-01'), until('2027-05-01'))).toBeGreaterThan(0)
    expect(byLength({ rule: 'open', why: '', citations: [] }, until('2027-05-01'))).toBeLessThan(0)
  })
})

/** What may be told of a recording afterwards by anybody, without an approval. */
const later: readonly Fact[] = [
  event('evidence-marked', day('05-01'), { about: 'v1' }),
  event('situation-marked', day('05-02'), { about: 'v1', data: { situation: 'obstruction' } }),
  event('objection-raised', day('05-03')),
  event('hold-placed', day('05-04'), { ref: 'h1', about: 'v1', data: { reason: '诉讼' } }),
  event('evidence-unmarked', day('05-05'), { about: 'v1', by: [{ personId: 'li', rank: 'handler' }] }),
  event('situation-withdrawn', day('05-06'), { about: 'v1', data: { withdrawn: 'obstruction' } }),
  { kind: 'document', name: 'penalty-decision', state: 'served', at: day('05-07'), ref: 'd2' },
]
const before: readonly Fact[] = [
  { kind: 'recording', name: 'inspection', state: 'made', at: day('03-04'), ref: 'v1', step: 'inspection' },
  { kind: 'document', name: 'penalty-decision', state: 'served', at: day('04-01'), ref: 'd1' },
  event('case-archived', day('04-20')),
]

describe('the date of a recording', () => {
  it('moves later by what is told of it afterwards, never earlier without an approval', () => {
    const keptWith = (pack: string, facts: readonly Fact[]): Keeping => {
      const selection = { base: pack, overlays: [] }
      const set = { 'case-file-retention-years': 10, 'recording-retention-months': 12 }
      const record = {
        procedure: 'penalty-ordinary',
        startedAt: day('03-01'),
        facts,
        selection,
        settings: set,
      }
      const found = evaluate(record, law, day('06-01')).keeping.find((k) => k.item === 'v1')
      if (found === undefined) throw new Error('the recording is not kept')
      return found
    }
    fc.assert(
      fc.property(fc.constantFrom(...ids.filter(speaks)), fc.subarray([...later]), (pack, added) => {
        added.reduce(
          (earlier, fact, index) => {
            const now = keptWith(pack, [...before, ...added.slice(0, index), fact])
            expect(byLength(now, earlier)).toBeLessThanOrEqual(0)
            return now
          },
          keptWith(pack, before),
        )
      }),
      { numRuns: 100 },
    )
  })
  it('moves earlier with an approval', () => {
    const marked = event('evidence-marked', day('05-01'), { about: 'v1' })
    const by = [{ personId: 'head', rank: 'unit-head' as const }]
    const unmarked = event('evidence-unmarked', day('05-05'), { about: 'v1', by })
    const ask = (facts: readonly Fact[]) =>
      evaluate(
        {
          procedure: 'penalty-ordinary',
          startedAt: day('03-01'),
          facts,
          selection: { base: 'changzhi-mzj', overlays: [] },
        },
        law,
        day('06-01'),
      ).keeping.find((k) => k.item === 'v1')?.rule
    expect(ask([...before, marked])).toBe('permanent')
    expect(ask([...before, marked, unmarked])).toBe('until')
  })
})
