import type { Parsed } from '../canonical.ts'

/** Random access to a file that is in memory or open. Fewer bytes than asked for mean its end. */
export type Bytes = Readonly<{ sizeBytes: number; read(at: number, length: number): Uint8Array }>
export type Sample = Readonly<{ at: number; size: number }>

type Box = Readonly<{ type: string; from: number; to: number }>

const MAX_INDEX_BYTES = 256 * 1024 * 1024
const MAX_SAMPLES = 20_000_000

class UnreadableError extends Error {}
const fault = (why: string): never => {
  throw new UnreadableError(why)
}

const u32 = (b: Uint8Array, at: number): number =>
  at + 4 <= b.length
    ? (b[at] ?? 0) * 0x1000000 + (((b[at + 1] ?? 0) << 16) | ((b[at + 2] ?? 0) << 8) | (b[at + 3] ?? 0))
    : fault('数据不全')
const u64 = (b: Uint8Array, at: number): number => {
  const value = u32(b, at) * 0x100000000 + u32(b, at + 4)
  return Number.isSafeInteger(value) ? value : fault('数值过大')
}
const typeAt = (b: Uint8Array, at: number): string => String.fromCharCode(...b.subarray(at, at + 4))

/** A box's head: its type, where its contents begin and where it ends. */
export const boxAt = (head: Uint8Array, at: number, end: number): Box | undefined => {
  if (head.length < 8) return undefined
  const short = u32(head, 0)
  const long = short === 1
  if (long && head.length < 16) return undefined
  const size = short === 0 ? end - at : long ? u64(head, 8) : short
  const begins = at + (long ? 16 : 8)
  return size < begins - at || at + size > end
    ? undefined
    : { type: typeAt(head, 4), from: begins, to: at + size }
}

function* boxesOf(file: Bytes, from: number, to: number): Generator<Box> {
  for (let at = from; at < to; ) {
    const box = boxAt(file.read(at, Math.min(16, to - at)), at, to) ?? fault('结构不完整')
    yield box
    at = box.to
  }
}

const inMemory = (bytes: Uint8Array): Bytes => ({
  sizeBytes: bytes.length,
  read: (at, length) => bytes.subarray(at, at + length),
})

const child = (b: Uint8Array, path: readonly string[]): Uint8Array | undefined => {
  const [name, ...rest] = path
  if (name === undefined) return b
  const found = [...boxesOf(inMemory(b), 0, b.length)].filter((box) => box.type === name)
  if (found.length > 1) fault(`${name} 重复`)
  const [box] = found
  return box && child(b.subarray(box.from, box.to), rest)
}
const needed = (b: Uint8Array, ...path: string[]): Uint8Array =>
  child(b, path) ?? fault(`缺少 ${path.join('/')}`)

const sizesOf = (stbl: Uint8Array): number[] => {
  const stsz = needed(stbl, 'stsz')
  const [same, count] = [u32(stsz, 4), u32(stsz, 8)]
  if (count > MAX_SAMPLES) fault('样本过多')
  return Array.from({ length: count }, (_, i) => (same === 0 ? u32(stsz, 12 + 4 * i) : same))
}

const placesOf = (stbl: Uint8Array): number[] => {
  const stco = child(stbl, ['stco'])
  const table = stco ?? needed(stbl, 'co64')
  const count = u32(table, 4)
  if (count > MAX_SAMPLES) fault('块过多')
  return Array.from({ length: count }, (_, i) => (stco ? u32(table, 8 + 4 * i) : u64(table, 8 + 8 * i)))
}

/** How many samples each of the file's own chunks holds. */
const countsOf = (stbl: Uint8Array, chunks: number): number[] => {
  const stsc = needed(stbl, 'stsc')
  const runs = Array.from({ length: Math.min(u32(stsc, 4), MAX_SAMPLES) }, (_, i) => ({
    first: u32(stsc, 8 + 12 * i),
    each: u32(stsc, 12 + 12 * i),
  }))
  const counts: number[] = []
  for (const [i, { first, each }] of runs.entries()) {
    const next = runs[i + 1]?.first ?? chunks + 1
    if (first !== counts.length + 1 || next <= first || next > chunks + 1) fault('样本分布不对')
    for (let n = first; n < next; n += 1) counts.push(each)
  }
  return counts.length === chunks ? counts : fault('样本分布不对')
}

/** Samples of a file that names its media elsewhere could not be found in it. */
const mustBeOwn = (trak: Uint8Array): void => {
  const dref = needed(trak, 'mdia', 'minf', 'dinf', 'dref')
  for (const box of boxesOf(inMemory(dref.subarray(8)), 0, dref.length - 8))
    if ((u32(dref.subarray(8), box.from) & 1) !== 1) fault('音像数据不在文件内')
}

const samplesOf = (trak: Uint8Array, end: number): readonly Sample[] => {
  mustBeOwn(trak)
  const stbl = needed(trak, 'mdia', 'minf', 'stbl')
  const sizes = sizesOf(stbl)
  const places = placesOf(stbl)
  const samples: Sample[] = []
  for (const [i, count] of countsOf(stbl, places.length).entries()) {
    let at = places[i] ?? 0
    for (let n = 0; n < count; n += 1) {
      const size = sizes[samples.length] ?? fault('样本数不一致')
      if (at + size > end) fault('样本超出文件')
      samples.push({ at, size })
      at += size
    }
  }
  return samples.length === sizes.length ? samples : fault('样本数不一致')
}

const tracksIn = (file: Bytes): (readonly Sample[])[] => {
  const top = [...boxesOf(file, 0, file.sizeBytes)]
  const [moov, ...more] = top.filter((b) => b.type === 'moov')
  if (moov === undefined || more.length > 0) return fault('没有唯一的 moov')
  if (top.some((b) => b.type === 'moof')) fault('是分片文件')
  if (moov.to - moov.from > MAX_INDEX_BYTES) fault('索引过大')
  const index = file.read(moov.from, moov.to - moov.from)
  if (index.length !== moov.to - moov.from) fault('数据不全')
  return [...boxesOf(inMemory(index), 0, index.length)]
    .filter((b) => b.type === 'trak')
    .map((b) => samplesOf(index.subarray(b.from, b.to), file.sizeBytes))
}

/**
 * Where every encoded sample of an MP4 lies, track by track in the order of decoding. What a player would play from
 * elsewhere — fragments, a second index, another file — makes it unreadable here. Never throws.
 */
export const readTracks = (file: Bytes): Parsed<readonly (readonly Sample[])[]> => {
  try {
    const tracks = tracksIn(file)
    return tracks.some((t) => t.length > 0)
      ? { ok: true, value: tracks }
      : { ok: false, why: '没有画面或者声音' }
  } catch (error) {
    return { ok: false, why: error instanceof UnreadableError ? error.message : '无法读取' }
  }
}

/** What stands between the samples of a recorder's fragments and is neither picture nor sound. */
const BETWEEN = new Set(['moof', 'styp', 'sidx', 'free', 'skip', 'prft'])

/** Whole boxes without media, the last of them the head of the box in which media go on. */
export const isHeadsOnly = (gap: Uint8Array): boolean => {
  for (let at = 0; at < gap.length; ) {
    const head = gap.subarray(at, at + 16)
    if (typeAt(head, 4) === 'mdat') {
      const long = head.length === 16 && u32(head, 0) === 1
      return at + (long ? 16 : 8) === gap.length
    }
    const box = boxAt(head, at, gap.length)
    if (box === undefined || !BETWEEN.has(box.type)) return false
    at = box.to
  }
  return true
}
