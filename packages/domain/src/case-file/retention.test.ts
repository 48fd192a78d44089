import type { Citation, KeptItem } from '@liuhen/law/evaluation'
import { expect, test } from 'vitest'
import { explainRetention } from './retention.ts'

const citation: Citation = {
  clause: 'nat-retention-8',
  cite: '国家档案局令第8号',
  duty: '',
  layer: 'national',
}
const national = { years: 30, citation }
const from = '2026-06-30'
const kept = (over: Partial<KeptItem>): KeptItem => ({
  item: 'case-file',
  rule: 'until',
  why: '依据走马岭第二十六条保存10年',
  citations: [],
  ...over,
})

test('zml-26-1: ten years give way to the longer national period, and both are named', () => {
  const told = explainRetention({ from, kept: kept({ keptThrough: '2036-06-30' }), national })
  expect(told).toMatchObject({ keptUntil: '2056-06-30', term: '30年' })
  expect(told.why).toMatch(/第二十六条.*10年.*令第8号30年.*取较长者/)
})

test('a longer period of the agency holds as it is', () => {
  const longer = kept({ keptThrough: '2066-06-30' })
  expect(explainRetention({ from, kept: longer, national })).toMatchObject({
    keptUntil: '2066-06-30',
    term: '40年',
  })
})

test('a period that does not begin with archiving is told by its last day', () => {
  const fromClosing = kept({ keptThrough: '2066-05-10' })
  expect(explainRetention({ from, kept: fromClosing, national }).term).toBe('至2066-05-10')
})

test('permanent has no last day', () => {
  const told = explainRetention({ from, kept: kept({ rule: 'permanent' }), national })
  expect(told).toEqual({ why: kept({}).why, term: '永久' })
})

test('what a text leaves open is not settled by the national period: it is the least', () => {
  const open = kept({ rule: 'open', why: '由管理员设定保存期限后方可处置' })
  const told = explainRetention({ from, kept: open, national })
  expect(told).toMatchObject({ keptUntil: '2056-06-30', term: '不少于30年' })
  expect(told.why).toContain('设定保存期限后方可处置')
})

test('a leap day ends on the last day of February and is not rolled to a workday', () => {
  const short = { ...national, years: 10 }
  expect(explainRetention({ from: '2028-02-29', national: short }).keptUntil).toBe('2038-02-28')
})
