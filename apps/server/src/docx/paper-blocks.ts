import type { MarkedText, Run } from './marked-text.ts'
import type { Element } from './structure.ts'

/** A paragraph as it stands on the paper. */
export type Line = Readonly<{
  kind: 'line'
  text: string
  align: 'left' | 'center' | 'right'
  isIndented: boolean
  isHeading: boolean
  size: number
}>
export type Cell = Readonly<{ blocks: readonly Block[]; colSpan: number; rowSpan: number }>
export type Block = Line | Readonly<{ kind: 'table'; rows: readonly (readonly Cell[])[] }>

/** Runs of one element of text. */
type Leaf = readonly Run[]
type Edges = Readonly<{ left: number; right: number; width: number }>

const A4_WIDTH = 595.28
/** Elements that hold others and are no line themselves. */
const HOLDERS = new Set([
  'Root',
  'Document',
  'Part',
  'Sect',
  'Div',
  'TD',
  'TH',
  'L',
  'LI',
  'LBody',
  'THead',
  'TBody',
])

const isElement = (one: Element | string): one is Element => typeof one !== 'string'

/** The words of a paper in its own order, paragraph for paragraph and cell for cell, as its structure tells them. */
export function paperBlocks(root: Element, text: MarkedText): readonly Block[] {
  const all = [...text.values()].flat()
  const edges = {
    left: Math.min(...all.map((run) => run.x)),
    right: Math.max(...all.map((run) => run.end)),
    width: A4_WIDTH,
  }
  return blocksOf(root, text, edges)
}

function blocksOf(element: Element, text: MarkedText, edges: Edges): readonly Block[] {
  const blocks: Block[] = []
  let leaves: Leaf[] = []
  const flush = (): void => {
    blocks.push(...linesOf(leaves, edges))
    leaves = []
  }
  for (const part of partsOf(element, text)) {
    if ('role' in part) {
      flush()
      blocks.push(tableOf(part, text, edges))
    } else leaves.push(part)
  }
  flush()
  return blocks
}

/** What lies in an element, in order: its lines and its tables. */
function partsOf(element: Element, text: MarkedText): readonly (Leaf | Element)[] {
  if (element.role === 'Table') return [element]
  if (element.role === 'Figure') return [pictured(element)]
  if (!HOLDERS.has(element.role) || !element.inner.some(isElement)) return [runsOf(element, text)]
  return element.inner.flatMap((one) => (isElement(one) ? partsOf(one, text) : [text.get(one) ?? []]))
}

const runsOf = (element: Element, text: MarkedText): readonly Run[] =>
  element.inner.flatMap((one) => {
    if (!isElement(one)) return text.get(one) ?? []
    return one.role === 'Figure' ? pictured(one) : runsOf(one, text)
  })

/** A picture is told by what stands for it; where it stands is known by the words around it. */
const PICTURE = 0
const pictured = ({ alt = '' }: Element): Leaf =>
  alt === '' ? [] : [{ text: alt, page: PICTURE, x: 0, end: 0, y: 0, size: 0, isHeading: false }]

/** What stands for a picture goes before the words that follow it, or else behind the last ones. */
function withPictures(leaves: readonly Leaf[]): readonly Leaf[] {
  let waiting = ''
  const placed = leaves.map((leaf) =>
    leaf.flatMap((run) => {
      if (run.page === PICTURE) {
        waiting += run.text
        return []
      }
      if (waiting !== '' && run.text.trim() === '') return []
      const said = waiting + run.text
      waiting = ''
      return [{ ...run, text: said }]
    }),
  )
  const last = placed.findLast((leaf) => leaf.length > 0)?.at(-1)
  return waiting === '' ? placed : [...placed, [{ ...(last ?? NOWHERE), x: last?.end ?? 0, text: waiting }]]
}

const tableRows = (element: Element): readonly (readonly Element[])[] =>
  element.inner
    .filter(isElement)
    .flatMap((one) => (one.role === 'TR' ? [one.inner.filter(isElement)] : tableRows(one)))

const cellOf = (cell: Element, text: MarkedText, edges: Edges): Cell => ({
  blocks: blocksOf({ ...cell, role: 'Div' }, text, edges).map((block) =>
    block.kind === 'line' ? { ...block, align: 'left', isIndented: false } : block,
  ),
  colSpan: cell.colSpan,
  rowSpan: cell.rowSpan,
})

const tableOf = (element: Element, text: MarkedText, edges: Edges): Block => ({
  kind: 'table',
  rows: tableRows(element).map((row) => row.map((cell) => cellOf(cell, text, edges))),
})

const NOWHERE = { page: 1, x: 0, end: 0, y: 0, size: 12, isHeading: false }

/** Words are parted where a line ends within a text of letters; characters and digits are not. */
const joined = (before: string, next: string): string =>
  /[a-z]$/i.test(before) && /^[a-z]/i.test(next) ? `${before} ${next}` : before + next

/** Beside what stands before it on the same line, with a gap where the paper has one. */
const beside = (before: string, gap: number, next: Drawn): string =>
  before !== '' && gap > next.size ? `${before}　${next.text}` : before + next.text

type Drawn = Run
/** On one line; what stands in a box of its own is set a little higher. */
const isLevel = (a: Run, b: Run): boolean => a.page === b.page && Math.abs(a.y - b.y) < 0.35 * a.size

type Paragraph = readonly [Drawn, ...Drawn[]]

/** Runs at one height are one line as the paper shows it. */
function drawnLines(runs: Leaf): readonly Drawn[] {
  const lines: Drawn[] = []
  for (const run of runs) {
    const last = lines.at(-1)
    if (last === undefined || !isLevel(last, run)) lines.push(run)
    else lines[lines.length - 1] = { ...last, text: beside(last.text, run.x - last.end, run), end: run.end }
  }
  return lines
}

/**
 * The paragraphs in a leaf. A line was ended on purpose where it ends long before the longest one, where the next begins far
 * to its left, and where it begins further in without hanging (a name with its day in the middle below).
 */
function paragraphsOf(leaf: Leaf, { right }: Edges): readonly Paragraph[] {
  const drawn = drawnLines(leaf)
  const longest = Math.max(...drawn.map((one) => one.end))
  const width = longest - Math.min(...drawn.map((one) => one.x))
  const paragraphs: [Drawn, ...Drawn[]][] = []
  for (const one of drawn) {
    const [first, last] = [paragraphs.at(-1)?.[0], paragraphs.at(-1)?.at(-1)]
    const goesOn =
      first !== undefined &&
      last !== undefined &&
      longest - last.end < 3 * last.size &&
      first.x - one.x < 4 * one.size &&
      (one.x - first.x < one.size || right - last.end < one.size || width < 8 * one.size)
    if (goesOn) paragraphs.at(-1)?.push(one)
    else paragraphs.push([one])
  }
  return paragraphs
}

/** Paragraphs that begin at one height beside each other were set in columns: a label and its value. */
function rowsOf(paragraphs: readonly Paragraph[]): readonly (readonly Paragraph[])[] {
  const rows: Paragraph[][] = []
  for (const paragraph of paragraphs) {
    const [first] = paragraph
    const before = rows.at(-1)?.at(-1)?.[0]
    const isBeside = before !== undefined && isLevel(before, first) && first.x > before.x
    if (isBeside) rows.at(-1)?.push(paragraph)
    else rows.push([paragraph])
  }
  return rows
}

function linesOf(leaves: readonly Leaf[], edges: Edges): readonly Line[] {
  const paragraphs = withPictures(leaves).flatMap((leaf) => paragraphsOf(leaf, edges))
  return rowsOf(paragraphs).flatMap((row) => {
    const [first] = row[0] ?? []
    const last = row.at(-1)?.[0]
    if (first === undefined || last === undefined) return []
    let end = first.x
    let text = ''
    for (const [head, ...more] of row) {
      const whole = more.reduce((said, one) => joined(said, one.text), head.text)
      text = beside(text, head.x - end, { ...head, text: whole })
      end = head.end
    }
    if (text.trim() === '') return []
    const count = Math.max(...row.map((one) => one.length))
    const { isHeading, size } = first
    return [
      {
        kind: 'line',
        text: text.trim(),
        ...placeOf({ ...first, end: last.end }, count, edges),
        isHeading,
        size,
      },
    ]
  })
}

/** How a line stands on the page. Only one that fills no width can be in the middle or at the right. */
function placeOf(
  first: Drawn,
  count: number,
  { left, right, width }: Edges,
): Pick<Line, 'align' | 'isIndented'> {
  const indent = first.x - left
  const isMiddle = Math.abs(first.x + first.end - width) < first.size
  if (count === 1 && isMiddle && indent > (first.size > 17 ? 1 : 2.5) * first.size)
    return { align: 'center', isIndented: false }
  if (count === 1 && indent > 8 * first.size && right - first.end < 5 * first.size)
    return { align: 'right', isIndented: false }
  return { align: 'left', isIndented: indent > 1.5 * first.size && indent < 3.5 * first.size }
}
