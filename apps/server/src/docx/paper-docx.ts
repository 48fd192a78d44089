import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { COPY_MARK } from '../pdf/copy-mark.ts'
import { readMarkedText } from './marked-text.ts'
import { type Block, type Line, paperBlocks } from './paper-blocks.ts'
import { readStructure } from './structure.ts'

export type CopyOf = Readonly<{
  /** The archived PDF; its words and their order are the copy's. */
  pdf: Uint8Array
  /** Title and number, as each page names the paper. */
  name: string
  agency: string
}>

/** Twips: A4 and its margins. */
const MM = 56.7
const PAGE = {
  size: { width: 210 * MM, height: 297 * MM },
  margin: { top: 37 * MM, bottom: 30 * MM, left: 28 * MM, right: 26 * MM },
}
/** Half points. */
const SMALL = 21

const run = (text: string, size: number, bold = false): TextRun =>
  new TextRun({ text, size, bold, font: { ascii: 'Times New Roman', eastAsia: bold ? '黑体' : '仿宋' } })

const ALIGNED = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT }

function paragraph({ text, align, isIndented, isHeading, size }: Line, isInCell: boolean): Paragraph {
  const half = Math.round(size * 2)
  return new Paragraph({
    alignment: ALIGNED[align],
    spacing: { line: Math.round(size * (isInCell ? 1.35 : 1.75) * 20), lineRule: 'atLeast' },
    ...(isIndented ? { indent: { firstLine: half * 20 } } : {}),
    children: [run(text, half, isHeading)],
  })
}

const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const borders = { top: line, bottom: line, left: line, right: line }

function element(block: Block, isInCell = false): Paragraph | Table {
  if (block.kind === 'line') return paragraph(block, isInCell)
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: block.rows.map(
      (row) =>
        new TableRow({
          children: row.map(({ blocks, colSpan, rowSpan }) => {
            const inner = blocks.map((one) => element(one, true))
            // A cell ends with a paragraph, or Word calls the file broken.
            const children = inner.at(-1) instanceof Paragraph ? inner : [...inner, new Paragraph('')]
            return new TableCell({ borders, columnSpan: colSpan, rowSpan, children })
          }),
        }),
    ),
  })
}

const marked = (text: string): Paragraph =>
  new Paragraph({ alignment: AlignmentType.RIGHT, children: [run(text, SMALL)] })

/**
 * An archived paper for editing elsewhere: its own sentences in their order, read from the PDF that is the record. Each page
 * says that it is a copy, of which paper; of seal, square and hand there are words only.
 */
export async function paperDocx({ pdf, name, agency }: CopyOf): Promise<Uint8Array> {
  const structure = await readStructure(pdf)
  if (structure === undefined) throw new Error(`no structure in the PDF of ${name}`)
  const blocks = paperBlocks(structure, await readMarkedText(pdf))
  const footer = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: SMALL })],
  })
  const document = new Document({
    title: name,
    creator: agency,
    description: COPY_MARK,
    sections: [
      {
        properties: { page: PAGE },
        headers: { default: new Header({ children: [marked(`${name}　${COPY_MARK}`)] }) },
        footers: { default: new Footer({ children: [footer] }) },
        children: blocks.map((block) => element(block)),
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}
