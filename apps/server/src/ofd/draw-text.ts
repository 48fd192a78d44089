import { z } from 'zod'
import type { Graphics } from './graphics.ts'
import { around, at, grown, corners, type Matrix, scaleOf, shared, times } from './matrix.ts'
import { type Glyph, NotCarriedOver, type TextObject } from './page-object.ts'

/** What the reader says of a typeface. */
export const Typeface = z.object({
  name: z.string(),
  composite: z.literal(true),
  vertical: z.literal(false).optional(),
  ascent: z.number(),
  descent: z.number(),
})
export type Typeface = z.infer<typeof Typeface>

const Shown = z.object({ originalCharCode: z.int(), unicode: z.string(), width: z.number() })
const Line = z.tuple([z.array(z.union([z.number(), Shown]))])

/** Letters may reach beyond their own width; nothing is drawn beyond this. Parts of the size. */
const OVERHANG = 0.25

const isBlank = ({ text }: Glyph): boolean => text.trim() === ''

/** Glyphs with the place of the first: those that say one character each together, any other alone. */
type Piece = Readonly<{ from: number; glyphs: readonly Glyph[] }>

function pieces(line: readonly (readonly [from: number, glyph: Glyph])[]): readonly Piece[] {
  const found: { from: number; glyphs: Glyph[] }[] = []
  let last: Glyph | undefined
  for (const [from, glyph] of line) {
    const piece = found.at(-1)
    if (piece !== undefined && last?.text.length === 1 && glyph.text.length === 1) piece.glyphs.push(glyph)
    else found.push({ from, glyphs: [glyph] })
    last = glyph
  }
  return found.flatMap(({ from, glyphs }) => {
    // Readers take blanks at the ends of a text away, and then all others would stand elsewhere.
    const first = glyphs.findIndex((one) => !isBlank(one))
    if (first === -1) return []
    const before = glyphs.slice(0, first).reduce((sum, one) => sum + one.advance, 0)
    return [
      { from: from + before, glyphs: glyphs.slice(first, glyphs.findLastIndex((one) => !isBlank(one)) + 1) },
    ]
  })
}

/** What a line of PDF's text shows, and the state after it. */
export function drawText(
  g: Graphics,
  args: readonly unknown[],
  face: Typeface,
): readonly [readonly TextObject[], Graphics] {
  // Letters stand upright where y grows downwards: OFD turns them itself.
  const whole = times(times(g.matrix, g.textMatrix), [1, 0, 0, -1, 0, 0])
  const scale = scaleOf(whole)
  const size = g.fontSize * scale
  if (!(size > 0)) throw new NotCarriedOver('showText without a size')
  const matrix: Matrix = times(whole, [1 / scale, 0, 0, 1 / scale, 0, 0])
  const line: [number, Glyph][] = []
  let from = 0
  for (const shown of Line.parse(args)[0]) {
    if (typeof shown === 'number') {
      from -= (shown / 1000) * size
      // A gap that was set by hand belongs to the glyph before it.
      const last = line.at(-1)
      if (last !== undefined) last[1] = { ...last[1], advance: last[1].advance - (shown / 1000) * size }
      continue
    }
    const advance = (shown.width / 1000) * size
    line.push([from, { id: shown.originalCharCode, text: shown.unicode, advance }])
    from += advance
  }
  const objects = pieces(line).flatMap(({ from: start, glyphs }): readonly TextObject[] => {
    const width = glyphs.reduce((sum, one) => sum + one.advance, 0)
    const moved = times(matrix, [1, 0, 0, 1, start, 0])
    const inked = grown([0, -face.ascent * size, width, -face.descent * size], OVERHANG * size)
    const box = shared(around(corners(inked).map((point) => at(moved, point))), g.clip)
    const { isBeneath, fill } = g
    return box === undefined
      ? []
      : [{ kind: 'text', box, isBeneath, font: face.name, size, matrix: moved, glyphs, fill }]
  })
  return [objects, { ...g, textMatrix: times(g.textMatrix, [1, 0, 0, 1, from / scale, 0]) }]
}
