import { crc32, deflateSync } from 'node:zlib'

/** A picture as PNG (ISO/IEC 15948) holds it: its rows one after the other, of so many bytes each. */
export type Png = Readonly<{
  width: number
  height: number
  /** Bits of a sample, and the kind of colour: 2 three samples, 3 a palette, 6 four with how much they cover. */
  bits: number
  kind: 2 | 3 | 6
  /** What stands before the picture: a palette. */
  before?: readonly (readonly [type: string, data: Uint8Array])[]
  rowBytes: number
  rows: Uint8Array
}>

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

export function encodePng({ width, height, bits, kind, before = [], rowBytes, rows }: Png): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([bits, kind], 8)
  // Each row begins with the number of its filter: none.
  const filtered = Array.from({ length: height }, (_, y) =>
    Buffer.concat([Buffer.alloc(1), rows.subarray(y * rowBytes, (y + 1) * rowBytes)]),
  )
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...before.map(([type, data]) => chunk(type, data)),
    chunk('IDAT', deflateSync(Buffer.concat(filtered))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
