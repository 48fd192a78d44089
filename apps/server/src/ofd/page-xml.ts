import type { Matrix } from './matrix.ts'
import { isOnlyMove } from './matrix.ts'
import {
  type Colour,
  type Image,
  type ImageObject,
  NotCarriedOver,
  type PageObject,
  type PathObject,
  type Pen,
  type Segment,
  type TextObject,
} from './page-object.ts'

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** What XML 1.0 cannot say at all. */
// oxlint-disable-next-line no-control-regex
const UNSPEAKABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

/** Text as XML holds it, between elements and in attributes. */
export function escaped(text: string): string {
  const found = UNSPEAKABLE.exec(text)
  if (found !== null) throw new NotCarriedOver(`character ${found[0].codePointAt(0)?.toString(16)}`)
  return text.replaceAll(/[&<>"]/g, (sign) => ESCAPED[sign] ?? sign)
}

/** Millimetres to a thousandth, and no `-0`. */
const mm = (value: number): string => String(Math.round(value * 1000) / 1000 + 0)
/** What is multiplied needs more places. */
const exact = (value: number): string => String(Math.round(value * 1e6) / 1e6 + 0)

/** Numbers in a row; where one comes more than twice, `g`, how often, and the number (GB/T 33190, 11.3). */
export function deltas(values: readonly string[]): string {
  const runs: [value: string, count: number][] = []
  for (const value of values) {
    const last = runs.at(-1)
    if (last?.[0] === value) last[1] += 1
    else runs.push([value, 1])
  }
  return runs
    .map(([value, count]) =>
      count > 2 ? `g ${count} ${value}` : Array.from({ length: count }, () => value).join(' '),
    )
    .join(' ')
}

/** Where the parts lie that a page names. */
export type Resources = Readonly<{
  /** The next number that nobody has. */
  nextId: () => number
  font: (name: string) => number
  image: (image: Image) => number
}>

const colour = (element: string, { rgb, alpha }: Colour): string =>
  `<ofd:${element} Value="${rgb.join(' ')}"${alpha < 1 ? ` Alpha="${Math.round(alpha * 255)}"` : ''}/>`

const boundary = ({ box: [x0, y0, x1, y1] }: PageObject): string =>
  `Boundary="${mm(x0)} ${mm(y0)} ${mm(x1 - x0)} ${mm(y1 - y0)}"`

/** To the boundary's own corner. */
const ctm = ([a, b, c, d, e, f]: Matrix, { box: [x, y] }: PageObject): string =>
  ` CTM="${[a, b, c, d].map(exact).join(' ')} ${mm(e - x)} ${mm(f - y)}"`

/** Characters are counted as UTF-16 counts them, as programs on the readers' side do. */
function text(object: TextObject, { nextId, font }: Resources): string {
  const { matrix, box, glyphs, size } = object
  const isLevel = isOnlyMove(matrix)
  const [x, y] = isLevel ? [mm(matrix[4] - box[0]), mm(matrix[5] - box[1])] : ['0', '0']
  const said = glyphs.map((one) => one.text).join('')
  const delta = deltas(glyphs.slice(0, -1).map((one) => mm(one.advance)))
  return [
    `<ofd:TextObject ID="${nextId()}" ${boundary(object)}${isLevel ? '' : ctm(matrix, object)} Font="${font(object.font)}" Size="${mm(size)}">`,
    colour('FillColor', object.fill),
    `<ofd:CGTransform CodePosition="0" CodeCount="${said.length}" GlyphCount="${glyphs.length}">`,
    `<ofd:Glyphs>${glyphs.map((one) => one.id).join(' ')}</ofd:Glyphs></ofd:CGTransform>`,
    `<ofd:TextCode X="${x}" Y="${y}"${delta === '' ? '' : ` DeltaX="${delta}"`}>${escaped(said)}</ofd:TextCode>`,
    '</ofd:TextObject>',
  ].join('')
}

const penOf = ({ width, cap, join, miterLimit, dash, dashOffset }: Pen): string =>
  [
    ` LineWidth="${mm(width)}" Cap="${cap}" Join="${join}"`,
    join === 'Miter' ? ` MiterLimit="${mm(miterLimit)}"` : '',
    dash.length === 0 ? '' : ` DashOffset="${mm(dashOffset)}" DashPattern="${dash.map(mm).join(' ')}"`,
  ].join('')

const abbreviated = (segments: readonly Segment[], [left, top]: PathObject['box']): string =>
  segments
    .map(({ verb, points }) => [verb, ...points.flatMap(([x, y]) => [mm(x - left), mm(y - top)])].join(' '))
    .join(' ')

function path(object: PathObject, { nextId }: Resources): string {
  const { pen, fill, isEvenOdd, segments, box } = object
  return [
    `<ofd:PathObject ID="${nextId()}" ${boundary(object)}${pen === undefined ? ' Stroke="false"' : penOf(pen)}`,
    `${fill === undefined ? '' : ' Fill="true"'}${isEvenOdd ? ' Rule="Even-Odd"' : ''}>`,
    pen === undefined ? '' : colour('StrokeColor', pen.colour),
    fill === undefined ? '' : colour('FillColor', fill),
    `<ofd:AbbreviatedData>${abbreviated(segments, box)}</ofd:AbbreviatedData></ofd:PathObject>`,
  ].join('')
}

const image = (object: ImageObject, { nextId, image: idOf }: Resources): string =>
  `<ofd:ImageObject ID="${nextId()}" ${boundary(object)}${ctm(object.matrix, object)} ResourceID="${idOf(object.image)}"${
    object.alpha < 1 ? ` Alpha="${Math.round(object.alpha * 255)}"` : ''
  }/>`

const objectXml = (object: PageObject, resources: Resources): string => {
  if (object.kind === 'text') return text(object, resources)
  return object.kind === 'path' ? path(object, resources) : image(object, resources)
}

/** The layers of a page, from the lowest; one that holds nothing is none. */
export function layersXml(objects: readonly PageObject[], resources: Resources): string {
  const layers = [
    ['Background', objects.filter((one) => one.isBeneath)],
    ['Body', objects.filter((one) => !one.isBeneath)],
  ] as const
  return layers
    .filter(([type, all]) => type === 'Body' || all.length > 0)
    .map(
      ([type, all]) =>
        `<ofd:Layer ID="${resources.nextId()}" Type="${type}">\n${all.map((one) => `${objectXml(one, resources)}\n`).join('')}</ofd:Layer>\n`,
    )
    .join('')
}
