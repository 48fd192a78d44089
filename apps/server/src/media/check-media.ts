import type { CheckResult } from '@liuhen/domain/recording/events'
import { complaintOf, describeProbe, INPUT_OPTIONS, isStill, probeFile } from './probe.ts'
import { DECODE_LIMITS, INPUT, runOnFile, type MediaTools } from './run-tool.ts'
import { scanPackets } from './scan-packets.ts'
import { pictureBreaks, readPhoto } from './scan-pictures.ts'

/** Clips up to this length are decoded whole; of longer ones the key frames are. */
const FULL_DECODE_SECONDS = 120

/** What the tools say of a picture of billions of points before they take any memory for it. */
const TOO_LARGE = /Picture size .* is invalid|Invalid image size/

/** ffmpeg ends with 0 on decoding errors unless it is told to stop at the first. */
const decode = async (
  tools: MediaTools,
  path: string,
  full: boolean,
): Promise<Readonly<{ complaint?: string }>> => {
  const head = [tools.ffmpeg, '-nostdin', '-v', 'error', '-xerror', '-err_detect', 'explode']
  const some = full ? [] : ['-skip_frame', 'nokey']
  // A phone's frames come when they come: put into an even rhythm, two would have one time.
  const times = ['-fps_mode', 'passthrough', '-enc_time_base', '-1']
  const argv = [...head, ...some, ...INPUT_OPTIONS, '-i', INPUT, ...times, '-f', 'null', '-']
  const result = await runOnFile(tools, path, argv, DECODE_LIMITS)
  if (result.ended) return { complaint: result.ended === 'timeout' ? '解码超时' : '解码报错过多' }
  if (result.code === 0 && result.stderr.trim() === '') return {}
  return { complaint: complaintOf(result.stderr) || '解码失败' }
}

/**
 * What a recorder was writing when it was cut off. Such a file has no length and no index that more should follow: what is
 * there is whole up to the cut.
 */
const CUT = /File ended prematurely/
const isCut = (complaint: string | undefined, described: Partial<CheckResult>): boolean =>
  complaint !== undefined && CUT.test(complaint) && described.durationSeconds === undefined

/** `why` is ours and Chinese; what the tools said goes to `detail`. */
const broken = (base: Partial<CheckResult>, why: string, detail?: string): CheckResult => ({
  gaps: [],
  decoded: 'none',
  ...base,
  verdict: 'broken',
  note: `不可解析：${why}。原文件已原样保存，请核对原设备中的文件。`,
  ...(detail === undefined || detail === '' ? {} : { detail }),
})

/** What only a look at pictures tells. */
const lookCloser = async (tools: MediaTools, path: string, still: boolean, picture: boolean) => ({
  photo: still ? await readPhoto(tools, path) : {},
  breaks: picture && !still ? await pictureBreaks(tools, path) : [],
})

/** A file that plays may still not be what left the device: people are told what speaks for it, and where to look. */
const withDoubts = (check: CheckResult, cut: boolean): CheckResult => {
  const doubts = [
    ...(cut ? ['录制时被切断，切断之前的部分可以播放'] : []),
    ...(check.breaks ? [`有 ${check.breaks.length} 处画面或者时间不连续，可能经过拼接`] : []),
    ...(check.writtenBy === undefined ? [] : ['文件由编辑或者转换软件写成，不是设备直接生成的']),
  ]
  return doubts.length === 0 ? check : { ...check, note: `${doubts.join('；')}。请与原设备中的文件核对。` }
}

/**
 * Whether the bytes can be played. Says nothing about whether they are the original ones: only the digest taken at the
 * dock does that. Whatever the tools meet, the answer is a verdict, never an error; without tools it is `not-checked`.
 */
export const checkMedia = async (tools: MediaTools | undefined, path: string): Promise<CheckResult> => {
  if (tools === undefined) {
    const note = '本机没有安装 ffmpeg，未检查能否播放。请安装后重新检查。'
    return { verdict: 'not-checked', note, gaps: [], decoded: 'none' }
  }
  const by = { tool: `ffmpeg ${tools.version}`, isolated: tools.isolated }
  const outcome = await probeFile(tools, path)
  if ('unreadable' in outcome) return broken(by, outcome.unreadable, outcome.detail)
  const { probe } = outcome
  const described = { ...by, ...describeProbe(probe) }
  if (described.video === undefined && described.audio === undefined)
    return broken(described, '没有图像也没有声音')
  const { frames, gaps, breaks, times, complaint: read } = await scanPackets(tools, path, probe)
  // A phone's film has no length of its own: its last frame says it.
  const lengthSeconds = described.durationSeconds ?? times.at(-1)
  const length = lengthSeconds === undefined || isStill(probe) ? {} : { durationSeconds: lengthSeconds }
  const base = {
    ...described,
    ...length,
    frames,
    gaps: [...gaps],
    ...(breaks.length > 0 && { breaks: [...breaks] }),
  }
  if (!isStill(probe) && frames.declared !== undefined && frames.read < frames.declared)
    return broken(base, `索引记有 ${frames.declared} 帧，实际只有 ${frames.read} 帧，文件被截断`)
  if (read !== '' && !isCut(read, described))
    return broken(base, TOO_LARGE.test(read) ? '画面大得无法展开' : '读取时发现文件有损坏', read)
  const full = (lengthSeconds ?? 0) <= FULL_DECODE_SECONDS
  const { complaint } = await decode(tools, path, full)
  const decoded = full ? ('full' as const) : ('keyframes' as const)
  if (complaint !== undefined && !isCut(complaint, described))
    return broken({ ...base, decoded }, '解码时发现文件有损坏', complaint)
  const seen = await lookCloser(tools, path, isStill(probe), base.video !== undefined)
  const all = [...breaks, ...seen.breaks].toSorted((a, b) => a.atSeconds - b.atSeconds).slice(0, 100)
  const playable = {
    ...base,
    ...seen.photo,
    ...(all.length > 0 && { breaks: all }),
    verdict: 'playable',
    decoded,
  } as const
  return withDoubts(playable, isCut(complaint, described))
}
