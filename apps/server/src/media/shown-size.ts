import { z } from 'zod'
import { INPUT_OPTIONS } from './probe.ts'
import { INPUT, PROBE_LIMITS, runOnFile, type MediaTools } from './run-tool.ts'

const Streams = z.object({
  streams: z
    .array(
      z.object({
        index: z.int(),
        codec_type: z.string(),
        width: z.int().optional(),
        height: z.int().optional(),
        side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).optional(),
      }),
    )
    .default([]),
  format: z.object({ duration: z.coerce.number().optional() }),
})

export type Shown = Readonly<{
  /** Of the first picture and sound, in the numbering of the file. */
  picture?: Readonly<{ stream: number; width: number; height: number }>
  sound?: Readonly<{ stream: number }>
  seconds: number
}>

const even = (n: number): number => Math.max(2, 2 * Math.floor(n / 2))

/** The picture as people see it: a phone that was held upright writes it lying, and how to turn it. */
export const readShown = async (tools: MediaTools, path: string): Promise<Shown | undefined> => {
  const entries = 'stream=index,codec_type,width,height:stream_side_data=rotation:format=duration'
  const argv = [
    tools.ffprobe,
    '-v',
    'error',
    ...INPUT_OPTIONS,
    '-show_entries',
    entries,
    '-of',
    'json',
    INPUT,
  ]
  const { code, stdout } = await runOnFile(tools, path, argv, PROBE_LIMITS)
  const parsed = code === 0 ? Streams.safeParse(JSON.parse(stdout.toString())) : undefined
  if (!parsed?.success) return undefined
  const { streams, format } = parsed.data
  const video = streams.find((s) => s.codec_type === 'video')
  const audio = streams.find((s) => s.codec_type === 'audio')
  const turned = (video?.side_data_list ?? []).some((d) => Math.abs(d.rotation ?? 0) % 180 === 90)
  const [w, h] = [even(video?.width ?? 0), even(video?.height ?? 0)]
  return {
    seconds: format.duration ?? 0,
    ...(video && { picture: { stream: video.index, width: turned ? h : w, height: turned ? w : h } }),
    ...(audio && { sound: { stream: audio.index } }),
  }
}
