import { join } from 'node:path'
import { INPUT_OPTIONS } from './probe.ts'
import { DECODE_LIMITS, INPUT, OUTPUT, runOnFile, type MediaTools } from './run-tool.ts'

const NAME = 'proxy.mp4'
const LIMITS = {
  ...DECODE_LIMITS,
  timeoutMs: 4 * 3600_000,
  cpuSeconds: 8 * 3600,
  memoryBytes: 2 * 1024 ** 3,
  fileBytes: 16 * 1024 ** 3,
}

/**
 * A small H.264 film of the same length and with the same moments, for browsers that cannot play the original: 480
 * lines at the most. Answers where it lies inside `folder`; absent when it cannot be made.
 */
export const makeProxy = async (
  tools: MediaTools,
  path: string,
  folder: string,
): Promise<string | undefined> => {
  const head = [tools.ffmpeg, '-nostdin', '-v', 'error', '-y', ...INPUT_OPTIONS, '-i', INPUT]
  const picture = ['-map', '0:v:0?', '-vf', "scale=-2:'2*trunc(min(480,ih)/2)'", '-fps_mode', 'passthrough']
  const coded = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '28', '-pix_fmt', 'yuv420p', '-g', '50']
  const sound = ['-map', '0:a:0?', '-c:a', 'aac', '-b:a', '64k']
  const kept = ['-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4', `${OUTPUT}/${NAME}`]
  const argv = [...head, ...picture, ...coded, ...sound, ...kept]
  const { code } = await runOnFile(tools, path, argv, LIMITS, { output: folder })
  return code === 0 ? join(folder, NAME) : undefined
}
