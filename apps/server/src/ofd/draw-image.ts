import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { z } from 'zod'
import { encodePng } from '../pdf/png.ts'
import type { Graphics } from './graphics.ts'
import { around, at, corners, shared, times } from './matrix.ts'
import { type Image, type ImageObject, NotCarriedOver } from './page-object.ts'
import type { PdfParts } from './pdf-parts.ts'

/** What the reader made of a picture: its object in the PDF, and its dots. */
const Decoded = z.object({
  width: z.int(),
  height: z.int(),
  kind: z.int(),
  data: z.union([z.instanceof(Uint8Array), z.instanceof(Uint8ClampedArray)]),
  ref: z.string().nullish(),
})
type Decoded = z.infer<typeof Decoded>

/** Red, green and blue with or without how much they cover: what the reader's kinds 2 and 3 are. */
const CHANNELS: Readonly<Record<number, 3 | 4>> = { 2: 3, 3: 4 }

/** A photo stays the file that it is in the PDF; anything else is packed without loss. */
function imageOf({ width, height, kind, data, ref }: Decoded, parts: PdfParts): Image {
  const photo = ref === null || ref === undefined ? undefined : parts.jpeg(ref)
  if (photo !== undefined) return { format: 'JPEG', bytes: photo }
  const channels = CHANNELS[kind]
  if (channels === undefined) throw new NotCarriedOver(`paintImageXObject of kind ${kind}`)
  const rows = new Uint8Array(data.buffer, data.byteOffset, data.length)
  const rowBytes = width * channels
  return {
    format: 'PNG',
    bytes: encodePng({ width, height, bits: 8, kind: channels === 3 ? 2 : 6, rowBytes, rows }),
  }
}

type On = Readonly<{ page: PDFPageProxy; parts: PdfParts }>

export async function drawImage(
  g: Graphics,
  [id]: readonly unknown[],
  { page, parts }: On,
): Promise<readonly ImageObject[]> {
  const name = z.string().parse(id)
  const held = name.startsWith('g_') ? page.commonObjs : page.objs
  const found: unknown = await new Promise((done) => held.get(name, done))
  // PDF's square of one by one has its origin at the lower left.
  const matrix = times(g.matrix, [1, 0, 0, -1, 0, 1])
  const box = shared(around(corners([0, 0, 1, 1]).map((point) => at(matrix, point))), g.clip)
  if (box === undefined) return []
  const image = imageOf(Decoded.parse(found), parts)
  return [{ kind: 'image', box, isBeneath: g.isBeneath, image, matrix, alpha: g.fill.alpha }]
}
