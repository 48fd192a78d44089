/** What a camera writes into a photo, as an APP1 segment of JPEG: EXIF 2.31, little-endian. */
type Exif = Readonly<{
  make: string
  model: string
  serial: string
  /** As EXIF writes it: `2026:03:10 09:31:00`. */
  takenAt: string
  offset: string
  hundredths: string
  /** Degrees, minutes, seconds; north and east. */
  latitude: readonly number[]
  longitude: readonly number[]
}>
type Entry = Readonly<{ tag: number; type: number; count: number; data: Buffer }>

const text = (tag: number, said: string): Entry => {
  const data = Buffer.from(`${said}\0`)
  return { tag, type: 2, count: data.length, data }
}
const place = (tag: number, at: number): Entry => {
  const data = Buffer.alloc(4)
  data.writeUInt32LE(at)
  return { tag, type: 4, count: 1, data }
}
const angles = (tag: number, parts: readonly number[]): Entry => {
  const data = Buffer.alloc(parts.length * 8)
  for (const [i, part] of parts.entries()) {
    data.writeUInt32LE(part, i * 8)
    data.writeUInt32LE(1, i * 8 + 4)
  }
  return { tag, type: 5, count: parts.length, data }
}

/** A directory that begins at `at`; what does not fit into an entry follows it. */
const directory = (entries: readonly Entry[], at: number): Buffer => {
  const head = Buffer.alloc(2 + entries.length * 12 + 4)
  head.writeUInt16LE(entries.length)
  const behind: Buffer[] = []
  let end = at + head.length
  for (const [i, { tag, type, count, data }] of entries.entries()) {
    const field = 2 + i * 12
    head.writeUInt16LE(tag, field)
    head.writeUInt16LE(type, field + 2)
    head.writeUInt32LE(count, field + 4)
    if (data.length <= 4) data.copy(head, field + 8)
    else {
      head.writeUInt32LE(end, field + 8)
      const even = Buffer.concat([data, Buffer.alloc(data.length % 2)])
      behind.push(even)
      end += even.length
    }
  }
  return Buffer.concat([head, ...behind])
}

export const exifSegment = (e: Exif): Buffer => {
  const first = (exifAt: number, gpsAt: number) =>
    directory([text(0x10f, e.make), text(0x110, e.model), place(0x8769, exifAt), place(0x8825, gpsAt)], 8)
  const exifAt = 8 + first(0, 0).length
  const taken = [text(0x9003, e.takenAt), text(0x9011, e.offset), text(0x9291, e.hundredths)]
  const exif = directory([...taken, text(0xa431, e.serial)], exifAt)
  const gpsAt = exifAt + exif.length
  const north = [text(1, 'N'), angles(2, e.latitude)]
  const gps = directory([...north, text(3, 'E'), angles(4, e.longitude)], gpsAt)
  const tiff = Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), first(exifAt, gpsAt), exif, gps])
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
