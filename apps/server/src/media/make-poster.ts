import { INPUT_OPTIONS } from './probe.ts'
import { INPUT, PROBE_LIMITS, runOnFile, type MediaTools } from './run-tool.ts'

/** A key frame near the beginning as JPEG, at most 640 wide; absent when there is none to be had. The file is only read. */
export const makePoster = async (tools: MediaTools, path: string): Promise<Buffer | undefined> => {
  const head = [
    tools.ffmpeg,
    '-nostdin',
    '-v',
    'error',
    '-skip_frame',
    'nokey',
    ...INPUT_OPTIONS,
    '-i',
    INPUT,
  ]
  const pick = ['-map', '0:v:0', '-vf', `select='gte(t,1)+eq(n,0)',scale='min(640,iw)':-2`, '-frames:v', '1']
  const argv = [...head, ...pick, '-q:v', '5', '-f', 'image2pipe', '-c:v', 'mjpeg', '-']
  const result = await runOnFile(tools, path, argv, PROBE_LIMITS)
  return result.code === 0 && result.stdout.length > 0 ? result.stdout : undefined
}
