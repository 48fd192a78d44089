import { z } from 'zod'
import type { Break, CheckResult, PhotoFacts } from '@liuhen/domain/recording/events'
import { INPUT_OPTIONS } from './probe.ts'
import { DECODE_LIMITS, INPUT, runOnFile, type MediaTools } from './run-tool.ts'

const Frame = z.object({
  pts_time: z.coerce.number().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  pix_fmt: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
})
const Frames = z.object({ frames: z.array(Frame).default([]) })
type Frame = z.infer<typeof Frame>

const keyFrames = async (tools: MediaTools, path: string): Promise<readonly Frame[]> => {
  const head = [tools.ffprobe, '-v', 'quiet', '-skip_frame', 'nokey', ...INPUT_OPTIONS]
  const show = ['-show_entries', 'frame=pts_time,width,height,pix_fmt:frame_tags', '-select_streams', 'v:0']
  const argv = [...head, ...show, '-print_format', 'json', INPUT]
  const { stdout, ended } = await runOnFile(tools, path, argv, DECODE_LIMITS)
  if (ended !== undefined || stdout.length === 0) return []
  const read = Frames.safeParse(JSON.parse(stdout.toString()))
  return read.success ? read.data.frames : []
}

/** Where the picture changes its size or format: a recorder does not do that within one file. */
export const pictureBreaks = async (tools: MediaTools, path: string): Promise<Break[]> => {
  const frames = await keyFrames(tools, path)
  const format = (f: Frame | undefined) => `${f?.width}×${f?.height} ${f?.pix_fmt}`
  return frames.flatMap((frame, i) =>
    i === 0 || format(frame) === format(frames[i - 1])
      ? []
      : [{ atSeconds: frame.pts_time ?? 0, kind: 'picture' as const }],
  )
}

/** “30:1, 35:1, 1234:100” in degrees, minutes and seconds. */
const degrees = (text: string | undefined, ref: string | undefined): number | undefined => {
  const parts = (text ?? '').split(',').map((part) => {
    const [n = Number.NaN, d = 1] = part.split(':').map(Number)
    return d === 0 ? Number.NaN : n / d
  })
  const [whole = Number.NaN, minutes = 0, seconds = 0] = parts
  const sum = whole + minutes / 60 + seconds / 3600
  if (Number.isNaN(sum)) return undefined
  return Math.round((ref === 'S' || ref === 'W' ? -sum : sum) * 1e6) / 1e6
}

/** Offsets of EXIF 2.31; a camera that tells none is in China. */
const takenAt = (tags: Frame['tags']): string | undefined => {
  const [, day, time] = /^(\d{4}:\d{2}:\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(tags['DateTimeOriginal'] ?? '') ?? []
  if (day === undefined || time === undefined) return undefined
  const offset = /^[+-]\d{2}:\d{2}$/.exec(tags['0x9011'] ?? '')?.[0] ?? '+08:00'
  const part = /^\d{1,3}/.exec(tags['SubSecTimeOriginal'] ?? '')?.[0]
  const at = `${day.replaceAll(':', '-')}T${time}${part === undefined ? '' : `.${part.padEnd(3, '0')}`}${offset}`
  return Number.isNaN(Date.parse(at)) ? undefined : at
}

/** What a photo tells of its camera, its time and its place. */
export const readPhoto = async (
  tools: MediaTools,
  path: string,
): Promise<Pick<CheckResult, 'madeAt' | 'photo'>> => {
  const tags = (await keyFrames(tools, path))[0]?.tags ?? {}
  const device = [tags['Make'], tags['Model'], tags['0xA431']].filter(Boolean).join(' ').slice(0, 100)
  const latitude = degrees(tags['GPSLatitude'], tags['GPSLatitudeRef'])
  const longitude = degrees(tags['GPSLongitude'], tags['GPSLongitudeRef'])
  const photo: PhotoFacts = {
    ...(device !== '' && { device }),
    ...(latitude !== undefined && Math.abs(latitude) <= 90 && { latitude }),
    ...(longitude !== undefined && Math.abs(longitude) <= 180 && { longitude }),
  }
  const madeAt = takenAt(tags)
  return { ...(madeAt && { madeAt }), ...(Object.keys(photo).length > 0 && { photo }) }
}
