import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { z } from 'zod'
import { drawImage } from './draw-image.ts'
import { drawPath } from './draw-path.ts'
import { drawText, Typeface } from './draw-text.ts'
import { CHANGES, type Graphics, initial, SILENT, Six } from './graphics.ts'
import { around, at, type Box, corners, type Matrix, shared, times } from './matrix.ts'
import { type DrawnPage, NotCarriedOver, type PageObject } from './page-object.ts'
import type { PdfParts } from './pdf-parts.ts'

/** Millimetres in a point. */
const POINT = 25.4 / 72

const NAMES = new Map(Object.entries(OPS).map(([name, operator]) => [operator, name]))
const nameOf = (operator: number): string => NAMES.get(operator) ?? `operator ${operator}`

const Four = z
  .unknown()
  .transform((given) => (given instanceof Float32Array ? Array.from(given) : given))
  .pipe(z.tuple([z.number(), z.number(), z.number(), z.number()]))

const within = (g: Graphics, box: Box): Graphics => ({
  ...g,
  clip: shared(g.clip, around(corners(box).map((point) => at(g.matrix, point)))) ?? [0, 0, 0, 0],
})

/** A picture that lies in the page's content with its own measure. */
function entered(g: Graphics, [matrix, box]: readonly unknown[]): Graphics {
  const inner = matrix === null ? g : { ...g, matrix: times(g.matrix, Six.parse(matrix)) }
  return box === null ? inner : within(inner, Four.parse(box))
}

/** The picture of an annotation: of a seal. It begins anew, whatever held before. */
function annotated(start: Graphics, [, rect, transform, matrix, hasOwnCanvas]: readonly unknown[]): Graphics {
  if (hasOwnCanvas === true) throw new NotCarriedOver('beginAnnotation on a canvas of its own')
  const bounded = within(start, Four.parse(rect))
  return { ...bounded, matrix: times(times(bounded.matrix, Six.parse(transform)), Six.parse(matrix)) }
}

const OPENING = new Set(['save', 'paintFormXObjectBegin', 'beginAnnotation'])
const CLOSING = new Set(['restore', 'paintFormXObjectEnd', 'endAnnotation'])

/** What a page of a PDF shows, in its order. An operator that is not known is refused by its name. */
export async function drawPage(page: PDFPageProxy, parts: PdfParts): Promise<DrawnPage> {
  const { width, height, transform } = page.getViewport({ scale: POINT })
  const base: Matrix = Six.parse(transform)
  const start = initial(base, [0, 0, width, height])
  const { fnArray, argsArray } = await page.getOperatorList()
  const objects: PageObject[] = []
  const kept: Graphics[] = []
  let g = start
  let isClip = false
  for (const [i, operator] of fnArray.entries()) {
    const name = nameOf(operator)
    const given: unknown = argsArray[i]
    const args = z.array(z.unknown()).parse(given ?? [])
    if (OPENING.has(name)) kept.push(g)
    const change = CHANGES[name]
    if (change !== undefined) g = change(g, args)
    else if (name === 'transform') g = { ...g, matrix: times(g.matrix, Six.parse(args)) }
    else if (name === 'clip' || name === 'eoClip') isClip = true
    else if (name === 'constructPath') {
      const [drawn, after] = drawPath(g, args, { nameOf, isClip })
      objects.push(...drawn)
      g = after
      isClip = false
    } else if (name === 'showText') {
      const [drawn, after] = drawText(g, args, Typeface.parse(page.commonObjs.get(g.font)))
      objects.push(...drawn)
      g = after
    } else if (name === 'paintImageXObject') objects.push(...(await drawImage(g, args, { page, parts })))
    else if (name === 'paintFormXObjectBegin') g = entered(g, args)
    else if (name === 'beginAnnotation') g = annotated(start, args)
    else if (CLOSING.has(name)) g = kept.pop() ?? start
    else if (name !== 'save' && !SILENT.has(name)) throw new NotCarriedOver(name)
  }
  return { width, height, objects }
}
