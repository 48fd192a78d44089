import { z } from 'zod'
import type { Graphics } from './graphics.ts'
import { around, at, type Box, corners, grown, isEven, scaleOf, shared } from './matrix.ts'
import { NotCarriedOver, type PathObject, type Pen, type Segment } from './page-object.ts'

const Constructed = z.tuple([z.int(), z.tuple([z.instanceof(Float32Array).nullable()])]).rest(z.unknown())

/** As the reader numbers them: to, line, cubic, quadratic, close. */
const VERBS = [
  ['M', 1],
  ['L', 1],
  ['B', 3],
  ['Q', 2],
  ['C', 0],
] as const

function segmentsOf(data: Float32Array, g: Graphics): readonly Segment[] {
  const segments: Segment[] = []
  let i = 0
  const next = (): number => {
    const value = data[i++]
    if (value === undefined) throw new NotCarriedOver('constructPath that ends too early')
    return value
  }
  while (i < data.length) {
    const found = VERBS[next()]
    if (found === undefined) throw new NotCarriedOver('constructPath with an unknown part')
    const [verb, count] = found
    segments.push({ verb, points: Array.from({ length: count }, () => at(g.matrix, [next(), next()])) })
  }
  return segments
}

const boxOf = (segments: readonly Segment[]): Box => around(segments.flatMap((one) => one.points))

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-3

/** A clip is carried over as the box in which an object is drawn, so it must be one. */
function clipped(g: Graphics, segments: readonly Segment[]): Graphics {
  const points = segments.flatMap((one) => one.points)
  const box = boxOf(segments)
  const isBox =
    segments.every(({ verb }) => verb === 'M' || verb === 'L' || verb === 'C') &&
    segments.filter(({ verb }) => verb === 'M').length === 1 &&
    corners(box).every(([x, y]) => points.some((p) => near(p[0], x) && near(p[1], y))) &&
    points.every(([x, y], i) => {
      const [left, top] = points[(i + 1) % points.length] ?? [x, y]
      return near(x, left) || near(y, top)
    })
  if (!isBox) throw new NotCarriedOver('clip that is no rectangle')
  // Where nothing is left, nothing is drawn.
  return { ...g, clip: shared(g.clip, box) ?? [0, 0, 0, 0] }
}

function penOf({ matrix, pen, stroke }: Graphics): Pen {
  if (!isEven(matrix)) throw new NotCarriedOver('stroke that is wider in one direction')
  const scale = scaleOf(matrix)
  const { width, dash, dashOffset, ...rest } = pen
  return {
    ...rest,
    colour: stroke,
    width: width * scale,
    dash: dash.map((one) => one * scale),
    dashOffset: dashOffset * scale,
  }
}

type Painting = Readonly<{ isFilled: boolean; isStroked: boolean; isEvenOdd: boolean }>

export const PAINTINGS: Readonly<Record<string, Painting>> = {
  stroke: { isFilled: false, isStroked: true, isEvenOdd: false },
  fill: { isFilled: true, isStroked: false, isEvenOdd: false },
  eoFill: { isFilled: true, isStroked: false, isEvenOdd: true },
  fillStroke: { isFilled: true, isStroked: true, isEvenOdd: false },
  eoFillStroke: { isFilled: true, isStroked: true, isEvenOdd: true },
  endPath: { isFilled: false, isStroked: false, isEvenOdd: false },
}

/** What a path of PDF draws, and the state after it: `isClip` where it bounds what follows. */
export function drawPath(
  g: Graphics,
  args: readonly unknown[],
  { nameOf, isClip }: Readonly<{ nameOf: (operator: number) => string; isClip: boolean }>,
): readonly [readonly PathObject[], Graphics] {
  const [operator, [data]] = Constructed.parse(args)
  const painting = PAINTINGS[nameOf(operator)]
  if (painting === undefined) throw new NotCarriedOver(nameOf(operator))
  const segments = data === null ? [] : segmentsOf(data, g)
  if (segments.length === 0) return [[], g]
  const after = isClip ? clipped(g, segments) : g
  const { isFilled, isStroked, isEvenOdd } = painting
  if (!isFilled && !isStroked) return [[], after]
  const pen = isStroked ? penOf(g) : undefined
  // A pointed corner reaches as far as the limit lets it.
  const reach =
    pen === undefined ? 0 : (pen.width / 2) * (pen.join === 'Miter' ? Math.max(1.5, pen.miterLimit) : 1.5)
  const box = shared(grown(boxOf(segments), reach + 0.01), g.clip)
  if (box === undefined) return [[], after]
  const { isBeneath } = g
  const object: PathObject = {
    kind: 'path',
    box,
    isBeneath,
    segments,
    isEvenOdd,
    ...(isFilled && { fill: g.fill }),
    ...(pen !== undefined && { pen }),
  }
  return [[object], after]
}
