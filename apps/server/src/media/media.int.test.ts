import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkMedia } from './check-media.ts'
import { makePoster } from './make-poster.ts'
import { findMediaTools, INPUT, PROBE_LIMITS, runOnFile, type MediaTools } from './run-tool.ts'

const DEMO = join(import.meta.dirname, '../../../cli/assets/demo')
const PATH = process.env['PATH'] ?? ''
const found = await findMediaTools(PATH)
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'liuhen-media-'))
})
afterAll(() => rm(dir, { recursive: true }))

const file = async (name: string, bytes: Uint8Array | string) => {
  const path = join(dir, name)
  await writeFile(path, bytes)
  return path
}

test('without ffmpeg nothing is checked, and the verdict says so', async () => {
  expect(await findMediaTools('/nonexistent')).toBeUndefined()
  expect(await checkMedia(undefined, join(DEMO, 'service.mp4'))).toMatchObject({
    verdict: 'not-checked',
    decoded: 'none',
  })
})

describe.skipIf(found === undefined)('with ffmpeg', () => {
  const tools = found as MediaTools

  test.each([
    ['inspection-1.mp4', 'keyframes'],
    ['inspection-2.mp4', 'full'],
    ['service.mp4', 'full'],
  ])('%s is playable; of what is long the key frames are decoded', async (name, decoded) => {
    const check = await checkMedia(tools, join(DEMO, name))
    expect(check).toMatchObject({
      verdict: 'playable',
      decoded,
      gaps: [],
      video: { codec: 'h264', width: 640, height: 360 },
      audio: { codec: 'aac' },
    })
    expect(check.frames?.read).toBe(check.frames?.declared)
  })

  const made = async (name: string, picture: string): Promise<string> => {
    const path = join(dir, name)
    const from = ['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=25:duration=3']
    const to = [
      '-vf',
      picture,
      '-fps_mode',
      'passthrough',
      '-c:v',
      'libvpx',
      '-live',
      '1',
      '-f',
      'webm',
      path,
    ]
    execFileSync(tools.ffmpeg, [...from, ...to])
    return path
  }

  test('what a phone makes plays: frames that come when they come, and no length', async () => {
    const path = await made('phone.webm', "setpts='N/(25*TB)+0.03*mod(N\\,2)/TB'")
    const check = await checkMedia(tools, path)
    expect(check).toMatchObject({ verdict: 'playable', decoded: 'full' })
    expect(check.durationSeconds).toBeCloseTo(3, 0)
  })

  test('what a phone was making when its page was ended plays up to there, and says so', async () => {
    const whole = await readFile(await made('cut.webm', 'null'))
    const check = await checkMedia(tools, await file('cut-off.webm', whole.subarray(0, whole.length - 300)))
    expect(check.verdict).toBe('playable')
    expect(check.note).toContain('录制时被切断，切断之前的部分可以播放')
  })

  test('a recording whose index was never written is broken, and its place is not told', async () => {
    const check = await checkMedia(tools, join(DEMO, 'broken.mp4'))
    expect(check).toMatchObject({ verdict: 'broken' })
    expect(check.note).not.toMatch(/[a-z]{4}/)
    expect(check.detail).toContain('moov atom not found')
    expect(check.detail).not.toContain('assets')
  })

  test('one that was cut short with its index in front looks perfect to the probe, and is found out', async () => {
    const whole = await readFile(join(DEMO, 'service.mp4'))
    const cut = await file('cut.mp4', whole.subarray(0, Math.floor(whole.length * 0.7)))
    const check = await checkMedia(tools, cut)
    expect(check).toMatchObject({ verdict: 'broken' })
    expect(check.frames?.read).toBeLessThan(check.frames?.declared ?? 0)
  })

  test('damage inside the picture is found by decoding', async () => {
    const bytes = await readFile(join(DEMO, 'service.mp4'))
    for (let i = 0; i < 400; i += 1) {
      const at = Math.floor(bytes.length / 2) + i * 40
      bytes[at] = (bytes[at] ?? 0) ^ 0x55
    }
    expect(await checkMedia(tools, await file('damaged.mp4', bytes))).toMatchObject({
      verdict: 'broken',
      decoded: 'full',
    })
  })

  test.each([
    ['a playlist', '#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'],
    ['a list of files', 'ffconcat version 1.0\nfile /etc/passwd\n'],
    ['a web page', '<html><script>alert(1)</script></html>'],
    ['nothing', ''],
  ])('%s that calls itself a video is broken, not an error', async (_name, text) => {
    const check = await checkMedia(tools, await file('pretends.mp4', text))
    expect(check.verdict).toBe('broken')
    expect(JSON.stringify(check)).not.toContain('root:')
  })

  test('a playlist that points to a server of ours is never followed', async () => {
    let touched = 0
    const canary = createServer((socket) => {
      touched += 1
      socket.destroy()
    })
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
    const address = canary.address()
    const port = typeof address === 'object' ? address?.port : 0
    const list = `#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:${port}/x.ts\n#EXT-X-ENDLIST\n`
    await checkMedia(tools, await file('canary.m3u8', list))
    await makePoster(tools, await file('canary.mp4', list))
    canary.close()
    expect(touched).toBe(0)
  })

  test('the sandbox has the one file, no other, and no network', async (context) => {
    if (!tools.isolated) context.skip()
    const secret = await file('secret', 'not to be seen')
    const input = await file('input', 'the file')
    const run = (...argv: string[]) => runOnFile(tools, input, argv, PROBE_LIMITS)
    expect((await run('/usr/bin/cat', INPUT)).stdout.toString()).toBe('the file')
    expect((await run('/usr/bin/cat', secret)).code).not.toBe(0)
    expect((await run('/usr/bin/cat', '/etc/passwd')).code).not.toBe(0)
    expect((await run('/usr/bin/env')).stdout.toString()).not.toContain('PATH=/')
  })

  test('a poster is a JPEG; a broken file has none; the original stays as it was', async () => {
    const before = await readFile(join(DEMO, 'inspection-1.mp4'))
    const poster = await makePoster(tools, join(DEMO, 'inspection-1.mp4'))
    expect(poster?.subarray(0, 3)).toEqual(Buffer.of(0xff, 0xd8, 0xff))
    expect(await makePoster(tools, join(DEMO, 'broken.mp4'))).toBeUndefined()
    expect(await readFile(join(DEMO, 'inspection-1.mp4'))).toEqual(before)
  })
})
