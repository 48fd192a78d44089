import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { DocumentDefinition, Field } from '@liuhen/law/document-definition'
import { printView } from '../pdf/print-view.ts'
import type { RenderInput } from '../pdf/render-input.ts'

type View = ReturnType<typeof printView>
type FieldView = View['fields'][string]

/** Twips: A4 and its margins. */
const MM = 56.7
const PAGE = {
  size: { width: 210 * MM, height: 297 * MM },
  margin: { top: 37 * MM, bottom: 35 * MM, left: 28 * MM, right: 26 * MM },
}
/** Half points: 三号, 四号, 小四. */
const [TEXT, SMALL, CELL] = [32, 21, 24]

export const COPY_MARK = '副本，以归档的PDF为准'

const run = (text: string, size: number, bold = false): TextRun =>
  new TextRun({ text, size, bold, font: { ascii: 'Times New Roman', eastAsia: bold ? '黑体' : '仿宋' } })

const words = (text: string, options: Readonly<{ size?: number; bold?: boolean; indent?: boolean }> = {}) =>
  new Paragraph({
    spacing: { line: options.size === CELL ? 320 : 560, lineRule: 'exact' },
    ...(options.indent === false ? {} : { indent: { firstLine: 2 * (options.size ?? TEXT) * 10 } }),
    children: [run(text, options.size ?? TEXT, options.bold)],
  })

const centred = (text: string, size: number): Paragraph =>
  new Paragraph({
    heading: HeadingLevel.TITLE,
    alignment: AlignmentType.CENTER,
    spacing: { after: 200 },
    children: [run(text, size, true)],
  })

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '')

const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const borders = { top: line, bottom: line, left: line, right: line }

const cell = (text: string, bold = false): TableCell =>
  new TableCell({
    borders,
    children: (lines(text).length === 0 ? [''] : lines(text)).map((one) =>
      words(one, { size: CELL, bold, indent: false }),
    ),
  })

const table = ({ columns, rows }: FieldView): Table =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: columns.map((column) => cell(column.label, true)) }),
      ...rows.map((row) => new TableRow({ children: columns.map((column) => cell(row[column.id] ?? '')) })),
    ],
  })

/** One element with its name before it, as the form has it. */
const element = (field: Field, view: FieldView): readonly (Paragraph | Table)[] => {
  if (!view.shown) return []
  switch (field.kind) {
    case 'rows':
      return view.rows.length === 0 ? [] : [words(`${field.label}：`), table(view)]
    case 'dialogue':
      return view.turns.flatMap((turn) => [
        words(`问：${turn.q}`, { indent: false }),
        ...lines(turn.a).map((one, i) => words(i === 0 ? `答：${one}` : one, { indent: false })),
      ])
    case 'longtext':
      return lines(view.text).map((one, i) => words(i === 0 ? `${field.label}：${one}` : one))
    case 'articles':
      return view.articles.length === 0
        ? []
        : [words(`${field.label}：${view.articles.map((one) => one.cite).join('、')}`)]
    default:
      return view.text === '' ? [] : [words(`${field.label}：${view.text}`)]
  }
}

const section = (part: DocumentDefinition['sections'][number], view: View, opinion?: string) => {
  const fields = part.fields.filter((field) => field.id !== opinion)
  const elements = fields.flatMap((field) => {
    const shown = view.fields[field.id]
    return shown === undefined ? [] : element(field, shown)
  })
  return elements.length === 0 ? [] : [words(part.title, { bold: true }), ...elements]
}

/** What was said and signed, by name: the hand itself is in the archived paper only. */
const after = (view: View, { definition }: RenderInput): readonly Paragraph[] => [
  ...(definition.audience === 'main'
    ? []
    : view.approvals
        .filter((one) => one.name !== '')
        .map((one) => words(`${one.label}：${one.opinion}（${one.name}，${one.date}）`))),
  ...view.signatures.flatMap((slot) =>
    slot.marks.map((mark) =>
      words(
        mark.refused === ''
          ? `${slot.label}：${mark.name}（签名见归档的PDF，${mark.date}）`
          : `${slot.label}：${mark.name}拒绝签名。${mark.refused}`,
      ),
    ),
  ),
]

const closing = (view: View): readonly Paragraph[] =>
  [view.agency.name, view.issuedOn].map(
    (text) => new Paragraph({ alignment: AlignmentType.RIGHT, children: [run(text, TEXT)] }),
  )

const marked = (text: string, alignment: (typeof AlignmentType)['CENTER' | 'RIGHT']): Paragraph =>
  new Paragraph({ alignment, children: [run(text, SMALL)] })

/**
 * The words of an issued paper for editing elsewhere, from the same definition and data. Each page says that it is a copy,
 * of which number; it has no seal, no square and no hand.
 */
export const paperDocx = async (input: RenderInput): Promise<Uint8Array> => {
  const view = printView(input, '', '')
  const { definition } = input
  const named = view.number === '' ? view.title : `${view.title} ${view.number}`
  const footer = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: SMALL })],
  })
  const document = new Document({
    title: named,
    creator: view.agency.name,
    description: COPY_MARK,
    sections: [
      {
        properties: { page: PAGE },
        headers: {
          default: new Header({ children: [marked(`${named}　${COPY_MARK}`, AlignmentType.RIGHT)] }),
        },
        footers: { default: new Footer({ children: [footer] }) },
        children: [
          centred(view.agency.name, 44),
          centred(view.title, 44),
          ...(view.number === '' ? [] : [marked(view.number, AlignmentType.RIGHT)]),
          ...definition.sections.flatMap((part) => section(part, view, definition.opinionField)),
          ...closing(view),
          ...after(view, input),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}
