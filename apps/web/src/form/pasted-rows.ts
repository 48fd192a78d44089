import type { Field } from '@liuhen/law/document-definition'
import { fromWall, readDay, readWall } from '../time/china.ts'
import type { Row } from './field-value.ts'
import { fenOf } from './money.ts'

type Rows = Extract<Field, { kind: 'rows' }>
type Column = Rows['columns'][number]
type Table = readonly (readonly string[])[]
/** Words of a field's answers that stand in the resource file. */
export type YesNo = Readonly<{ yes: string; no: string }>

const bare = (label: string): string => label.replace(/[\s*\uff0a:\uff1a]/g, '')

/** A number in figures, with its unit or without. */
const integerOf = (cell: string): number | undefined => {
  const found = /^(-?\d{1,9})\D*$/.exec(cell.replaceAll(',', ''))
  return found ? Number(found[1]) : undefined
}

/** A cell of a pasted table as the column keeps it; what does not fit is left out, and the form says that it is missing. */
function valueOf(column: Column, cell: string, words: YesNo): unknown {
  if (cell === '') return undefined
  switch (column.kind) {
    case 'integer':
      return integerOf(cell)
    case 'money':
      return fenOf(cell.replace(/[\uffe5\u00a5\u5143\s]/g, ''))
    case 'date':
      return readDay(cell.replace(/[\u5e74\u6708]/g, '-').replace('\u65e5', ''))
    case 'datetime':
      return fromWall(readWall(cell) ?? '')
    case 'choice':
      return column.options.find((o) => bare(o.label) === bare(cell))?.value
    case 'boolean':
      return cell === words.yes ? true : cell === words.no ? false : undefined
    case 'longtext':
      return cell.slice(0, column.max)
    case 'text':
      return cell.replace(/\n+/g, ' ').slice(0, column.max)
    case 'idnumber':
    case 'orgcode':
      return cell.toUpperCase()
    case 'phone':
      return cell
    case 'multichoice':
    case 'officers':
    case 'photo':
    case 'articles':
      return undefined
  }
}

/** The table's first line names columns of the form: then each cell goes where its head says. */
const headsIn = (field: Rows, [first = []]: Table): readonly (Column | undefined)[] | undefined => {
  const heads = first.map((cell) => field.columns.find((c) => bare(c.label) === bare(cell)))
  return heads.filter((head) => head !== undefined).length >= 2 ? heads : undefined
}

/** Rows out of a table: by its heads, or in the order of the columns from the one that it was pasted in. */
export function rowsFromTable(field: Rows, table: Table, start: string, words: YesNo): readonly Row[] {
  const heads = headsIn(field, table)
  const from = Math.max(
    0,
    field.columns.findIndex((c) => c.id === start),
  )
  const columns = heads ?? field.columns.slice(from)
  return (heads ? table.slice(1) : table).flatMap((cells) => {
    const filled = cells.flatMap((cell, i) => {
      const column = columns[i]
      const value = column && valueOf(column, cell, words)
      return column === undefined || value === undefined ? [] : [[column.id, value] as const]
    })
    return filled.length === 0 ? [] : [Object.fromEntries(filled)]
  })
}

/** Pasted at row `i`: its first row fills that one, the others follow; what stood in the row and is not pasted stays. */
export const withPasted = (rows: readonly Row[], i: number, pasted: readonly Row[]): readonly Row[] =>
  rows.toSpliced(i, 1, ...pasted.map((row, n) => (n === 0 ? { ...rows[i], ...row } : row)))
