/** Seconds between 1904-01-01, from which MP4 and MOV count, and 1970-01-01. */
const EPOCH = 2_082_844_800

type Box = Readonly<{ type: string; body: number; end: number }>

const viewOf = async (file: Blob, from: number, length: number): Promise<DataView> =>
  new DataView(await file.slice(from, from + length).arrayBuffer())

const typeIn = (view: DataView): string => String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(i)))

/** The box that begins here: ISO/IEC 14496-12 §4.2. Undefined where the bytes are none. */
async function boxAt(file: Blob, at: number, end: number): Promise<Box | undefined> {
  if (at + 8 > end) return undefined
  const view = await viewOf(file, at, 16)
  const short = view.getUint32(0)
  const isLong = short === 1 && view.byteLength === 16
  const size = isLong ? Number(view.getBigUint64(8)) : short === 0 ? end - at : short
  const head = isLong ? 16 : 8
  return size < head || at + size > end ? undefined : { type: typeIn(view), body: at + head, end: at + size }
}

async function findBox(file: Blob, type: string, from: number, end: number): Promise<Box | undefined> {
  let box = await boxAt(file, from, end)
  while (box !== undefined && box.type !== type) box = await boxAt(file, box.end, end)
  return box
}

/**
 * When the recorder began this MP4 or MOV, in milliseconds since 1970, as the file itself says (`mvhd`): a copy keeps it,
 * while its date in the folder is that of the copying. Undefined where the file does not say it.
 */
export async function movieTime(file: Blob): Promise<number | undefined> {
  const movie = await findBox(file, 'moov', 0, file.size)
  const head = movie && (await findBox(file, 'mvhd', movie.body, movie.end))
  if (head === undefined || head.end - head.body < 12) return undefined
  const view = await viewOf(file, head.body, 12)
  const seconds = view.getUint8(0) === 1 ? Number(view.getBigUint64(4)) : view.getUint32(4)
  return seconds > EPOCH ? (seconds - EPOCH) * 1000 : undefined
}
