import { visibleText } from '@liuhen/ledger/visible-text'

/** A table for people who work with spreadsheets: a head and rows of words. */
export type Table = Readonly<{ name: string; head: readonly string[]; rows: readonly (readonly string[])[] }>

/** What a spreadsheet would take for a formula, also in the wide forms of an input method. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u

/** RFC 4180. A formula is told to be a text by the apostrophe before it. */
const cell = (text: string): string => {
  const shown = visibleText(text)
  return `"${(FORMULA.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`
}
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

/** With a byte order mark: without it spreadsheets do not read Chinese. */
export const csvOf = ({ head, rows }: Pick<Table, 'head' | 'rows'>): string =>
  `\uFEFF${csvLine(head)}${rows.map(csvLine).join('')}`
