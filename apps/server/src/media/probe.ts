import { z } from 'zod'
import type { CheckResult } from '@liuhen/domain/recording/events'
import { readIso6709 } from '@liuhen/domain/recording/place'
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
  index: z.int(),
  avg_frame_rate: z.string().optional(),
})
const Tags = z.record(z.string(), z.string())
const Probe = z.object({
  streams: z.array(Stream).default([]),
  format: z.object({
    format_name: z.string(),
    duration: z.coerce.number().optional(),
    tags: Tags.default({}),
  }),
})
export type Probe = z.infer<typeof Probe>

export type ProbeOutcome = Readonly<{ probe: Probe }> | Readonly<{ unreadable: string; detail?: string }>

/** One line that says what the tool found wrong, without the place of the file. */
export const complaintOf = (stderr: string): string => {
  const line = stderr
    .split('\n')
    .filter((l) => l.trim() !== '')
    .at(0)
  const placeless = (line ?? '').replaceAll(/ @ 0x[0-9a-f]+/g, '').replaceAll(/\S*\/\S+/g, '文件')
  return placeless.slice(0, 200)
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

export const fps = (rate: string | undefined): number | undefined => {
  const [n = 0, d = 0] = (rate ?? '').split('/').map(Number)
  return d > 0 ? Math.round((n / d) * 1000) / 1000 : undefined
}

export const isStill = (p: Probe): boolean => p.format.format_name.endsWith('_pipe')

/** Programs that edit or convert leave their name; recorders have their own firmware. */
const EDITORS =
  /Lavf|HandBrake|Premiere|Adobe|After Effects|Final Cut|iMovie|CapCut|剪映|VideoProc|FormatFactory|格式工厂/i

const madeBy = ({ tags }: Probe['format']): Partial<CheckResult> => {
  const told = Date.parse(tags['creation_time'] ?? '')
  const place = readIso6709(tags['com.apple.quicktime.location.ISO6709'] ?? tags['location'] ?? '')
  const encoder = tags['encoder'] ?? tags['ENCODER'] ?? ''
  return {
    // Clocks that were never set write 1904 or 1970: kept as they say it.
    ...(!Number.isNaN(told) && { madeAt: new Date(told).toISOString() }),
    ...(place && { place }),
    ...(EDITORS.test(encoder) && { writtenBy: encoder.slice(0, 100) }),
  }
}

/** What the probe alone tells. */
export const describeProbe = (p: Probe): Partial<CheckResult> => {
  const video = p.streams.find((s) => s.codec_type === 'video')
  const audio = p.streams.find((s) => s.codec_type === 'audio')
  const rate = fps(video?.avg_frame_rate)
  return {
    container: p.format.format_name,
    ...madeBy(p.format),
    ...(p.format.duration !== undefined && { durationSeconds: p.format.duration }),
    ...(video && {
      video: {
        codec: video.codec_name,
        width: video.width ?? 0,
        height: video.height ?? 0,
        ...(rate !== undefined && !isStill(p) && { fps: rate }),
      },
    }),
    ...(audio && { audio: { codec: audio.codec_name } }),
  }
}
