import { bookTitle } from '@liuhen/law/article-ref'
import type { Field } from '@liuhen/law/document-definition'
import { printDate, printDatetime, printSecond } from './china-time.ts'
import { type FormData, isRecord } from './form-data.ts'

const text = (value: unknown): string => {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : ''
}

const records = (value: unknown): readonly FormData[] => (Array.isArray(value) ? value.filter(isRecord) : [])

const labelOf = (options: readonly Readonly<{ value: string; label: string }>[], value: unknown): string =>
  options.find((one) => one.value === value)?.label ?? text(value)

/** 500000 fen → 5,000.00元, from its digits. */
const yuan = (fen: string): string => {
  if (!/^\d+$/.test(fen)) return fen
  const digits = fen.padStart(3, '0')
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}元`
}

const articleOf = (row: FormData): string => `${bookTitle(text(row['title']))}${text(row['article'])}`

/** A value in words, as one compares it with another of the same field; '' where there is nothing. */
export function sayValue(field: Field, value: unknown): string {
  switch (field.kind) {
    case 'date':
      return text(value) === '' ? '' : printDate(text(value))
    case 'datetime':
      return text(value) === '' ? '' : printDatetime(text(value))
    case 'money':
      return text(value) === '' ? '' : yuan(text(value))
    case 'integer':
      return typeof value === 'number' ? `${value}${field.unit ?? ''}` : ''
    case 'boolean':
      return typeof value === 'boolean' ? (value ? '是' : '否') : ''
    case 'choice':
      return labelOf(field.options, value)
    case 'multichoice':
      return Array.isArray(value) ? value.map((one) => labelOf(field.options, one)).join('、') : ''
    case 'officers':
      return records(value)
        .map((p) => `${text(p['name'])}（证号：${text(p['certNo'])}）`)
        .join('、')
    case 'articles':
      return records(value)
        .map((row) => [articleOf(row), text(row['text'])].filter((x) => x !== '').join('：'))
        .join('\n')
    case 'rows':
      return records(value)
        .map((row) => sayRow(field.columns, row))
        .join('\n')
    case 'dialogue':
      return records(value)
        .map((row) => `问：${text(row['q'])}\n答：${text(row['a'])}`)
        .join('\n')
    default:
      return text(value)
  }
}

/** A value with what papers leave out of it: seconds, who a named person is, whatever else is kept. */
export function sayExactly(field: Field, value: unknown): string {
  if (field.kind === 'datetime') return text(value) === '' ? '' : printSecond(text(value))
  if (field.kind === 'officers')
    return records(value)
      .map((p) => `${text(p['name'])}（证号：${text(p['certNo'])}，人员编号：${text(p['personId'])}）`)
      .join('、')
  const said = sayValue(field, value)
  const kept = JSON.stringify(value) ?? ''
  return said === '' || said === kept ? kept : `${said}（${kept}）`
}

/** A row of a table: what stands in its cells, each with its column's label. */
export const sayRow = (columns: readonly Field[], row: FormData, say = sayValue): string =>
  columns
    .map((column) => [column.label, say(column, row[column.id])] as const)
    .filter(([, said]) => said !== '')
    .map(([label, said]) => `${label}：${said}`)
    .join('；')

export { records as rowsIn }
