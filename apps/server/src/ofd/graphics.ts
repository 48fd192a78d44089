import { z } from 'zod'
import type { Box, Matrix } from './matrix.ts'
import { type Colour, NotCarriedOver, type Pen } from './page-object.ts'

/** What holds while a page is drawn, as PDF keeps it (ISO 32000-1, 8.4.1): millimetres only after the matrix. */
export type Graphics = Readonly<{
  matrix: Matrix
  clip: Box
  fill: Colour
  stroke: Colour
  pen: Omit<Pen, 'colour'>
  isBeneath: boolean
  textMatrix: Matrix
  font: string
  fontSize: number
}>

const BLACK: Colour = { rgb: [0, 0, 0], alpha: 1 }

export const initial = (matrix: Matrix, clip: Box): Graphics => ({
  matrix,
  clip,
  fill: BLACK,
  stroke: BLACK,
  pen: { width: 1, cap: 'Butt', join: 'Miter', miterLimit: 10, dash: [], dashOffset: 0 },
  isBeneath: false,
  textMatrix: [1, 0, 0, 1, 0, 0],
  font: '',
  fontSize: 0,
})

const CAPS = ['Butt', 'Round', 'Square'] as const
const JOINS = ['Miter', 'Round', 'Bevel'] as const

const one = z.tuple([z.number()]).rest(z.unknown())
const colour = z.tuple([z.string().regex(/^#[0-9a-f]{6}$/)]).rest(z.unknown())
/** The reader hands a matrix over as an array of floats. */
export const Six = z
  .unknown()
  .transform((given) =>
    ArrayBuffer.isView(given) ? Array.from(z.instanceof(Float32Array).parse(given)) : given,
  )
  .pipe(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]))

const rgbOf = (args: unknown): Colour['rgb'] => {
  const [hex] = colour.parse(args)
  const part = (from: number): number => Number.parseInt(hex.slice(from, from + 2), 16)
  return [part(1), part(3), part(5)]
}

const choice = <T>(all: readonly T[], args: unknown, what: string): T => {
  const found = all[one.parse(args)[0]]
  if (found === undefined) throw new NotCarriedOver(what)
  return found
}

const BLENDING: Readonly<Record<string, boolean>> = { 'source-over': false, multiply: true }

/** One entry of a dictionary of graphics state. */
function entry(g: Graphics, [key, value]: readonly [string, unknown]): Graphics {
  if (key === 'ca') return { ...g, fill: { ...g.fill, alpha: z.number().parse(value) } }
  if (key === 'CA') return { ...g, stroke: { ...g.stroke, alpha: z.number().parse(value) } }
  if (key === 'SMask' && value === false) return g
  const isBeneath = key === 'BM' ? BLENDING[String(value)] : undefined
  if (isBeneath === undefined) throw new NotCarriedOver(`ExtGState ${key} ${String(value)}`)
  return { ...g, isBeneath }
}

type Change = (g: Graphics, args: readonly unknown[]) => Graphics
const pen =
  (change: (args: readonly unknown[]) => Partial<Graphics['pen']>): Change =>
  (g, args) => ({
    ...g,
    pen: { ...g.pen, ...change(args) },
  })

/** What changes the state and draws nothing, under the reader's names of operators. */
export const CHANGES: Readonly<Record<string, Change>> = {
  setLineWidth: pen((args) => ({ width: one.parse(args)[0] })),
  setLineCap: pen((args) => ({ cap: choice(CAPS, args, 'setLineCap') })),
  setLineJoin: pen((args) => ({ join: choice(JOINS, args, 'setLineJoin') })),
  setMiterLimit: pen((args) => ({ miterLimit: one.parse(args)[0] })),
  setDash: pen((args) => {
    const [dash, dashOffset] = z.tuple([z.array(z.number()), z.number()]).parse(args)
    return { dash, dashOffset }
  }),
  setGState: (g, args) =>
    z
      .tuple([z.array(z.tuple([z.string(), z.unknown()]))])
      .parse(args)[0]
      .reduce(entry, g),
  setFillRGBColor: (g, args) => ({ ...g, fill: { ...g.fill, rgb: rgbOf(args) } }),
  setStrokeRGBColor: (g, args) => ({ ...g, stroke: { ...g.stroke, rgb: rgbOf(args) } }),
  beginText: (g) => ({ ...g, textMatrix: [1, 0, 0, 1, 0, 0] }),
  setTextMatrix: (g, [matrix]) => ({ ...g, textMatrix: Six.parse(matrix) }),
  setTextRenderingMode: (g, args) => {
    if (one.parse(args)[0] !== 0) throw new NotCarriedOver('setTextRenderingMode')
    return g
  },
  setFont: (g, args) => {
    const [font, fontSize] = z.tuple([z.string(), z.number()]).parse(args)
    return { ...g, font, fontSize }
  },
}

/** What says something of the content and draws nothing. */
export const SILENT: ReadonlySet<string> = new Set([
  'dependency',
  'endText',
  'beginMarkedContent',
  'beginMarkedContentProps',
  'endMarkedContent',
])
