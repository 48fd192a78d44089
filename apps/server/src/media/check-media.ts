import type { CheckResult } from '@liuhen/domain/recording/events'
import { complaintOf, describeProbe, INPUT_OPTIONS, probeFile, scanPackets, type Probe } from './probe.ts'
import { DECODE_LIMITS, INPUT, runOnFile, type MediaTools } from './run-tool.ts'

/** Clips up to this length are decoded whole; of longer ones the key frames are. */
const FULL_DECODE_SECONDS = 120

const still = (p: Probe) => p.format.format_name.endsWith('_pipe')

/** ffmpeg ends with 0 on decoding errors unless it is told to stop at the first. */
const decode = async (
  tools: MediaTools,
  path: string,
  full: boolean,
): Promise<Readonly<{ complaint?: string }>> => {
  const head = [tools.ffmpeg, '-nostdin', '-v', 'error', '-xerror', '-err_detect', 'explode']
  const some = full ? [] : ['-skip_frame', 'nokey']
  const argv = [...head, ...some, ...INPUT_OPTIONS, '-i', INPUT, '-f', 'null', '-']
  const result = await runOnFile(tools, path, argv, DECODE_LIMITS)
  if (result.ended) return { complaint: result.ended === 'timeout' ? '解码超时' : '解码报错过多' }
  if (result.code === 0 && result.stderr.trim() === '') return {}
  return { complaint: complaintOf(result.stderr) || '解码失败' }
}

/** `why` is ours and Chinese; what the tools said goes to `detail`. */
const broken = (base: Partial<CheckResult>, why: string, detail?: string): CheckResult => ({
  gaps: [],
  decoded: 'none',
  ...base,
  verdict: 'broken',
  note: `不可解析：${why}。原文件已原样保存，请核对原设备中的文件。`,
  ...(detail === undefined || detail === '' ? {} : { detail }),
})

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
  const scan = await scanPackets(tools, path, probe)
  const { read, declared, gaps } = scan
  const frames = { read, ...(declared !== undefined && { declared }) }
  const base = { ...described, frames, gaps: [...gaps] }
  if (!still(probe) && declared !== undefined && read < declared)
    return broken(base, `索引记有 ${declared} 帧，实际只有 ${read} 帧，文件被截断`)
  if (scan.complaint !== '') return broken(base, '读取时发现文件有损坏', scan.complaint)
  const full = (described.durationSeconds ?? 0) <= FULL_DECODE_SECONDS
  const { complaint } = await decode(tools, path, full)
  const decoded = full ? ('full' as const) : ('keyframes' as const)
  return complaint === undefined
    ? { ...base, verdict: 'playable', decoded }
    : broken({ ...base, decoded }, '解码时发现文件有损坏', complaint)
}
