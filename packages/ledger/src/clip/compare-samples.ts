import { equalBytes } from '../bytes.ts'
import { type Bytes, isHeadsOnly, type Sample } from './mp4.ts'

/** One sample: where it lies in the clip and where in the original. */
export type Pair = Readonly<{ track: number; n: number; clipAt: number; at: number; size: number }>

/** Track by track, as the table says; the first that does not fit is named. */
export const pairsOf = (
  own: readonly (readonly Sample[])[],
  tracks: readonly (readonly (readonly [number, number])[])[],
  originalBytes: number,
): Readonly<{ pairs: readonly Pair[]; why?: string }> => {
  const pairs: Pair[] = []
  if (own.length !== tracks.length) return { pairs, why: '轨道数不一致' }
  for (const [track, samples] of own.entries()) {
    const told = tracks[track] ?? []
    if (told.length !== samples.length) return { pairs, why: `第 ${track + 1} 轨的样本数不一致` }
    for (const [n, sample] of samples.entries()) {
      const [at, size] = told[n] ?? [0, -1]
      const wrong = `第 ${track + 1} 轨第 ${n + 1} 个样本`
      if (size !== sample.size) return { pairs, why: `${wrong}长度不一致` }
      if (at + size > originalBytes) return { pairs, why: `${wrong}超出原件` }
      pairs.push({ track, n, clipAt: sample.at, at, size })
    }
  }
  return { pairs }
}

/** In each track every sample begins where the one before has ended, or later. */
export const outOfOrder = (pairs: readonly Pair[]): Pair | undefined => {
  const ends = new Map<number, number>()
  return pairs.find(({ track, at, size }) => {
    const early = at < (ends.get(track) ?? 0)
    ends.set(track, at + size)
    return early
  })
}

/** `edge`: where not every track has begun yet, or one has ended already. */
export type Gap = Readonly<{ at: number; size: number; edge: boolean }>

/** Bytes of the original between the samples, from where the first track begins to where the last one ends. */
export const gapsBetween = (pairs: readonly Pair[]): readonly Gap[] => {
  const starts = new Map<number, number>()
  const ends = new Map<number, number>()
  const taken = pairs.filter(({ size }) => size > 0).sort((a, b) => a.at - b.at)
  for (const { track, at, size } of taken) {
    starts.set(track, Math.min(starts.get(track) ?? Infinity, at))
    ends.set(track, Math.max(ends.get(track) ?? 0, at + size))
  }
  const begun = Math.max(...starts.values())
  const ended = Math.min(...ends.values())
  const gaps: Gap[] = []
  let reached = taken[0]?.at ?? 0
  for (const { at, size } of taken) {
    if (at > reached)
      gaps.push({ at: reached, size: at - reached, edge: reached < begun || reached >= ended })
    reached = Math.max(reached, at + size)
  }
  return gaps
}

/**
 * A recorder writes its tracks in turns, so that at either end of a clip a turn of one track lies beside what the other
 * one no longer has. That much may be missing there: never more than a quarter of what the clip has itself.
 */
export const EDGE_BYTES = 512 * 1024
export const edgeBound = (pairs: readonly Pair[]): number =>
  Math.min(EDGE_BYTES, Math.floor(pairs.reduce((sum, { size }) => sum + size, 0) / 4))

/** Longer ones are surely more than heads. */
const MAX_HEADS_BYTES = 1024 * 1024

export type Compared = Readonly<{
  differs: readonly Pair[]
  /** Bytes that are neither sample nor head of a box: where every track runs, and at the edges. */
  leftOut: number
  atEdges: number
}>

/** Gives the bytes of the original from the pieces that are at hand; undefined where there is none. */
export type ReadOriginal = (at: number, size: number) => Promise<Uint8Array | undefined>

/** Every sample, byte by byte, and everything between them, in the order of the original. */
export const compareSamples = async (
  clip: Bytes,
  pairs: readonly Pair[],
  read: ReadOriginal,
): Promise<Compared> => {
  const differs: Pair[] = []
  const left = { leftOut: 0, atEdges: 0 }
  const pieces = [
    ...pairs.map((pair) => ({ at: pair.at, size: pair.size, pair, edge: false })),
    ...gapsBetween(pairs).map((gap) => ({ ...gap, pair: undefined })),
  ].sort((a, b) => a.at - b.at)
  for (const { at, size, pair, edge } of pieces) {
    if (pair === undefined) {
      const gap = size > MAX_HEADS_BYTES ? undefined : await read(at, size)
      if (gap === undefined || !isHeadsOnly(gap)) left[edge ? 'atEdges' : 'leftOut'] += size
      continue
    }
    const theirs = await read(at, size)
    if (theirs === undefined || !equalBytes(theirs, clip.read(pair.clipAt, size))) differs.push(pair)
  }
  return { differs, ...left }
}
