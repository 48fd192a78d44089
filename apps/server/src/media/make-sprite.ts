import { INPUT_OPTIONS } from './probe.ts'
import { DECODE_LIMITS, INPUT, runOnFile, type MediaTools } from './run-tool.ts'

export type Sprite = Readonly<{
  /** The second that each tile shows, row by row. */
  times: readonly number[]
  columns: number
  tileWidth: number
  tileHeight: number
}>

const COLUMNS = 10
const MOST_TILES = 60
const TILE_WIDTH = 160

const round = (seconds: number) => Math.round(seconds * 1000) / 1000

/** Key frames spread over the length of a film, on one sheet; absent when there is no picture to be had. */
export const makeSprite = async (
  tools: MediaTools,
  path: string,
  film: Readonly<{ seconds: number; width: number; height: number }>,
): Promise<(Sprite & Readonly<{ jpeg: Buffer }>) | undefined> => {
  if (film.width < 1 || film.height < 1) return undefined
  const every = film.seconds / MOST_TILES
  const tileHeight = Math.max(2, Math.round((TILE_WIDTH * film.height) / film.width / 2) * 2)
  const select = `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${every.toFixed(3)})'`
  const sheet = `scale=${TILE_WIDTH}:${tileHeight},showinfo,tile=${COLUMNS}x${MOST_TILES / COLUMNS}`
  const head = [tools.ffmpeg, '-nostdin', '-v', 'info', '-nostats', '-skip_frame', 'nokey', ...INPUT_OPTIONS]
  const pick = [
    '-i',
    INPUT,
    '-map',
    '0:v:0',
    '-vf',
    `${select},${sheet}`,
    '-fps_mode',
    'vfr',
    '-frames:v',
    '1',
  ]
  const argv = [...head, ...pick, '-q:v', '6', '-f', 'image2pipe', '-c:v', 'mjpeg', '-']
  const result = await runOnFile(tools, path, argv, DECODE_LIMITS)
  const times = [...result.stderr.matchAll(/pts_time:([\d.]+)/g)].map((m) => round(Number(m[1])))
  if (result.code !== 0 || result.stdout.length === 0 || times.length === 0) return undefined
  const shown = { times: times.slice(0, MOST_TILES), columns: COLUMNS, tileWidth: TILE_WIDTH, tileHeight }
  return { ...shown, jpeg: result.stdout }
}
