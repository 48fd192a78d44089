import { open, type FileHandle } from 'node:fs/promises'
import { closeSync, openSync, readSync, fstatSync } from 'node:fs'
import type { Span } from '@liuhen/domain/derivative/spec'
import { readTracks, type Sample } from '@liuhen/ledger/clip/mp4'
import type { Packet } from './read-packets.ts'

/** Where every sample of a clip lies in the original, or why nobody can say. */
export type Located =
  | Readonly<{ tracks: readonly (readonly (readonly [number, number])[])[]; covers: Span }>
  | Readonly<{ why: string }>

type Files = Readonly<{ original: string; clip: string }>
/** Streams of the original by the tracks of the clip, and what each file's container says. */
type Told = Readonly<{
  streams: readonly number[]
  original: readonly Packet[]
  clip: readonly Packet[]
}>

const tracksOf = (path: string) => {
  const file = openSync(path, 'r')
  try {
    return readTracks({
      sizeBytes: fstatSync(file).size,
      read: (at, length) => {
        const buffer = Buffer.alloc(length)
        return buffer.subarray(0, readSync(file, buffer, 0, length, at))
      },
    })
  } finally {
    closeSync(file)
  }
}

/** Some containers tell where the head of a sample begins, which is this long at most. */
const HEAD_BYTES = 40

const readAt = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}

/** Where in the original these bytes begin, at the place that its container tells or a head's length behind it. */
const placeOf = async (
  { original, clip }: Readonly<{ original: FileHandle; clip: FileHandle }>,
  sample: Sample,
  packet: Packet,
): Promise<number | undefined> => {
  if (sample.size === 0 || !Number.isSafeInteger(packet.at) || packet.at < 0) return undefined
  const [own, theirs] = await Promise.all([
    readAt(clip, sample.at, sample.size),
    readAt(original, packet.at, sample.size + HEAD_BYTES),
  ])
  const found = theirs.indexOf(own)
  return found < 0 ? undefined : packet.at + found
}

const SAME_MOMENT_SECONDS = 0.0025

/** By how much the clip's times are behind those of the original: its first picture is the key frame at which it was cut. */
const shiftOf = ({ streams, original, clip }: Told, from: number): number | undefined => {
  const first = clip.find((p) => p.stream === 0)
  if (first === undefined) return undefined
  const begins = original.filter((p) => p.stream === streams[0] && p.key && p.size === first.size)
  const nearest = begins.toSorted((a, b) => Math.abs(a.pts - from) - Math.abs(b.pts - from))[0]
  return nearest && nearest.pts - first.pts
}

const byMoment = (packets: readonly Packet[]): ReadonlyMap<number, readonly Packet[]> => {
  const found = new Map<number, Packet[]>()
  for (const p of packets) {
    const ms = Math.round(p.pts * 1000)
    found.set(ms, [...(found.get(ms) ?? []), p])
  }
  return found
}

const partner = (moments: ReadonlyMap<number, readonly Packet[]>, pts: number): Packet | undefined => {
  const ms = Math.round(pts * 1000)
  return [0, -1, 1, -2, 2]
    .flatMap((d) => moments.get(ms + d) ?? [])
    .find((p) => Math.abs(p.pts - pts) <= SAME_MOMENT_SECONDS)
}

const CANNOT = '这种文件的编码数据在片段里换了写法，不能逐个样本对照'

/**
 * Pairs each sample of the clip with the packet of the original that is shown at the same moment, and compares their
 * bytes. What seconds of the original it covers is told by those pairs, not by what was asked for.
 */
export const locateSamples = async (files: Files, told: Told, from: number): Promise<Located> => {
  const own = tracksOf(files.clip)
  if (!own.ok) return { why: `读不出片段的样本：${own.why}` }
  const shift = shiftOf(told, from)
  if (shift === undefined) return { why: CANNOT }
  const handles = { original: await open(files.original), clip: await open(files.clip) }
  try {
    const tracks: [number, number][][] = []
    const covers = { from: Infinity, to: 0 }
    for (const [track, samples] of own.value.entries()) {
      const moments = byMoment(told.original.filter((p) => p.stream === told.streams[track]))
      const packets = told.clip.filter((p) => p.stream === track)
      if (packets.length !== samples.length) return { why: CANNOT }
      const places: [number, number][] = []
      for (const [n, sample] of samples.entries()) {
        const match = partner(moments, (packets[n]?.pts ?? -1) + shift)
        const at = match && (await placeOf(handles, sample, match))
        if (match === undefined || at === undefined) return { why: CANNOT }
        places.push([at, sample.size])
        covers.from = Math.min(covers.from, match.pts)
        covers.to = Math.max(covers.to, match.pts + match.duration)
      }
      tracks.push(places)
    }
    return { tracks, covers }
  } finally {
    await Promise.all([handles.original.close(), handles.clip.close()])
  }
}

/** The key frame with which a copy can begin: the last one that is not after the wanted second. */
export const keyBefore = (packets: readonly Packet[], stream: number, from: number): number | undefined =>
  packets
    .filter((p) => p.stream === stream && p.key && p.pts <= from + 0.0005)
    .reduce<number | undefined>(
      (latest, p) => (latest === undefined || p.pts > latest ? p.pts : latest),
      undefined,
    )
