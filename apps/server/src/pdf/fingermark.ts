import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import type { Fingermark } from '@liuhen/domain/document/fingermark'

/** PNG (ISO/IEC 15948) of 4 bits a dot; the sixteen levels are the red of the ink, and white lets the paper through. */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const PALETTE = 3
const INK = [178, 24, 32]

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

const header = ({ width, height }: Fingermark): Buffer => {
  const bytes = Buffer.alloc(13)
  bytes.writeUInt32BE(width, 0)
  bytes.writeUInt32BE(height, 4)
  bytes.set([4, PALETTE], 8)
  return bytes
}

const levels = Array.from({ length: 16 }, (_, level) => level)

export function fingermarkPng(print: Fingermark): Buffer {
  const dots = Buffer.from(print.dots, 'base64')
  const row = Math.ceil(print.width / 2)
  // Each row begins with the number of its filter: none.
  const rows = Array.from({ length: print.height }, (_, y) =>
    Buffer.concat([Buffer.alloc(1), dots.subarray(y * row, (y + 1) * row)]),
  )
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header(print)),
    chunk('PLTE', Buffer.from(levels.flatMap(() => INK))),
    chunk('tRNS', Buffer.from(levels.map((level) => 255 - level * 17))),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** What the attached data says of it: the print itself is on the page and in the record. */
export const fingermarkDigest = ({ width, height, dots }: Fingermark) => ({
  width,
  height,
  sha256: createHash('sha256').update(Buffer.from(dots, 'base64')).digest('hex'),
})

/** Where a template finds it. */
export const fingermarkPath = (print: Fingermark): string =>
  `/_pictures/${fingermarkDigest(print).sha256}.png`
