import { fromBase64 } from '@liuhen/ledger/bytes'
import { z } from 'zod'

/** A scanner's print of 2 cm at 400 dots an inch; what is larger is made smaller before it is sent. */
export const FINGERMARK_MOST = 320
export const FINGERMARK_LEAST = 64

const side = z.int().min(FINGERMARK_LEAST).max(FINGERMARK_MOST)

/**
 * The print of a finger as bare dots: rows from the top, two dots a byte, the left one in the higher bits, 0 black to 15
 * white; an odd row ends with half a byte unused. No picture file, so nothing that a client sends is read by a decoder.
 */
export const Fingermark = z.object({ width: side, height: side, dots: z.string().max(70_000) })
export type Fingermark = Readonly<z.infer<typeof Fingermark>>

/** As somebody sends it: there are as many dots as the sides say. */
export const GivenFingermark = Fingermark.refine(
  ({ width, height, dots }) => fromBase64(dots)?.length === Math.ceil(width / 2) * height,
  '捺印图像的大小与内容不符，请重新选择',
)
