import { createHash } from 'node:crypto'
import { readdir, readFile, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlaybackAids } from '@liuhen/api/routes/playback'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { corpusClip } from '../../../../test/media-corpus.ts'
import { startTestRecordings, TEST_AGENCY, type TestRecordings } from '../../../../test/test-recordings.ts'
import { checkMedia } from '../media/check-media.ts'
import { findMediaTools } from '../media/run-tool.ts'
import { playbackBindings } from './bindings.ts'
import { derivedSize, keepDerived, makeRoom, sweepDerived, writeInto } from './derived-files.ts'
import { MAKE_AIDS, makeAids } from './make-aids.ts'

const NO_TOOLS = (await findMediaTools(process.env['PATH'] ?? '')) === undefined
let t: TestRecordings
beforeAll(async () => {
  t = await startTestRecordings(playbackBindings)
})
afterAll(() => t.close())

const aids = async (id: string, query = ''): Promise<PlaybackAids> =>
  (await t.ask('officer', 'GET', `/recordings/${id}/aids${query}`)).json()
const make = (recordingId: string, what: 'aids' | 'proxy' = 'aids') =>
  makeAids(t.deps, { agencyId: TEST_AGENCY, recordingId, what })
const queued = async (id: string): Promise<number> =>
  (await t.x.test.pool.query('SELECT FROM queue.standing($1)', [`${MAKE_AIDS}:aids:${id}`])).rowCount ?? 0

describe.skipIf(NO_TOOLS)('what helps to look', () => {
  test('is made when somebody looks: frame times, sound, thumbnails; the original stays as it was', async () => {
    const path = await corpusClip('gap.mp4')
    const id = await t.recorded(path)
    expect(await queued(id)).toBe(0)
    expect(await aids(id)).toMatchObject({ state: 'making', proxy: 'none' })
    expect(await aids(id)).toMatchObject({ state: 'making' })
    expect(await queued(id)).toBe(1)
    await make(id)
    const made = await aids(id)
    expect(made).toMatchObject({
      state: 'ready',
      frames: [
        { at: 0, every: 0.04, count: 100 },
        { at: 6.04, every: 0.04, count: 149 },
      ],
      sprite: { columns: 10, tileWidth: 160, tileHeight: 90 },
    })
    expect(made.sprite?.times.length).toBeGreaterThan(5)
    expect(made.peaks).toHaveLength(240)
    expect(Math.max(...made.peaks)).toBeGreaterThan(5)
    const sprite = await t.ask('officer', 'GET', `/recordings/${id}/sprite`)
    expect(Buffer.from(await sprite.arrayBuffer()).subarray(0, 2)).toEqual(Buffer.of(0xff, 0xd8))
    const media = await t.ask('officer', 'GET', `/recordings/${id}/media`)
    const digest = createHash('sha256')
      .update(Buffer.from(await media.arrayBuffer()))
      .digest('hex')
    expect(digest).toBe(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    )
  })

  test('for a browser that cannot play it is a small film, on request; its opening is recorded', async () => {
    const id = await t.recorded(await corpusClip('hevc.mp4'), { madeFrom: '2026-03-10T06:00:00+08:00' })
    expect((await t.ask('officer', 'GET', `/recordings/${id}/proxy`)).status).toBe(404)
    expect(await aids(id, '?proxy=asked')).toMatchObject({ proxy: 'making' })
    await make(id, 'proxy')
    expect(await aids(id)).toMatchObject({ proxy: 'ready' })
    const answer = await t.ask('officer', 'GET', `/recordings/${id}/proxy`, undefined, {
      range: 'bytes=0-99',
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([206, 'video/mp4'])
    expect((await answer.arrayBuffer()).byteLength).toBe(100)
    const root = t.deps.derived.root
    const file = (await readdir(root, { recursive: true })).find((name) => name.endsWith('proxy.mp4')) ?? ''
    expect(await checkMedia(t.deps.tools, join(root, file))).toMatchObject({
      verdict: 'playable',
      video: { codec: 'h264', height: 180 },
      frames: { read: 150 },
    })
    const openings = await (await t.ask('custodian', 'GET', `/recordings/${id}/openings`)).json()
    expect(openings).toMatchObject({
      items: [{ purpose: 'view', reason: '播放代理', firstByte: 0, lastByte: 99 }],
    })
  })

  test('of sound alone is its level; of a file that cannot be read it is nothing, and no film can be made of it', async () => {
    const sound = await t.recorded(await corpusClip('sound.m4a'), { medium: 'audio', mime: 'audio/mp4' })
    const text = await t.recorded(await corpusClip('text.mp4'), { madeFrom: '2026-03-10T05:00:00+08:00' })
    await Promise.all([make(sound), make(text), make(text, 'proxy')])
    const level = await aids(sound)
    expect(level).toMatchObject({ state: 'ready', frames: [] })
    expect(level).not.toHaveProperty('sprite')
    expect(level.peaks.length).toBeGreaterThan(100)
    expect(await aids(text)).toMatchObject({ state: 'ready', frames: [], peaks: [], proxy: 'impossible' })
  })

  test('waits for no film: helps and films have each their queue', async () => {
    const id = await t.recorded(await corpusClip('silent.mp4'), { madeFrom: '2026-03-10T03:00:00+08:00' })
    await aids(id, '?proxy=asked')
    const jobs = await t.x.test.connectAs('jobs')
    const { rows } = await jobs.query<{ queue_name: string }>(
      `SELECT queue_name FROM graphile_worker.jobs WHERE key LIKE '${MAKE_AIDS}:%:' || $1 ORDER BY key`,
      [id],
    )
    expect(rows.map((row) => row.queue_name)).toEqual([`${MAKE_AIDS}:aids`, `${MAKE_AIDS}:proxy`])
  })

  test('is not there for who may not view the recording', async () => {
    const id = await t.recorded(await corpusClip('whole-front.mp4'))
    for (const path of ['aids', 'sprite', 'proxy'])
      expect((await t.ask('outsider', 'GET', `/recordings/${id}/${path}`)).status).toBe(404)
  })

  test('goes when nobody looked for thirty days, and is made again', async () => {
    const id = await t.recorded(await corpusClip('silent.mp4'), { madeFrom: '2026-03-10T04:00:00+08:00' })
    await make(id)
    expect(await aids(id)).toMatchObject({ state: 'ready' })
    expect(await sweepDerived(t.deps.derived, Date.now())).toBe(0)
    const view = await (await t.ask('officer', 'GET', `/recordings/${id}`)).json()
    const sha256: string = view.stored.sha256
    const old = new Date(Date.now() - 31 * 24 * 3600_000)
    await utimes(join(t.deps.derived.root, sha256.slice(0, 2), sha256), old, old)
    expect(await sweepDerived(t.deps.derived, Date.now())).toBe(1)
    await make(id)
    expect(await aids(id)).toMatchObject({ state: 'ready' })
  })
})

test('what was looked at the longest ago makes room for the new, which stays however large it is', async () => {
  const root = join(t.x.test.dataDir, 'bounded')
  const [old, late, made] = ['a', 'b', 'c'].map((c) => c.repeat(64)) as [string, string, string]
  const derived = { root, most: 250 }
  for (const [i, sha256] of [late, old, made].entries()) {
    await keepDerived(derived, sha256, async (folder) => {
      await writeInto(folder, 'proxy.mp4', Buffer.alloc(100))
      return ['proxy.mp4']
    })
    const used = new Date(Date.now() - [2, 3, 1][i]! * 3600_000)
    await utimes(join(root, sha256.slice(0, 2), sha256), used, used)
  }
  const kept = () =>
    Promise.all(
      [old, late, made].map(async (d) => (await derivedSize(derived, d, 'proxy.mp4')) !== undefined),
    )
  await makeRoom(derived, made)
  expect(await kept()).toEqual([false, true, true])
  await makeRoom({ root, most: 10 }, made)
  expect(await kept()).toEqual([false, false, true])
})
