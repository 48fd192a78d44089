import { type Canvas, createCanvas, type Image, loadImage, Path2D, type SKRSContext2D } from '@napi-rs/canvas'
import type { Ofd } from './read-ofd.ts'
import { all, first, type Node, numbers } from './read-xml.ts'
import { readTrueType, type TrueType } from './true-type.ts'

type Drawing = Readonly<{
  context: SKRSContext2D
  font: (id: number) => TrueType
  image: (id: number) => Image
}>

const colour = (node: Node, element: string, otherwise: string): string => {
  const [found] = all(node, element)
  if (found === undefined) return otherwise
  const { Value = '', Alpha = '255' } = found.attributes
  return `rgba(${Value.split(' ').join(',')},${Number(Alpha) / 255})`
}

/** `g 3 1.5` is three times 1.5. */
export function deltasOf(text = ''): readonly number[] {
  const found: number[] = []
  let times = 1
  for (const [, repeat, value] of text.matchAll(/g (\d+)|(\S+)/g)) {
    if (repeat !== undefined) times = Number(repeat)
    else {
      found.push(...Array.from({ length: times }, () => Number(value)))
      times = 1
    }
  }
  return found
}

function drawText(node: Node, { context, font }: Drawing): void {
  const face = font(Number(node.attributes['Font']))
  const scale = Number(node.attributes['Size']) / face.em
  const code = first(node, 'TextCode')
  const deltas = deltasOf(code.attributes['DeltaX'])
  let x = Number(code.attributes['X'])
  context.fillStyle = colour(node, 'FillColor', 'black')
  for (const [i, glyph] of numbers(first(node, 'Glyphs').text).entries()) {
    context.save()
    context.transform(scale, 0, 0, -scale, x, Number(code.attributes['Y']))
    context.fill(new Path2D(face.outline(glyph)))
    context.restore()
    x += deltas[i] ?? 0
  }
}

const CAPS: Readonly<Record<string, CanvasLineCap>> = { Butt: 'butt', Round: 'round', Square: 'square' }
const JOINS: Readonly<Record<string, CanvasLineJoin>> = { Miter: 'miter', Round: 'round', Bevel: 'bevel' }
type CanvasLineCap = 'butt' | 'round' | 'square'
type CanvasLineJoin = 'miter' | 'round' | 'bevel'

function drawPath(node: Node, { context }: Drawing): void {
  const given = node.attributes
  // OFD's cubic is `B` and its end `C`; SVG's are `C` and `Z`.
  const path = new Path2D(first(node, 'AbbreviatedData').text.replaceAll('C', 'Z').replaceAll('B', 'C'))
  if (given['Fill'] === 'true') {
    context.fillStyle = colour(node, 'FillColor', 'transparent')
    context.fill(path, given['Rule'] === 'Even-Odd' ? 'evenodd' : 'nonzero')
  }
  if (given['Stroke'] === 'false') return
  context.strokeStyle = colour(node, 'StrokeColor', 'black')
  context.lineWidth = Number(given['LineWidth'] ?? 0.353)
  context.lineCap = CAPS[given['Cap'] ?? 'Butt'] ?? 'butt'
  context.lineJoin = JOINS[given['Join'] ?? 'Miter'] ?? 'miter'
  context.miterLimit = Number(given['MiterLimit'] ?? 4.234)
  context.setLineDash([...numbers(given['DashPattern'])])
  context.lineDashOffset = Number(given['DashOffset'] ?? 0)
  context.stroke(path)
}

function drawImage(node: Node, { context, image }: Drawing): void {
  context.globalAlpha = Number(node.attributes['Alpha'] ?? 255) / 255
  context.drawImage(image(Number(node.attributes['ResourceID'])), 0, 0, 1, 1)
}

const DRAWN: Readonly<Record<string, (node: Node, drawing: Drawing) => void>> = {
  TextObject: drawText,
  PathObject: drawPath,
  ImageObject: drawImage,
}

/** In its boundary, outside of which nothing is drawn, and by its own matrix. */
function drawObject(node: Node, drawing: Drawing): void {
  const { context } = drawing
  const [x = 0, y = 0, width = 0, height = 0] = numbers(node.attributes['Boundary'])
  context.save()
  context.beginPath()
  context.rect(x, y, width, height)
  context.clip()
  context.translate(x, y)
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers(node.attributes['CTM'])
  context.transform(a, b, c, d, e, f)
  DRAWN[node.name]?.(node, drawing)
  context.restore()
}

/** A page of an OFD file as a picture, from the file alone. */
export async function drawOfdPage(ofd: Ofd, page: number, dotsPerInch: number): Promise<Canvas> {
  const node = ofd.pages[page]
  if (node === undefined) throw new Error(`no page ${page}`)
  const [, , width = 0, height = 0] = numbers(first(node, 'PhysicalBox').text)
  const scale = dotsPerInch / 25.4
  const canvas = createCanvas(Math.ceil(width * scale), Math.ceil(height * scale))
  const context = canvas.getContext('2d')
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.scale(scale, scale)
  const fonts = new Map([...ofd.fonts].map(([id, bytes]) => [id, readTrueType(bytes)]))
  const images = new Map<number, Image>()
  for (const [id, bytes] of ofd.images) images.set(id, await loadImage(Buffer.from(bytes)))
  const found = <T>(all: ReadonlyMap<number, T>, id: number): T => {
    const one = all.get(id)
    if (one === undefined) throw new Error(`nothing has the number ${id}`)
    return one
  }
  const drawing: Drawing = { context, font: (id) => found(fonts, id), image: (id) => found(images, id) }
  for (const layer of all(node, 'Layer')) for (const one of layer.inner) drawObject(one, drawing)
  return canvas
}
