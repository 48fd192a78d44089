import type { Field } from '@liuhen/law/document-definition'
import { expect, test } from 'vitest'
import { tableInText } from './pasted.ts'
import { rowsFromTable, withPasted } from './pasted-rows.ts'

const base = { required: false, requiredBy: [], compartment: 'internal' as const }
const things: Extract<Field, { kind: 'rows' }> = {
  ...base,
  id: 'items',
  label: '物品清单',
  kind: 'rows',
  min: 0,
  max: 200,
  columns: [
    { ...base, id: 'name', label: '名称', kind: 'text', max: 20 },
    { ...base, id: 'count', label: '数量', kind: 'integer', min: 0, max: 1000 },
    { ...base, id: 'price', label: '单价', kind: 'money' },
    { ...base, id: 'made', label: '生产日期', kind: 'date' },
    {
      ...base,
      id: 'state',
      label: '状况',
      kind: 'choice',
      options: [
        { value: 'new', label: '完好' },
        { value: 'old', label: '破损' },
      ],
    },
  ],
}
const words = { yes: '是', no: '否' }
const rows = (text: string, start = 'name') => rowsFromTable(things, tableInText(text), start, words)

test('a table out of Word or a spreadsheet becomes rows, each cell as its column keeps it', () => {
  expect(rows('高音喇叭\t2 台\t￥1,200.50\t2026年3月5日\t完好\r\n三轮车\t1\t300元\t\t破损\r\n')).toEqual([
    { name: '高音喇叭', count: 2, price: '120050', made: '2026-03-05', state: 'new' },
    { name: '三轮车', count: 1, price: '30000', state: 'old' },
  ])
})

test('a head line says where cells go, and is no row', () => {
  expect(rows('序号\t数量\t名称\n1\t3\t音箱')).toEqual([{ count: 3, name: '音箱' }])
})

test('without heads it begins in the column in which it was pasted', () => {
  expect(rows('3\t5.00\n4\t6.00', 'count')).toEqual([
    { count: 3, price: '500' },
    { count: 4, price: '600' },
  ])
})

test('what fits no column is left out', () => {
  expect(rows('音箱\t若干\t面议\t去年\t半新')).toEqual([{ name: '音箱' }])
})

test('pasting fills the row it is done in and puts the others behind it', () => {
  const before = [{ name: '甲' }, { name: '乙', made: '2026-01-01' }, { name: '丙' }]
  expect(withPasted(before, 1, [{ name: '丁' }, { name: '戊' }])).toEqual([
    { name: '甲' },
    { name: '丁', made: '2026-01-01' },
    { name: '戊' },
    { name: '丙' },
  ])
})
