import { INPUT_OPTIONS } from './probe.ts'
import { DECODE_LIMITS, INPUT, runOnFile, type MediaTools } from './run-tool.ts'

/** An encoded sample as the container has it: when it is shown, where it lies, whether a picture can begin with it. */
export type Packet = Readonly<{
  stream: number
  pts: number
  duration: number
  size: number
  at: number
  key: boolean
}>

const LIMITS = { ...DECODE_LIMITS, maxOutputBytes: 512 * 1024 * 1024, memoryBytes: 2 * 1024 ** 3 }

const packetOf = (line: string): Packet | undefined => {
  const [stream, pts, duration, size, at, flags] = line.split(',')
  if (flags === undefined || stream === undefined) return undefined
  return {
    stream: Number(stream),
    pts: Number(pts),
    duration: Number(duration) || 0,
    size: Number(size),
    at: Number(at),
    key: flags.startsWith('K'),
  }
}

/** Where the file's own clock begins: cutting and playing count from there, its packets do not. */
const startOf = (lines: readonly string[]): number => {
  const told = lines.map((l) => l.split(',')).find((parts) => parts.length === 1 && parts[0] !== '')
  return Number(told?.[0]) || 0
}

/** In the order of the file, in seconds from its beginning; undefined when the tool does not read it to its end. */
export const readPackets = async (
  tools: MediaTools,
  path: string,
): Promise<readonly Packet[] | undefined> => {
  const lines: string[] = []
  let rest = ''
  const sink = (part: Buffer): void => {
    const [...all] = (rest + part.toString('latin1')).split('\n')
    rest = all.pop() ?? ''
    lines.push(...all)
  }
  const entries = 'packet=stream_index,pts_time,duration_time,size,pos,flags:format=start_time'
  const argv = [tools.ffprobe, '-v', 'error', ...INPUT_OPTIONS, '-show_entries', entries]
  const { code, ended } = await runOnFile(tools, path, [...argv, '-of', 'csv=p=0', INPUT], LIMITS, { sink })
  if (code !== 0 || ended !== undefined) return undefined
  const all = [...lines, rest]
  const start = startOf(all)
  return all.flatMap((l) => packetOf(l) ?? []).map((p) => ({ ...p, pts: p.pts - start }))
}
