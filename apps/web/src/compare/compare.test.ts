import fc from 'fast-check'
import type { Field } from '@liuhen/law/document-definition'
import { expect, test } from 'vitest'
import { changedBy, differencesOf } from './differences.ts'
import { joinRows } from './join-rows.ts'
import { textPieces } from './pieces.ts'
import { hunksOf, rowChanges } from './rows.ts'

const text = (kinds: readonly string[]) => (before: string, after: string) =>
  textPieces(before, after)
    .filter((p) => kinds.includes(p.kind))
    .map((p) => p.text)
    .join('')

test('the pieces of a comparison are the two texts, whatever they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      expect(text(['same', 'gone'])(a, b)).toBe(a)
      expect(text(['same', 'new'])(a, b)).toBe(b)
    }),
  )
})

test('only the words that differ are marked', () => {
  expect(
    textPieces('当事人经营面积三十平方米', '当事人经营面积四十平方米').filter((p) => p.kind !== 'same'),
  ).toEqual([
    { kind: 'gone', text: '三十' },
    { kind: 'new', text: '四十' },
  ])
})

const row = (q: string, a = '') => ({ q, a })
const base = [row('甲'), row('乙'), row('丙')]

test('lines that were changed, put in and taken out are told, and runs that are the same are counted', () => {
  const after = [row('甲'), row('乙', '答'), row('丙'), row('丁')]
  expect(rowChanges(base, after)).toEqual([
    { kind: 'same', count: 1 },
    { kind: 'line', n: 2, before: row('乙'), after: row('乙', '答') },
    { kind: 'same', count: 1 },
    { kind: 'line', n: 4, after: row('丁') },
  ])
  expect(rowChanges(base, [row('乙'), row('丙')])[0]).toEqual({ kind: 'line', n: 1, before: row('甲') })
})

test('when a line was typed makes no difference', () => {
  expect(rowChanges([row('甲')], [{ ...row('甲'), at: '2026-03-10T09:00:00+08:00' }])).toEqual([
    { kind: 'same', count: 1 },
  ])
})

test('what each of two people did to a list stands in both their list', () => {
  const mine = [row('甲', '我答'), row('乙'), row('丙'), row('丁')]
  const theirs = [row('甲'), row('乙', '她答'), row('戊')]
  expect(joinRows(base, mine, theirs)).toEqual([row('甲', '我答'), row('乙', '她答'), row('戊'), row('丁')])
})

test('where both changed the same line, both versions stand there', () => {
  expect(
    joinRows(base, [row('甲', '一'), row('乙'), row('丙')], [row('甲', '二'), row('乙'), row('丙')]),
  ).toEqual([row('甲', '二'), row('甲', '一'), row('乙'), row('丙')])
})

const rows = fc.array(
  fc.constantFrom('甲', '乙', '丙', '丁').map((q) => row(q)),
  { maxLength: 8 },
)
test('nothing that one of them wrote is lost, and hunks are the two lists', () => {
  fc.assert(
    fc.property(rows, rows, (mine, theirs) => {
      const hunks = hunksOf(theirs, mine)
      expect(hunks.flatMap((h) => [...h.both, ...h.before])).toEqual(theirs)
      expect(hunks.flatMap((h) => [...h.both, ...h.after])).toEqual(mine)
      const joined = joinRows(undefined, mine, theirs).map((r) => r.q)
      for (const { q } of [...mine, ...theirs]) expect(joined).toContain(q)
    }),
  )
})

const field = (id: string): Field => ({
  id,
  label: id,
  kind: 'text',
  max: 10,
  required: false,
  requiredBy: [],
  compartment: 'internal',
})

test('fields that differ are told in the order of the form; absent and empty are the same', () => {
  const fields = ['a', 'b', 'c'].map(field)
  const found = differencesOf(fields, { a: '1', c: '' }, { a: '1', b: '2' })
  expect(found).toMatchObject([{ field: { id: 'b' }, before: undefined, after: '2' }])
})

test('who changed a field is told by what both had before', () => {
  const fields = ['a', 'b', 'c'].map(field)
  const found = differencesOf(fields, { a: '0', b: '2', c: '3' }, { a: '1', b: '0', c: '4' })
  expect(found.map((d) => changedBy(d, { a: '0', b: '0', c: '0' }))).toEqual(['mine', 'theirs', 'both'])
  expect(found.map((d) => changedBy(d, undefined))).toEqual(['both', 'both', 'both'])
})
