import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import type { Table } from './table.ts'
import { xlsxOf } from './xlsx.ts'

const named = (...names: string[]): readonly string[] => {
  const tables = names.map((name): Table => ({ name, head: ['甲'], rows: [] }))
  const { 'xl/workbook.xml': book = new Uint8Array() } = unzipSync(xlsxOf(tables))
  return [...strFromU8(book).matchAll(/<sheet name="([^"]*)"/g)].map(([, name = '']) => name)
}

it('gives no two sheets one name, also where a given name looks like a counted one', () => {
  expect(named('借出', '借出 2', '借出', '借出')).toEqual(['借出', '借出 2', '借出 3', '借出 4'])
  expect(named('ABC', 'abc')).toEqual(['ABC', 'abc 2'])
})

it('keeps names as long as a spreadsheet takes, and apart where they begin alike', () => {
  const long = '执法音像记录设备领用归还维护保养报废更新登记台账二〇二六年度'
  const [first = '', second = ''] = named(`${long}上`, `${long}下`)
  expect(first).not.toBe(second)
  expect([first.length, second.length].every((n) => n <= 31)).toBe(true)
})
