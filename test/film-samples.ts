import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** One frame as grey pixels, a row after the other. */
export const frameAt = async (path: string, seconds: number): Promise<Buffer> =>
  (
    await run(
      'ffmpeg',
      [
        '-v',
        'error',
        '-ss',
        String(seconds),
        '-i',
        path,
        '-frames:v',
        '1',
        '-f',
        'rawvideo',
        '-pix_fmt',
        'gray',
        '-',
      ],
      { encoding: 'buffer' },
    )
  ).stdout
export const loudness = async (path: string, from: number, seconds: number): Promise<number> => {
  const argv = [
    '-ss',
    String(from),
    '-t',
    String(seconds),
    '-i',
    path,
    '-af',
    'volumedetect',
    '-f',
    'null',
    '-',
  ]
  const { stderr } = await run('ffmpeg', ['-hide_banner', '-nostats', ...argv])
  return Number(/max_volume: (-?[\d.]+) dB/.exec(stderr)?.[1] ?? Number.NaN)
}
/** How far two pictures are apart inside and outside of a box, on the average of the pixels. */
export const apart = (
  a: Buffer,
  b: Buffer,
  box: Readonly<{ x: number; y: number; w: number; h: number }>,
) => {
  const sums = { inside: 0, outside: 0, in: 0, out: 0 }
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [(i % 320) / 320, Math.floor(i / 320) / 180]
    const isIn = x >= box.x && x < box.x + box.w && y >= box.y && y < box.y + box.h
    const isFar = x < box.x - 0.1 || x > box.x + box.w + 0.1 || y < box.y - 0.1 || y > box.y + box.h + 0.1
    const by = Math.abs((a[i] ?? 0) - (b[i] ?? 0))
    if (isIn) [sums.inside, sums.in] = [sums.inside + by, sums.in + 1]
    else if (isFar) [sums.outside, sums.out] = [sums.outside + by, sums.out + 1]
  }
  return { inside: sums.inside / sums.in, outside: sums.outside / sums.out }
}
