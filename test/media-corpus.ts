import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { constants, createDeflate, crc32 } from 'node:zlib'
import { exifSegment } from './exif-segment.ts'

const CACHE = join(import.meta.dirname, '..', 'node_modules', '.cache', 'media-corpus')

/** How a clip is made inside an empty directory; `ffmpeg` runs there, and `out` is the clip's own name. */
type Making = Readonly<{
  dir: string
  out: string
  ffmpeg: (...args: readonly string[]) => void
  /** Another clip of the corpus. */
  of: (name: string) => Promise<string>
}>
type Maker = (m: Making) => Promise<void> | void

const PICTURE = '-f lavfi -i testsrc2=s=320x180:r=25:d=12'
const SOUND = '-f lavfi -i sine=f=440:r=48000:d=12'
const MADE = '-metadata creation_time=2026-03-10T01:30:00Z'
const CODED = `-c:v libx264 -preset veryfast -g 25 -pix_fmt yuv420p -c:a aac -b:a 64k ${MADE} -fflags +bitexact`
const words = (...lines: string[]) => lines.join(' ').split(' ')

const flip = (bytes: Buffer, at: number, mask: number) => {
  bytes[at] = (bytes[at] ?? 0) ^ mask
}
const cut =
  (whole: string, share: number): Maker =>
  async ({ dir, out, of }) => {
    const bytes = await readFile(await of(whole))
    await writeFile(join(dir, out), bytes.subarray(0, Math.floor(bytes.length * share)))
  }
const encode =
  (...lines: string[]): Maker =>
  ({ out, ffmpeg }) =>
    ffmpeg(...words(...lines), out)
const write =
  (content: string): Maker =>
  ({ dir, out }) =>
    writeFile(join(dir, out), content)

/** Ten seconds are missing in the middle, as an editor without encoding leaves it. */
const splice: Maker = async ({ dir, out, ffmpeg, of }) => {
  const whole = await of('whole-end.mp4')
  ffmpeg('-i', whole, '-c', 'copy', '-t', '4', 'one.mp4')
  ffmpeg('-ss', '8', '-i', whole, '-c', 'copy', 'two.mp4')
  await writeFile(join(dir, 'list'), 'file one.mp4\nfile two.mp4\n')
  ffmpeg('-f', 'concat', '-i', 'list', '-c', 'copy', out)
}

/** Two cameras in one file: the picture changes its size. */
const joinCameras: Maker = ({ out, ffmpeg }) => {
  const part = (size: string, name: string) =>
    ffmpeg(...words(`-f lavfi -i testsrc2=s=${size}:r=25:d=4 -c:v libx264 -g 25 -pix_fmt yuv420p`), name)
  part('320x180', 'one.ts')
  part('640x360', 'two.ts')
  ffmpeg('-i', 'concat:one.ts|two.ts', '-c', 'copy', out)
}

const flipMany: Maker = async ({ dir, out, of }) => {
  const bytes = await readFile(await of('whole-front.mp4'))
  const data = bytes.indexOf('mdat') + 8
  for (let i = 0; i < 200; i += 1) flip(bytes, data + ((i * 7919) % (bytes.length - data)), 1 << (i % 8))
  await writeFile(join(dir, out), bytes)
}

/** A bit that no decoder minds, in the sentence that the encoder leaves of its settings: only the digest sees it. */
const flipOne: Maker = async ({ dir, out, of }) => {
  const bytes = await readFile(await of('whole-front.mp4'))
  const settings = bytes.indexOf('options: cabac=1')
  if (settings < 0) throw new Error('the encoder left no settings')
  flip(bytes, settings + 'options: cabac='.length, 1)
  await writeFile(join(dir, out), bytes)
}

const photo: Maker = async ({ dir, out, ffmpeg }) => {
  ffmpeg(...words('-f lavfi -i testsrc2=s=320x240 -frames:v 1'), 'plain.jpg')
  const plain = await readFile(join(dir, 'plain.jpg'))
  const exif = exifSegment({
    make: 'Liuhen',
    model: 'BWC-07',
    serial: 'SN-0042',
    takenAt: '2026:03:10 09:31:00',
    offset: '+08:00',
    hundredths: '25',
    latitude: [30, 35, 12],
    longitude: [114, 18, 56],
  })
  await writeFile(join(dir, out), Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)]))
}

/** 60,000 × 60,000 points in half a megabyte. Rows are packed as they are made: it is never held. */
const hugePng: Maker = async ({ dir, out }) => {
  const side = 60_000
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head[8] = 1
  const pack = createDeflate({ level: constants.Z_BEST_COMPRESSION })
  const packed: Buffer[] = []
  pack.on('data', (part: Buffer) => packed.push(part))
  const rows = Buffer.alloc((1 + side / 8) * 100)
  for (let i = 0; i < side / 100; i += 1) await new Promise<void>((done) => pack.write(rows, () => done()))
  await new Promise<void>((done) => pack.end(() => done()))
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = [chunk('IHDR', head), chunk('IDAT', Buffer.concat(packed)), chunk('IEND', Buffer.alloc(0))]
  await writeFile(join(dir, out), Buffer.concat([magic, ...chunks]))
}

/** A list of pieces that calls itself a film and points at a real one. */
const playlist: Maker = async ({ dir, out, of }) => {
  const target = await of('target.ts')
  await writeFile(join(dir, out), `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n${target}\n#EXT-X-ENDLIST\n`)
}

/** Every clip of the corpus by its name. What must be said of it stands in `corpus.int.test.ts` of the media room. */
const MAKERS: Readonly<Record<string, Maker>> = {
  'whole-front.mp4': encode(PICTURE, SOUND, CODED, '-movflags +faststart'),
  'whole-end.mp4': encode(PICTURE, SOUND, CODED),
  'cut-front.mp4': cut('whole-front.mp4', 0.6),
  'cut-end.mp4': cut('whole-end.mp4', 0.6),
  'flipped-many.mp4': flipMany,
  'flipped-one.mp4': flipOne,
  'spliced.mp4': splice,
  'joined.ts': joinCameras,
  'gap.mp4': encode(PICTURE, SOUND, "-vf select='not(between(t\\,4\\,6))' -fps_mode vfr", CODED),
  'silent.mp4': encode(PICTURE, SOUND, "-af aselect='not(between(t\\,4\\,6))'", CODED),
  'wrong-clock.mp4': encode(PICTURE, CODED.replace('2026-03-10T01:30:00Z', '2015-01-01T00:00:00Z')),
  'hevc.mp4': encode(
    '-f lavfi -i testsrc2=s=320x180:r=25:d=6 -c:v libx265 -preset ultrafast',
    '-x265-params log-level=none -tag:v hvc1 -pix_fmt yuv420p -fflags +bitexact',
  ),
  'sound.m4a': encode('-f lavfi -i sine=f=440:r=48000:d=6 -c:a aac -fflags +bitexact'),
  'photo.jpg': photo,
  'huge.png': hugePng,
  'target.ts': encode('-f lavfi -i testsrc2=s=320x180:r=25:d=4 -c:v libx264 -pix_fmt yuv420p'),
  'playlist.mp4': playlist,
  'empty.mp4': write(''),
  'text.mp4': write('这是一份文字说明，不是录像。\n'),
}

/** A change of the makers makes the clips anew. */
const madeBy = async (): Promise<string> => {
  const sources = await Promise.all(
    ['media-corpus.ts', 'exif-segment.ts'].map((name) => readFile(join(import.meta.dirname, name))),
  )
  return createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 12)
}

/** Where the clip lies; it is made on the first asking, whole or not at all. */
export const corpusClip = async (name: string): Promise<string> => {
  const make = MAKERS[name]
  if (make === undefined) throw new Error(`no clip ${name}`)
  const folder = join(CACHE, await madeBy())
  const path = join(folder, name)
  if (existsSync(path)) return path
  await mkdir(folder, { recursive: true })
  const dir = await mkdtemp(join(folder, 'making-'))
  const ffmpeg = (...args: readonly string[]) =>
    void execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], { cwd: dir, stdio: 'pipe' })
  await make({ dir, out: name, ffmpeg, of: corpusClip })
  await rename(join(dir, name), path)
  await rm(dir, { recursive: true })
  return path
}
