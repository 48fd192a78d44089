import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Canvas } from '@napi-rs/canvas'
import { drawOfdPage } from './draw-ofd.ts'
import type { Ofd } from './read-ofd.ts'

const execute = promisify(execFile)

/** A page in shades of grey, line by line; 0 is black. */
type Picture = Readonly<{ width: number; height: number; grey: Uint8Array }>

/** What two programs may draw differently; a line of words that is gone is some thirty times as much. */
export const ALIKE = 0.0005
const DOTS_PER_INCH = 100
const DARK = 140
/** A dot counts as found where something as dark as this is beside it: two programs never shade an edge alike. */
const DARKISH = 215
/** The copy's own words stand here, above everything that a paper prints. Millimetres. */
const MARK_MM = 16

/** By a program that is not ours. */
async function pdfPage(file: string, page: number): Promise<Picture> {
  const one = String(page + 1)
  const { stdout } = await execute(
    'pdftoppm',
    ['-gray', '-r', String(DOTS_PER_INCH), '-f', one, '-l', one, file],
    { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 },
  )
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(0, 64).toString('latin1'))
  if (head === null) throw new Error('no picture of the PDF')
  const [all, width, height] = [head[0], Number(head[1]), Number(head[2])]
  return { width, height, grey: stdout.subarray(all.length) }
}

function greyOf(canvas: Canvas): Picture {
  const { width, height } = canvas
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
  const grey = new Uint8Array(width * height)
  for (let i = 0; i < grey.length; i += 1)
    grey[i] = 0.299 * (data[i * 4] ?? 0) + 0.587 * (data[i * 4 + 1] ?? 0) + 0.114 * (data[i * 4 + 2] ?? 0)
  return { width, height, grey }
}

/** Dark dots of one that are not even shaded in the other, at most one dot away. */
function unmatched(one: Picture, other: Picture): Readonly<{ dark: number; lost: number }> {
  const top = Math.ceil((MARK_MM / 25.4) * DOTS_PER_INCH)
  let [dark, lost] = [0, 0]
  for (let y = top; y < one.height; y += 1)
    for (let x = 0; x < one.width; x += 1) {
      if ((one.grey[y * one.width + x] ?? 255) >= DARK) continue
      dark += 1
      let isFound = false
      for (let dy = -1; dy <= 1 && !isFound; dy += 1)
        for (let dx = -1; dx <= 1 && !isFound; dx += 1) {
          const [u, v] = [x + dx, y + dy]
          if (u < 0 || v < 0 || u >= other.width || v >= other.height) continue
          isFound = (other.grey[v * other.width + u] ?? 255) < DARKISH
        }
      if (!isFound) lost += 1
    }
  return { dark, lost }
}

/** Which part of the dark dots of a PDF's page and of its copy the other does not have, from 0 to 1. */
export async function difference(ofd: Ofd, pdfFile: string, page: number): Promise<number> {
  const pdf = await pdfPage(pdfFile, page)
  const copy = greyOf(await drawOfdPage(ofd, page, DOTS_PER_INCH))
  const [there, back] = [unmatched(pdf, copy), unmatched(copy, pdf)]
  return (there.lost + back.lost) / Math.max(1, there.dark + back.dark)
}
