import { createHash } from 'node:crypto'
import type { Fingermark } from '@liuhen/domain/document/fingermark'
import { encodePng } from './png.ts'

/** 4 bits a dot; the sixteen levels are the red of the ink, and white lets the paper through. */
const PALETTE = 3
const INK = [178, 24, 32]

const levels = Array.from({ length: 16 }, (_, level) => level)

export const fingermarkPng = ({ width, height, dots }: Fingermark): Buffer =>
  encodePng({
    width,
    height,
    bits: 4,
    kind: PALETTE,
    before: [
      ['PLTE', Buffer.from(levels.flatMap(() => INK))],
      ['tRNS', Buffer.from(levels.map((level) => 255 - level * 17))],
    ],
    rowBytes: Math.ceil(width / 2),
    rows: Buffer.from(dots, 'base64'),
  })

/** What the attached data says of it: the print itself is on the page and in the record. */
export const fingermarkDigest = ({ width, height, dots }: Fingermark) => ({
  width,
  height,
  sha256: createHash('sha256').update(Buffer.from(dots, 'base64')).digest('hex'),
})

/** Where a template finds it. */
export const fingermarkPath = (print: Fingermark): string =>
  `/_pictures/${fingermarkDigest(print).sha256}.png`
