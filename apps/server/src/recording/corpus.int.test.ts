import { afterAll, beforeAll, expect, test } from 'vitest'
import { corpusClip } from '../../../../test/media-corpus.ts'
import {
  BROKEN,
  CLIP,
  startTestRecordings,
  TEST_AGENCY as AGENCY,
  type TestRecordings,
} from '../../../../test/test-recordings.ts'
import { manifestOf } from '../../../../test/upload-installation.ts'
import { describeFile, uploadFile } from '../../../cli/src/upload-client.ts'
import { findMediaTools } from '../media/run-tool.ts'
import { checkRecording } from './check-recording.ts'

const NO_TOOLS = (await findMediaTools(process.env['PATH'] ?? '')) === undefined
let t: TestRecordings
beforeAll(async () => {
  t = await startTestRecordings()
})
afterAll(() => t.close())

test('a recording and its neighbours tell what is missing between them', async () => {
  const device = { id: 'BWC-77' }
  const at = (from: string, to: string) => ({
    device,
    madeFrom: `2026-03-08T${from}:00+08:00`,
    madeTo: `2026-03-08T${to}:00+08:00`,
  })
  const one = await t.recorded(CLIP, { ...at('09:00', '09:10'), fileName: 'MOVI0011.mp4' })
  const two = await t.recorded(BROKEN, { ...at('09:05', '09:20'), fileName: 'MOVI0014.mp4' })
  expect(await (await t.ask('officer', 'GET', `/recordings/${two}`)).json()).toMatchObject({
    sequence: [
      { kind: 'missing', otherId: one, otherName: 'MOVI0011.mp4', from: 12, to: 13 },
      { kind: 'overlap', otherId: one, seconds: 300 },
    ],
  })
})

test('a neighbour that the one who asks may not view is told without its name', async () => {
  const { partner } = t.people
  if (partner === undefined) throw new Error('a partner')
  const device = { id: 'BWC-78' }
  const own = await t.recorded(CLIP, {
    device,
    madeFrom: '2026-03-07T09:00:00+08:00',
    madeTo: '2026-03-07T09:10:00+08:00',
    fileName: 'MOVI0021.mp4',
  })
  const theirs = manifestOf(partner, await describeFile(BROKEN), {
    device,
    madeFrom: '2026-03-07T10:00:00+08:00',
    madeTo: '2026-03-07T10:10:00+08:00',
    fileName: 'MOVI0023.mp4',
  })
  const { id: other } = (await t.post('partner', '/recordings', theirs)).body
  const seen = async (who: string) =>
    (await (await t.ask(who, 'GET', `/recordings/${own}`)).json()).sequence as unknown
  const amiss = { kind: 'missing', from: 22, to: 22 }
  expect(await seen('officer')).toEqual([amiss])
  expect(await seen('custodian')).toEqual([{ ...amiss, otherId: other, otherName: 'MOVI0023.mp4' }])
})

test.skipIf(NO_TOOLS)('a clip of the corpus is kept and marked, whatever it is', async () => {
  const checked = async (clip: string, more = {}) => {
    const id = await t.recorded(await corpusClip(clip), more)
    await checkRecording(t.deps, { recordingId: id, agencyId: AGENCY })
    return (await t.ask('officer', 'GET', `/recordings/${id}`)).json()
  }
  expect(
    await checked('huge.png', { medium: 'photo', mime: 'image/png', fileName: 'huge.png' }),
  ).toMatchObject({
    status: 'checked',
    check: { verdict: 'broken', note: expect.stringContaining('画面大得无法展开') },
    hasPoster: false,
    stored: { sizeBytes: expect.any(Number) },
  })
  expect(await checked('wrong-clock.mp4')).toMatchObject({
    check: { verdict: 'playable', clockDiffers: { fileSays: '2015-01-01T00:00:00.000Z' } },
  })
  expect(await checked('spliced.mp4')).toMatchObject({ check: { breaks: [{ kind: 'time' }] } })
  const at = { madeFrom: '2026-03-10T09:31:00+08:00', madeTo: '2026-03-10T09:31:00+08:00' }
  const photo = { medium: 'photo', mime: 'image/jpeg', fileName: 'P1.jpg', ...at }
  const shown = await checked('photo.jpg', photo)
  expect(shown).toMatchObject({ check: { verdict: 'playable', photo: { latitude: 30.586667 } } })
  expect(shown).not.toHaveProperty('check.clockDiffers')
})

test.skipIf(NO_TOOLS)(
  'with one bit flipped on its way is not taken for the one that was declared',
  async () => {
    const officer = t.people['officer']
    if (!officer) throw new Error('an officer')
    const [whole, flipped] = await Promise.all(['whole-front.mp4', 'flipped-one.mp4'].map(corpusClip))
    const manifest = manifestOf(officer, await describeFile(whole ?? ''))
    const { id = '' } = (await t.post('officer', '/recordings', manifest)).body
    const send = uploadFile({
      baseUrl: t.baseUrl,
      headers: { cookie: t.cookies['officer'] ?? '' },
      recordingId: id,
      path: flipped ?? '',
    })
    await expect(send).rejects.toThrow()
    expect(await (await t.ask('officer', 'GET', `/recordings/${id}`)).json()).toMatchObject({
      status: 'registered',
      rejectedTransfers: 1,
    })
  },
)
