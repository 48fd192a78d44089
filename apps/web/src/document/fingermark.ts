import { toBase64 } from '@liuhen/ledger/bytes'
import { FINGERMARK_MOST, type Fingermark } from '@liuhen/domain/document/fingermark'

type Sides = Readonly<{ width: number; height: number }>

/** As large as it is kept: in its proportions, no side longer than the most. */
export const sidesOf = ({ width, height }: Sides): Sides => {
  const scale = Math.min(1, FINGERMARK_MOST / Math.max(width, height))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

const LEVELS = 15

/** Of a picture's RGBA bytes, how light each dot is, stretched so that the darkest is 0 and the lightest 1. */
const lightOf = (rgba: Uint8ClampedArray): readonly number[] => {
  const light = Array.from({ length: rgba.length / 4 }, (_, i) => {
    const [r = 0, g = 0, b = 0, a = 0] = rgba.subarray(4 * i, 4 * i + 4)
    return 255 - ((255 - (0.299 * r + 0.587 * g + 0.114 * b)) * a) / 255
  })
  const [least, most] = light.reduce(([low, high], x) => [Math.min(low, x), Math.max(high, x)], [255, 0])
  const span = Math.max(1, most - least)
  return light.map((x) => (x - least) / span)
}

/** The dots of a scanner's or a camera's picture of a print, as they are recorded. */
export function fingermarkOf(rgba: Uint8ClampedArray, { width, height }: Sides): Fingermark {
  const light = lightOf(rgba)
  const row = Math.ceil(width / 2)
  const dots = new Uint8Array(row * height)
  light.forEach((x, i) => {
    const at = Math.floor(i / width) * row + Math.floor((i % width) / 2)
    dots[at] = (dots[at] ?? 0) | (Math.round(x * LEVELS) << ((i % width) % 2 === 0 ? 4 : 0))
  })
  return { width, height, dots: toBase64(dots) }
}
