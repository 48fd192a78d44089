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

/** In the order of the file; undefined when the tool does not read it to its end. */
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
  const entries = 'packet=stream_index,pts_time,duration_time,size,pos,flags'
  const argv = [tools.ffprobe, '-v', 'error', ...INPUT_OPTIONS, '-show_entries', entries]
  const { code, ended } = await runOnFile(tools, path, [...argv, '-of', 'csv=p=0', INPUT], LIMITS, { sink })
  return code === 0 && ended === undefined ? [...lines, rest].flatMap((l) => packetOf(l) ?? []) : undefined
}
