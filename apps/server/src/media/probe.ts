import { z } from 'zod'
import type { CheckResult, Gap } from '@liuhen/domain/recording/events'
import { INPUT, PROBE_LIMITS, runOnFile, type MediaTools } from './run-tool.ts'

/** Containers that recorders make. A playlist or a script that pretends to be one is not opened. */
export const INPUT_OPTIONS = [
  '-format_whitelist',
  'mov,mp4,m4a,3gp,avi,mpegts,mpeg,matroska,webm,wav,mp3,aac,jpeg_pipe,png_pipe,webp_pipe',
  '-protocol_whitelist',
  'file',
]

const Count = z.coerce.number().int().optional()
const Stream = z.object({
  codec_type: z.string(),
  codec_name: z.string().default('unknown'),
  width: z.int().optional(),
  height: z.int().optional(),
  nb_frames: Count,
  avg_frame_rate: z.string().optional(),
})
const Probe = z.object({
  streams: z.array(Stream).default([]),
  format: z.object({ format_name: z.string(), duration: z.coerce.number().optional() }),
})
export type Probe = z.infer<typeof Probe>

export type ProbeOutcome = Readonly<{ probe: Probe }> | Readonly<{ unreadable: string; detail?: string }>

/** One line that says what the tool found wrong, without the place of the file. */
export const complaintOf = (stderr: string): string => {
  const line = stderr
    .split('\n')
    .filter((l) => l.trim() !== '')
    .at(0)
  return (line ?? '').replaceAll(/\S*\/\S+/g, '文件').slice(0, 200)
}

export const probeFile = async (tools: MediaTools, path: string): Promise<ProbeOutcome> => {
  const argv = [tools.ffprobe, '-v', 'error', ...INPUT_OPTIONS, '-print_format', 'json']
  const result = await runOnFile(tools, path, [...argv, '-show_format', '-show_streams', INPUT], PROBE_LIMITS)
  if (result.ended) return { unreadable: result.ended === 'timeout' ? '解析超时' : '解析输出过大' }
  if (result.code !== 0)
    return { unreadable: '文件内容不是可以识别的音像', detail: complaintOf(result.stderr) }
  const parsed = Probe.safeParse(JSON.parse(result.stdout.toString()))
  return parsed.success ? { probe: parsed.data } : { unreadable: '无法识别的媒体格式' }
}

const fps = (rate: string | undefined): number | undefined => {
  const [n = 0, d = 0] = (rate ?? '').split('/').map(Number)
  return d > 0 ? Math.round((n / d) * 1000) / 1000 : undefined
}

/** What the probe alone tells. */
export const describeProbe = (p: Probe): Partial<CheckResult> => {
  const video = p.streams.find((s) => s.codec_type === 'video')
  const audio = p.streams.find((s) => s.codec_type === 'audio')
  const rate = fps(video?.avg_frame_rate)
  return {
    container: p.format.format_name,
    ...(p.format.duration !== undefined && { durationSeconds: p.format.duration }),
    ...(video && {
      video: {
        codec: video.codec_name,
        width: video.width ?? 0,
        height: video.height ?? 0,
        ...(rate !== undefined && { fps: rate }),
      },
    }),
    ...(audio && { audio: { codec: audio.codec_name } }),
  }
}

export type PacketScan = Readonly<{
  read: number
  declared?: number
  gaps: readonly Gap[]
  complaint: string
}>

/** Longer than any recorder's frame and shorter than what a person would call a pause; slow pictures have longer frames. */
const GAP_SECONDS = 0.5
const GAP_FRAMES = 2.5

const gapsIn = (times: readonly number[], rate: number | undefined): Gap[] => {
  const longest = Math.max(GAP_SECONDS, rate === undefined ? 0 : GAP_FRAMES / rate)
  const sorted = times.toSorted((a, b) => a - b)
  return sorted.flatMap((at, i) => {
    const before = sorted[i - 1]
    const seconds = before === undefined ? 0 : at - before
    return before !== undefined && seconds > longest
      ? [{ atSeconds: round(before), seconds: round(seconds) }]
      : []
  })
}
const round = (seconds: number) => Math.round(seconds * 1000) / 1000

/** Reads every packet's time without decoding: a file that was cut short has fewer than its index promises. */
export const scanPackets = async (tools: MediaTools, path: string, probe: Probe): Promise<PacketScan> => {
  const kind = probe.streams.some((s) => s.codec_type === 'video') ? 'v:0' : 'a:0'
  const argv = [tools.ffprobe, '-v', 'error', ...INPUT_OPTIONS, '-select_streams', kind]
  const show = ['-show_entries', 'packet=pts_time', '-of', 'csv=print_section=0', INPUT]
  const result = await runOnFile(tools, path, [...argv, ...show], PROBE_LIMITS)
  const lines = result.stdout
    .toString()
    .split('\n')
    .filter((l) => l.trim() !== '')
  const times = lines.map((l) => Number.parseFloat(l)).filter((t) => !Number.isNaN(t))
  const stream = probe.streams.find((s) => s.codec_type === (kind === 'v:0' ? 'video' : 'audio'))
  const declared = stream?.nb_frames
  const rate = kind === 'v:0' ? fps(stream?.avg_frame_rate) : undefined
  return {
    read: lines.length,
    ...(declared !== undefined && { declared }),
    gaps: gapsIn(times, rate).slice(0, 100),
    complaint: result.code === 0 ? complaintOf(result.stderr) : complaintOf(result.stderr) || '读取失败',
  }
}
