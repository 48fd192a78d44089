import type { Break, CheckResult, Gap } from '@liuhen/domain/recording/events'
import { complaintOf, fps, INPUT_OPTIONS, isStill, type Probe } from './probe.ts'
import { INPUT, PROBE_LIMITS, runOnFile, type MediaTools } from './run-tool.ts'

export type PacketScan = Readonly<{
  frames: NonNullable<CheckResult['frames']>
  gaps: readonly Gap[]
  breaks: readonly Break[]
  /** When each frame of the picture is shown, in order; of sound alone, each packet. */
  times: readonly number[]
  complaint: string
}>

/** Longer than any recorder's frame and shorter than what a person would call a pause; slow pictures have longer frames. */
const GAP_SECONDS = 0.5
const GAP_FRAMES = 2.5
/** A recorder's frames are evenly apart, but for one in a hundred that it dropped. */
const EVEN_SHARE = 0.99
const MOST = 100

const round = (seconds: number) => Math.round(seconds * 1000) / 1000

const stepsOf = (times: readonly number[]): number[] => times.slice(1).map((at, i) => at - (times[i] ?? at))

/** The step that most frames make, and whether nearly all make it. */
export const rhythmOf = (times: readonly number[]): Readonly<{ every?: number; even: boolean }> => {
  const steps = stepsOf(times)
  const every = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)]
  if (every === undefined || every <= 0) return { even: false }
  const slack = Math.max(0.002, every * 0.1)
  const regular = steps.filter((s) => Math.abs(s - every * Math.max(1, Math.round(s / every))) <= slack)
  return { every, even: regular.length >= steps.length * EVEN_SHARE }
}

const gapsIn = (times: readonly number[], rate: number | undefined): Gap[] => {
  const longest = Math.max(GAP_SECONDS, rate === undefined ? 0 : GAP_FRAMES / rate)
  return stepsOf(times).flatMap((seconds, i) =>
    seconds > longest ? [{ atSeconds: round(times[i] ?? 0), seconds: round(seconds) }] : [],
  )
}

/** In an even recording, picture or sound, a step that is no whole number of frames: two recordings were put together there. */
const breaksIn = (times: readonly number[]): Break[] => {
  const { every = 0, even } = rhythmOf(times)
  if (!even) return []
  return stepsOf(times).flatMap((step, i) => {
    const frames = step / every
    const fits = frames >= 0.75 && Math.abs(frames - Math.round(frames)) <= 0.25
    return fits || step > GAP_SECONDS ? [] : [{ atSeconds: round(times[i + 1] ?? 0), kind: 'time' as const }]
  })
}

const isInside = (gap: Gap, others: readonly Gap[]): boolean =>
  others.some((o) => gap.atSeconds < o.atSeconds + o.seconds && o.atSeconds < gap.atSeconds + gap.seconds)

/** Sound that is missing while the picture goes on; behind its end nothing is missing. */
const silencesIn = (sound: readonly number[], pictureGaps: readonly Gap[]): Gap[] =>
  gapsIn(sound, undefined)
    .filter((gap) => !isInside(gap, pictureGaps))
    .map((gap) => ({ ...gap, sound: true as const }))

const readTimes = (text: string): Map<number, number[]> => {
  const byStream = new Map<number, number[]>()
  for (const line of text.split('\n')) {
    const [index, at] = line.split(',')
    if (index === undefined || index === '' || at === undefined) continue
    const times = byStream.get(Number(index)) ?? []
    times.push(Number.parseFloat(at))
    byStream.set(Number(index), times)
  }
  return byStream
}

const rhythm = (probe: Probe, times: readonly number[], isPicture: boolean) => {
  const { every, even } = rhythmOf(times)
  if (!isPicture || isStill(probe) || every === undefined) return {}
  return { everySeconds: Math.round(every * 1e6) / 1e6, ...(!even && { uneven: true as const }) }
}

/** Reads every packet's time without decoding: a file that was cut short has fewer than its index promises. */
export const scanPackets = async (tools: MediaTools, path: string, probe: Probe): Promise<PacketScan> => {
  const argv = [tools.ffprobe, '-v', 'error', ...INPUT_OPTIONS]
  const show = ['-show_entries', 'packet=stream_index,pts_time', '-of', 'csv=print_section=0', INPUT]
  const result = await runOnFile(tools, path, [...argv, ...show], PROBE_LIMITS)
  const byStream = readTimes(result.stdout.toString())
  const picture = probe.streams.find((s) => s.codec_type === 'video')
  const sound = probe.streams.find((s) => s.codec_type === 'audio')
  const main = picture ?? sound
  const all = byStream.get(main?.index ?? -1) ?? []
  const inOrder = (times: readonly number[] = []) =>
    times.filter((t) => !Number.isNaN(t)).toSorted((a, b) => a - b)
  const times = inOrder(all)
  const soundTimes = picture && sound ? inOrder(byStream.get(sound.index)) : []
  const gaps = gapsIn(times, picture && fps(picture.avg_frame_rate))
  const silences = silencesIn(soundTimes, gaps)
  const breaks = isStill(probe) ? [] : [...breaksIn(times), ...breaksIn(soundTimes)]
  const declared = main?.nb_frames
  const told = complaintOf(result.stderr)
  return {
    frames: {
      read: all.length,
      ...(declared !== undefined && { declared }),
      ...rhythm(probe, times, picture !== undefined),
    },
    gaps: [...gaps, ...silences].slice(0, MOST),
    breaks: breaks.slice(0, MOST),
    times,
    complaint: result.code === 0 ? told : told || '读取失败',
  }
}
