import type { NumberRow } from '@liuhen/api/routes/numbers'
import { civilDateOf } from '@liuhen/law/civil-date'
import { csvOf } from '../tables/table.ts'

const COLUMNS: readonly (readonly [string, (r: NumberRow) => string])[] = [
  ['文号', (r) => r.number],
  ['文种字', (r) => r.word],
  ['年份', (r) => String(r.year)],
  ['序号', (r) => String(r.seq)],
  ['文书', (r) => r.name ?? ''],
  ['案号', (r) => r.caseNo ?? ''],
  ['状态', (r) => r.stateName],
  ['作废、交回的理由', (r) => r.reason ?? ''],
  ['领用人', (r) => r.holder ?? ''],
  ['日期', (r) => civilDateOf(r.at)],
]

/** The register of numbers as a table. A list that was cut says so itself. */
export const numbersCsv = (rows: readonly NumberRow[], cut: boolean): string => {
  const rest = `未完：只导出了 ${rows.length} 个号码，请按文种字、年份分次导出。`
  const lines = rows.map((r) => COLUMNS.map(([, of]) => of(r)))
  return csvOf({ head: COLUMNS.map(([name]) => name), rows: cut ? [...lines, [rest]] : lines })
}
