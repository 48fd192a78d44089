import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Area, Span, Spec } from '@liuhen/domain/derivative/spec'
import { gridFor, MASK_RATE, maskFrames } from './cover-mask.ts'
import { complaintOf, INPUT_OPTIONS } from './probe.ts'
import { DECODE_LIMITS, INPUT, OUTPUT, runOnFile, type MediaTools } from './run-tool.ts'
import type { Shown } from './shown-size.ts'

const NAME = 'copy.mp4'
const LIMITS = {
  ...DECODE_LIMITS,
  timeoutMs: 12 * 3600_000,
  cpuSeconds: 48 * 3600,
  memoryBytes: 6 * 1024 ** 3,
  fileBytes: 64 * 1024 ** 3,
}

export type Making = Readonly<{
  tools: MediaTools
  /** The original; it is only read. */
  path: string
  /** Its own folder, in which the tools may write. */
  folder: string
  shown: Shown
  /** How much is done, from 0 to 1. */
  onShare?: ((share: number) => void) | undefined
}>
export type Made = Readonly<{ path: string; arguments: string }> | Readonly<{ why: string; detail?: string }>

/** Neither place nor device of the original goes with a copy, and the same request makes the same bytes. */
const CLEAN = ['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact']
const BITEXACT = ['-flags:v', '+bitexact', '-flags:a', '+bitexact']
const PICTURE = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p', '-g', '50']
const SOUND = ['-c:a', 'aac', '-b:a', '128k']
const OUT = ['-movflags', '+faststart', '-f', 'mp4', `${OUTPUT}/${NAME}`]

const seconds = (n: number): string => n.toFixed(3)
const cutOf = (range: Span | undefined): Readonly<{ before: string[]; after: string[] }> =>
  range === undefined
    ? { before: [], after: [] }
    : { before: ['-ss', seconds(range.from)], after: ['-t', seconds(range.to - range.from)] }

/** Percent out of what the tool says of its way. */
const progressOf = (total: number, onShare: Making['onShare']) => (part: Buffer) => {
  const told = /out_time_us=(\d+)/.exec(part.toString('latin1'))?.[1]
  if (told !== undefined && total > 0) onShare?.(Math.min(1, Number(told) / 1e6 / total))
}

const run = async (
  m: Making,
  argv: readonly string[],
  total: number,
  feed?: Iterable<Uint8Array>,
): Promise<Made> => {
  const head = [m.tools.ffmpeg, '-nostdin', '-v', 'error', '-y', '-progress', 'pipe:1', '-nostats']
  const { code, stderr, ended } = await runOnFile(m.tools, m.path, [...head, ...argv], LIMITS, {
    output: m.folder,
    sink: progressOf(total, m.onShare),
    ...(feed && { feed }),
  })
  if (ended === 'timeout') return { why: '制作超时' }
  if (code !== 0) return { why: '工具没有完成制作', detail: complaintOf(stderr) }
  return { path: join(m.folder, NAME), arguments: argv.join(' ') }
}

/** So far behind a key frame the tool finds that very frame, and not the one before it. */
const INSIDE_SECONDS = 0.001

/** The encoded samples as they are, from a key frame on. */
export const copyClip = (m: Making, range: Span): Promise<Made> => {
  const from = ['-ss', seconds(range.from + INSIDE_SECONDS), ...INPUT_OPTIONS, '-i', INPUT]
  const which = ['-t', seconds(range.to - range.from), '-map', '0:v:0?', '-map', '0:a:0?', '-c', 'copy']
  const to = [...CLEAN, '-avoid_negative_ts', 'make_zero', ...OUT]
  return run(m, [...from, ...which, ...to], range.to - range.from)
}

const coverOf = (style: 'black' | 'pixelate' | 'blur', { width, height }: Size): string => {
  if (style === 'black') return 'drawbox=color=black:t=fill'
  const cell = Math.max(16, Math.round(Math.max(width, height) / 24))
  const small = `scale=${Math.ceil(width / cell)}:${Math.ceil(height / cell)}:flags=area`
  return `${small},scale=${width}:${height}:flags=${style === 'pixelate' ? 'neighbor' : 'bilinear'}`
}

type Size = Readonly<{ width: number; height: number }>
type Mark = Readonly<{ lines: readonly string[]; font: string }>

const FONT = 'mark.ttf'
/** A Chinese character is as wide as it is high, a Latin one about half of that. */
const widthOf = (line: string): number =>
  Array.from(line).reduce((sum, c) => sum + ((c.codePointAt(0) ?? 0) > 0x2000 ? 1 : 0.56), 0)

const markFilters = async (folder: string, mark: Mark, { width, height }: Size): Promise<string[]> => {
  await copyFile(mark.font, join(folder, FONT))
  const widest = Math.max(...mark.lines.map(widthOf))
  const size = Math.max(10, Math.floor(Math.min(height / 18, (width * 0.94) / widest)))
  for (const [i, line] of mark.lines.entries()) await writeFile(join(folder, `mark-${i}.txt`), line)
  const text = (i: number, alpha: number, x: string, y: string) =>
    `drawtext=fontfile=${OUTPUT}/${FONT}:textfile=${OUTPUT}/mark-${i}.txt:expansion=none:fontsize=${size}` +
    `:fontcolor=white@${alpha}:borderw=1:bordercolor=black@${alpha}:x=${x}:y=${y}`
  const last = mark.lines.length - 1
  return [
    ...mark.lines.map((_, i) =>
      text(i, 0.9, '(w-tw)/2', `h-${Math.round((mark.lines.length - i) * size * 1.35)}`),
    ),
    // One that wanders, so that no fixed strip of the picture can be cut off with it.
    text(last, 0.4, "'(w-tw)/2+(w-tw)/2*sin(t/5)'", "'h*0.15+h*0.3*(1+sin(t/11))'"),
  ]
}

/** So much more is silenced at each end: a frame of sound that begins before is silenced, too. */
const MUTE_MARGIN_SECONDS = 0.03
const muteOf = (mutes: readonly Span[], from: number): string[] =>
  mutes.length === 0
    ? []
    : [
        'asetnsamples=n=256:p=0',
        `volume=0:enable='${mutes
          .map(({ from: a, to: b }) => {
            const [start, end] = [a - from - MUTE_MARGIN_SECONDS, b - from + MUTE_MARGIN_SECONDS]
            return `between(t,${seconds(Math.max(0, start))},${seconds(Math.max(0, end))})`
          })
          .join('+')}'`,
      ]

const pictureGraph = (
  { width, height }: Size,
  cover: Readonly<{ areas: readonly Area[]; style: 'black' | 'pixelate' | 'blur' }>,
  more: readonly string[],
): string => {
  const last = [...more, 'format=yuv420p'].join(',')
  const fit = `[0:v:0]scale=${width}:${height},format=yuv420p`
  if (cover.areas.length === 0) return `${fit},${last}[v]`
  const { cell, columns, rows } = gridFor(width, height)
  const mask = `[1:v]scale=${columns * cell}:${rows * cell}:flags=neighbor,crop=${width}:${height}:0:0,format=gray[m]`
  const covered = `[b]${coverOf(cover.style, { width, height })}[c];${mask};[c][m]alphamerge[o]`
  return `${fit},split[a][b];${covered};[a][o]overlay=format=yuv420,${last}[v]`
}

/** Encoded anew: cut to the second, covered, silenced, marked. */
export const encodeCopy = async (m: Making, spec: Spec, mark: Mark | undefined): Promise<Made> => {
  const { picture, sound } = m.shown
  const { before, after } = cutOf(spec.range)
  const from = spec.range?.from ?? 0
  const total = spec.range === undefined ? m.shown.seconds : spec.range.to - from
  const areas = spec.kind === 'redaction' ? spec.areas : []
  const style = spec.kind === 'redaction' ? spec.style : 'black'
  const grid = picture && gridFor(picture.width, picture.height)
  const masked = grid !== undefined && areas.length > 0
  const raw = ['-f', 'rawvideo', '-pixel_format', 'gray', '-framerate', String(MASK_RATE)]
  const maskInput = masked
    ? ['-protocol_whitelist', 'pipe', ...raw, '-video_size', `${grid.columns}x${grid.rows}`, '-i', 'pipe:0']
    : []
  const graphs = [
    ...(picture
      ? [pictureGraph(picture, { areas, style }, mark ? await markFilters(m.folder, mark, picture) : [])]
      : []),
    ...(sound
      ? [`[0:a:0]${[...muteOf(spec.kind === 'redaction' ? spec.mutes : [], from), 'anull'].join(',')}[s]`]
      : []),
  ]
  const maps = [...(picture ? ['-map', '[v]'] : []), ...(sound ? ['-map', '[s]'] : [])]
  const argv = [...before, ...INPUT_OPTIONS, '-i', INPUT, ...maskInput, '-filter_complex', graphs.join(';')]
  const coded = [
    ...maps,
    ...after,
    '-fps_mode',
    'passthrough',
    ...PICTURE,
    ...SOUND,
    ...CLEAN,
    ...BITEXACT,
    ...OUT,
  ]
  const feed = masked ? maskFrames(areas, grid, { from, seconds: total }) : undefined
  return run(m, [...argv, ...coded], total, feed)
}
