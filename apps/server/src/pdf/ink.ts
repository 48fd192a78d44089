import type { Stroke } from './render-input.ts'

const PEN = 2.2
const round = (n: number): number => Math.round(n * 100) / 100

/** Handwriting as SVG, cropped to the strokes. Only numbers go in, so nothing that a client sent can become markup. */
export function inkSvg(strokes: readonly Stroke[]): string {
  const points = strokes.flat()
  if (points.length === 0) return ''
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const [left, top] = [Math.min(...xs) - PEN, Math.min(...ys) - PEN]
  const width = round(Math.max(...xs) - left + PEN)
  const height = round(Math.max(...ys) - top + PEN)
  const paths = strokes.filter((stroke) => stroke.length > 0).map((stroke) => path(stroke, left, top))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><g fill="none" stroke="#111" stroke-width="${PEN}" stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g></svg>`
}

/** Quadratic curves through the middles of the segments: the pen's line without its corners. */
function path(stroke: Stroke, left: number, top: number): string {
  const at = stroke.map((point) => [round(point.x - left), round(point.y - top)] as const)
  const [first, ...rest] = at
  if (!first) return ''
  if (rest.length === 0) return `<path d="M${first[0]} ${first[1]}h0.01"/>`
  const curves = rest.map((to, i) => {
    const from = at[i] ?? first
    return `Q${from[0]} ${from[1]} ${round((from[0] + to[0]) / 2)} ${round((from[1] + to[1]) / 2)}`
  })
  const last = rest.at(-1) ?? first
  return `<path d="M${first[0]} ${first[1]}${curves.join('')}L${last[0]} ${last[1]}"/>`
}
