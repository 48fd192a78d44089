import { INPUT_OPTIONS } from './probe.ts'
import { DECODE_LIMITS, INPUT, runOnFile, type MediaTools } from './run-tool.ts'

const RATE = 8000
const MOST = 1200
const FULL = 32_768
const LIMITS = { ...DECODE_LIMITS, maxOutputBytes: 4 * 1024 ** 3 }

/** Highest level of each stretch of a recording of so many seconds, 0 to 100. Empty without sound. */
export const readPeaks = async (
  tools: MediaTools,
  path: string,
  seconds: number,
): Promise<readonly number[]> => {
  const count = Math.max(1, Math.min(MOST, Math.ceil(seconds * 20)))
  const samplesEach = Math.max(1, Math.ceil((seconds * RATE) / count))
  const peaks = Array.from({ length: count }, () => 0)
  let sample = 0
  let odd: Buffer = Buffer.alloc(0)
  const take = (part: Buffer) => {
    const bytes = odd.length === 0 ? part : Buffer.concat([odd, part])
    const whole = bytes.length - (bytes.length % 2)
    for (let i = 0; i < whole; i += 2) {
      const at = Math.min(count - 1, Math.floor(sample / samplesEach))
      peaks[at] = Math.max(peaks[at] ?? 0, Math.abs(bytes.readInt16LE(i)))
      sample += 1
    }
    odd = bytes.subarray(whole)
  }
  const head = [tools.ffmpeg, '-nostdin', '-v', 'error', ...INPUT_OPTIONS, '-i', INPUT, '-map', '0:a:0']
  const argv = [...head, '-ac', '1', '-ar', String(RATE), '-f', 's16le', '-']
  const { code } = await runOnFile(tools, path, argv, LIMITS, { sink: take })
  if (sample === 0 || code === null) return []
  return peaks.map((peak) => Math.round((peak / FULL) * 100))
}
