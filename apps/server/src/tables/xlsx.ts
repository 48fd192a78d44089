import { strToU8, zipSync } from 'fflate'
import { visibleText } from '@liuhen/ledger/visible-text'
import type { Table } from './table.ts'

/** Office Open XML with nothing but texts: every cell is declared a string, so that none is ever a formula. */
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** As long as a cell may be. */
const MOST = 32_767
const UNFINISHED = '……（未完）'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const shown = (text: string): string => {
  const all = visibleText(text)
  return escaped(all.length <= MOST ? all : `${all.slice(0, MOST - UNFINISHED.length)}${UNFINISHED}`)
}

/** A1, B1 … AA1. */
const column = (n: number): string =>
  n < 26 ? String.fromCodePoint(65 + n) : `${column(Math.floor(n / 26) - 1)}${column(n % 26)}`

const row = (cells: readonly string[], at: number, style: number): string => {
  const inner = cells.map(
    (text, i) =>
      `<c r="${column(i)}${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${shown(text)}</t></is></c>`,
  )
  return `<row r="${at}">${inner.join('')}</row>`
}

/** About as wide as its longest line, a Chinese character counting twice. */
const widths = ({ head, rows }: Table): string => {
  const wide = (text: string): number =>
    Math.max(
      ...text.split('\n').map((line) => Array.from(line).reduce((n, c) => n + (c > '\u00FF' ? 2 : 1), 0)),
    )
  const cols = head.map((title, i) => {
    const most = rows.reduce((n, r) => Math.max(n, wide(r[i] ?? '')), wide(title))
    return `<col min="${i + 1}" max="${i + 1}" width="${Math.min(60, most + 2)}" customWidth="1"/>`
  })
  return `<cols>${cols.join('')}</cols>`
}

const sheet = (table: Table): string => {
  const rows = [row(table.head, 1, 1), ...table.rows.map((cells, i) => row(cells, i + 2, 2))]
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>${widths(table)}<sheetData>${rows.join('')}</sheetData></worksheet>`
}

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`

/** A sheet's name holds 31 characters and none of these; two never have the same, whatever the case of their letters. */
const sheetNames = (tables: readonly Table[]): readonly string[] => {
  const plain = tables.map(
    ({ name }) =>
      visibleText(name)
        .replaceAll(/[[\]:*?/\\']/g, ' ')
        .slice(0, 26)
        .trim() || '表',
  )
  const given = new Set<string>()
  return plain.map((name) => {
    let [one, n] = [name, 1]
    while (given.has(one.toLowerCase())) one = `${name} ${++n}`
    given.add(one.toLowerCase())
    return one
  })
}

const workbook = (names: readonly string[]): string => {
  const sheets = names.map((n, i) => `<sheet name="${escaped(n)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><sheets>${sheets.join('')}</sheets></workbook>`
}

const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${RELS}/${type}" Target="${target}"/>`

const relations = (all: readonly string[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`

const contentTypes = (count: number): string => {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const part = (name: string, kind: string): string =>
    `<Override PartName="/xl/${name}.xml" ContentType="${type}.${kind}+xml"/>`
  const sheets = Array.from({ length: count }, (_, i) => part(`worksheets/sheet${i + 1}`, 'worksheet'))
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('workbook', 'sheet.main')}${part('styles', 'styles')}${sheets.join('')}</Types>`
}

/** The oldest time that a zip can say, so that the same tables give the same bytes. */
const MTIME = new Date(1980, 0, 1)

export const xlsxOf = (tables: readonly Table[]): Uint8Array => {
  const names = sheetNames(tables)
  const sheets = names.map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': contentTypes(tables.length),
    '_rels/.rels': relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': workbook(names),
    'xl/_rels/workbook.xml.rels': relations([...sheets, relation('rIdStyles', 'styles', 'styles.xml')]),
    'xl/styles.xml': STYLES,
    ...Object.fromEntries(tables.map((table, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheet(table)])),
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])), {
    mtime: MTIME,
  })
}
