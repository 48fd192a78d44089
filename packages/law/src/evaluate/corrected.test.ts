import { expect, it } from 'vitest'
import { asCorrected } from './document-state.ts'
import { timed } from './world.ts'
import type { Fact } from '../fact.ts'

const at = (hour: number): string => `2026-03-20T${String(hour).padStart(2, '0')}:00:00+08:00`
const paper = (ref: string, state: string, hour: number, rest: Partial<Fact> = {}): Fact => ({
  kind: 'document',
  name: 'decision',
  state,
  at: at(hour),
  ref,
  ...rest,
})
const record = [
  paper('d1', 'issued', 9, { data: { fine: '500000' } }),
  paper('d1', 'served', 10),
  paper('d2', 'issued', 11, { about: 'd1', corrects: true, data: { fine: '300000' } }),
  paper('d2', 'served', 12, { about: 'd1', corrects: true }),
  paper('d1', 'corrected', 13, { data: { by: 'd2' } }),
  paper('d3', 'issued', 14, { about: 'd2', corrects: true, data: { fine: '200000' } }),
  paper('d2', 'corrected', 15, { data: { by: 'd3' } }),
].map(timed)
const asOf = (hour: number) => asCorrected(record, Date.parse(at(hour)))
const fineOf = (facts: ReturnType<typeof asOf>) =>
  facts.filter((f) => f.name === 'decision' && f.state === 'issued').map((f) => f.data?.['fine'])

it('ft-29-2: until a correction has effect the earlier paper is in force; from then on the law reads what the correction says', () => {
  expect(fineOf(asOf(12))).toEqual(['500000'])
  expect(fineOf(asOf(13))).toEqual(['300000'])
  expect(fineOf(asOf(15))).toEqual(['200000'])
})
it('a correction is no second paper of its kind, and is found by what it is about', () => {
  const later = asOf(15)
  expect(later.filter((f) => f.name === 'decision').map((f) => [f.ref, f.state])).toEqual([
    ['d1', 'issued'],
    ['d1', 'served'],
    ['d1', 'corrected'],
    ['d2', 'corrected'],
  ])
  expect(later.filter((f) => f.about === 'd1' && f.state === 'served')).toHaveLength(1)
})
it('leaves a record without corrections as it is (negative control)', () => {
  const plain = record.filter((f) => f.corrects !== true)
  expect(asCorrected(plain, Date.parse(at(15)))).toBe(plain)
})
