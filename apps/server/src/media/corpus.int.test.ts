import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { corpusClip } from '../../../../test/media-corpus.ts'
import { sha256 } from '../../../../test/upload-installation.ts'
import { checkMedia } from './check-media.ts'
import { findMediaTools, INPUT, PROBE_LIMITS, runOnFile, type MediaTools } from './run-tool.ts'

const found = await findMediaTools(process.env['PATH'] ?? '')

const camera = { video: { codec: 'h264', width: 320, height: 180, fps: 25 }, audio: { codec: 'aac' } }
const playable = { verdict: 'playable', gaps: [], decoded: 'full' }
const whole = {
  ...playable,
  ...camera,
  madeAt: '2026-03-10T01:30:00.000Z',
  frames: { declared: 300, read: 300, everySeconds: 0.04 },
}
const broken = (why: string) => ({ verdict: 'broken', note: expect.stringMatching(`^不可解析：.*${why}`) })
const doubted = (why: string) => ({ verdict: 'playable', note: expect.stringContaining(why) })

/** What must be said of each clip. `silent` names what must not be said at all. */
const EXPECTED: readonly Readonly<{ clip: string; is: string; says: object; silent?: readonly string[] }>[] =
  [
    {
      clip: 'whole-front.mp4',
      is: 'a whole film, index in front',
      says: whole,
      silent: ['note', 'breaks', 'writtenBy'],
    },
    {
      clip: 'whole-end.mp4',
      is: 'a whole film, index at the end',
      says: whole,
      silent: ['note', 'breaks', 'writtenBy'],
    },
    { clip: 'cut-front.mp4', is: 'a film cut short, index in front', says: broken('文件被截断') },
    {
      clip: 'cut-end.mp4',
      is: 'a film cut short, index at the end',
      says: { ...broken('不是可以识别的音像'), detail: expect.stringContaining('moov atom not found') },
    },
    { clip: 'flipped-many.mp4', is: 'a film with many bits flipped', says: broken('发现文件有损坏') },
    { clip: 'flipped-one.mp4', is: 'a film with one bit flipped', says: playable, silent: ['note'] },
    {
      clip: 'spliced.mp4',
      is: 'a film with four seconds taken out',
      says: {
        ...doubted('可能经过拼接'),
        breaks: [{ kind: 'time', atSeconds: expect.closeTo(4, 0) }],
        writtenBy: expect.stringContaining('Lavf'),
      },
    },
    {
      clip: 'joined.ts',
      is: 'a film put together from two cameras',
      says: {
        ...doubted('可能经过拼接'),
        breaks: expect.arrayContaining([{ kind: 'picture', atSeconds: expect.any(Number) }]),
      },
    },
    {
      clip: 'gap.mp4',
      is: 'a film whose picture stood still for two seconds',
      says: { verdict: 'playable', gaps: [{ atSeconds: 3.96, seconds: 2.08 }] },
      silent: ['breaks'],
    },
    {
      clip: 'silent.mp4',
      is: 'a film whose sound is missing for two seconds',
      says: {
        verdict: 'playable',
        gaps: [{ sound: true, atSeconds: expect.closeTo(4, 0), seconds: expect.closeTo(2, 0) }],
      },
    },
    {
      clip: 'wrong-clock.mp4',
      is: 'a film of a camera whose clock was never set',
      says: { ...playable, madeAt: '2015-01-01T00:00:00.000Z' },
    },
    { clip: 'hevc.mp4', is: 'a film in HEVC', says: { ...playable, video: { codec: 'hevc' } } },
    {
      clip: 'sound.m4a',
      is: 'sound alone',
      says: { ...playable, audio: { codec: 'aac' } },
      silent: ['video', 'breaks'],
    },
    {
      clip: 'photo.jpg',
      is: 'a photo',
      says: {
        verdict: 'playable',
        madeAt: '2026-03-10T09:31:00.250+08:00',
        photo: { device: 'Liuhen BWC-07 SN-0042', latitude: 30.586667, longitude: 114.315556 },
      },
      silent: ['breaks'],
    },
    { clip: 'huge.png', is: 'a picture of 3.6 billion points', says: broken('画面大得无法展开') },
    { clip: 'playlist.mp4', is: 'a list of pieces', says: broken('不是可以识别的音像') },
    { clip: 'empty.mp4', is: 'nothing', says: broken('') },
    { clip: 'text.mp4', is: 'a text', says: broken('不是可以识别的音像') },
  ]

describe.skipIf(found === undefined)('the corpus', () => {
  const tools = found as MediaTools

  test.each(EXPECTED)('$clip is $is, and is told so', async ({ clip, says, silent = [] }) => {
    const check = await checkMedia(tools, await corpusClip(clip))
    expect(check).toMatchObject(says)
    for (const key of silent) expect(check).not.toHaveProperty(key)
    expect(JSON.stringify(check)).not.toMatch(/0x[0-9a-f]{6}|media-corpus/)
  })

  test('one flipped bit is seen by the digest and by nothing else', async () => {
    const [clean, flipped] = await Promise.all(['whole-front.mp4', 'flipped-one.mp4'].map(corpusClip))
    const bytes = await Promise.all([readFile(clean ?? ''), readFile(flipped ?? '')])
    expect(sha256(bytes[0])).not.toBe(sha256(bytes[1]))
    const { tool: _a, ...one } = await checkMedia(tools, clean ?? '')
    const { tool: _b, ...other } = await checkMedia(tools, flipped ?? '')
    expect(other).toEqual(one)
  })

  test('a list of pieces would be followed if the formats were not named', async () => {
    const list = await corpusClip('playlist.mp4')
    const open = { ...tools, isolated: false }
    const argv = [
      tools.ffprobe,
      '-v',
      'error',
      '-f',
      'hls',
      '-allowed_extensions',
      'ALL',
      '-show_streams',
      INPUT,
    ]
    const followed = await runOnFile(open, list, argv, PROBE_LIMITS)
    expect(followed.stdout.toString()).toContain('width=320')
    const check = await checkMedia(open, list)
    expect(check).toMatchObject(broken('不是可以识别的音像'))
    expect(check).not.toHaveProperty('video')
  })

  test('a picture of billions of points takes no memory worth speaking of', async () => {
    const small = { ...PROBE_LIMITS, memoryBytes: 512 * 1024 ** 2 }
    const argv = [tools.ffmpeg, '-nostdin', '-v', 'error', '-i', INPUT, '-f', 'null', '-']
    const { stderr } = await runOnFile(tools, await corpusClip('huge.png'), argv, small)
    expect(stderr).toContain('Picture size 60000x60000 is invalid')
  })
})
