import { randomUUID } from 'node:crypto'
import { isRefusal } from '@liuhen/domain/refusal'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  BROKEN,
  CLIP,
  startTestRecordings,
  TEST_AGENCY,
  type TestRecordings,
} from '../../../../test/test-recordings.ts'
import { openCase } from '../case-stream/open-case.ts'
import { checkRecording } from '../recording/check-recording.ts'
import { playbackBindings } from './bindings.ts'
import { allOfRegister } from './list-playback.ts'
import { beginViewing } from './log-viewing.ts'

let t: TestRecordings
beforeAll(async () => {
  t = await startTestRecordings(playbackBindings)
})
afterAll(() => t.close())

/** Opened so many seconds ago by the machine's own clock. */
const view = async (who: string, id: string, secondsAgo = 600): Promise<string> => {
  const actor = t.people[who]
  if (actor === undefined) throw new Error('nobody')
  const asked = { recordingId: id, purpose: 'playback-check', address: 'test' } as const
  const begun = await beginViewing(t.deps, actor, asked, Date.now() - secondsAgo * 1000)
  if (isRefusal(begun)) throw new Error('refused')
  return begun.id
}
const watch = (who: string, viewing: string, part: number, ...ranges: { from: number; to: number }[]) =>
  t.post(who, `/viewings/${viewing}/watched`, { part, ranges })
const seconds = async (answer: Awaited<ReturnType<typeof watch>>) =>
  (answer.body as { seconds?: number }).seconds ?? Number.NaN
const json = async (who: string, path: string) => (await t.ask(who, 'GET', path)).json()
const check = (id: string) => checkRecording(t.deps, { recordingId: id, agencyId: TEST_AGENCY })

describe('a viewing', () => {
  test('says who watched, for what, and the seconds that were really played', async () => {
    const id = await t.recorded(CLIP)
    const viewing = await view('officer', id)
    expect((await watch('officer', viewing, 0, { from: 0, to: 5 }, { from: 3, to: 8 })).status).toBe(200)
    await watch('officer', viewing, 0, { from: 50, to: 60 })
    await watch('officer', viewing, 1, { from: 20, to: 22.5 })
    expect(await json('supervisor', `/recordings/${id}/viewings`)).toMatchObject({
      items: [
        {
          userName: '王建国',
          purpose: 'playback-check',
          watchedSeconds: 12.5,
          coveredSeconds: 10.5,
          ranges: [
            { from: 0, to: 8 },
            { from: 20, to: 22.5 },
          ],
        },
      ],
    })
  })

  test('is opened by who may see the recording, and reported by nobody else', async () => {
    const id = await t.recorded(CLIP)
    const body = { purpose: 'case-work' }
    for (const who of ['outsider', 'stranger', 'admin'])
      expect((await t.post(who, `/recordings/${id}/viewings`, body)).status).toBe(404)
    const viewing = await view('officer', id)
    expect((await watch('custodian', viewing, 0, { from: 0, to: 9 })).status).toBe(404)
    expect((await watch('officer', randomUUID(), 0, { from: 0, to: 9 })).status).toBe(404)
    expect((await t.ask('officer', 'GET', `/recordings/${id}/viewings`)).status).toBe(403)
    expect((await t.ask('stranger', 'GET', `/recordings/${id}/viewings`)).status).toBe(404)
  })

  test('for another purpose says which', async () => {
    const id = await t.recorded(CLIP)
    const path = `/recordings/${id}/viewings`
    expect((await t.post('officer', path, { purpose: 'other' })).status).toBe(422)
    expect((await t.post('officer', path, { purpose: 'other', reason: '培训' })).status).toBe(200)
    expect((await t.post('officer', path, { purpose: 'review' })).status).toBe(200)
    expect(await json('supervisor', path)).toMatchObject({
      items: [{ purpose: 'review' }, { purpose: 'other', reason: '培训' }],
    })
  })
})

describe('the queue and the list', () => {
  test('what does not play comes first; what was looked at leaves the queue and enters the list', async () => {
    const [good, bad] = [await t.recorded(CLIP), await t.recorded(BROKEN)]
    await Promise.all([check(good), check(bad)])
    const queue = async (who: string) =>
      (await json(who, '/playback/queue')) as {
        items: { id: string; watchedSeconds?: number }[]
        total: number
      }
    const before = await queue('custodian')
    if (t.deps.tools) expect(before.items[0]?.id).toBe(bad)
    expect(before.total).toBe(before.items.length)
    const refused = await t.post('custodian', `/recordings/${good}/playback`, { playable: true })
    expect(refused).toMatchObject({
      status: 422,
      body: { reasons: [{ message: '您还没有回放过这段音像。' }] },
    })
    const viewing = await view('custodian', good)
    await watch('custodian', viewing, 0, { from: 0, to: 4 })
    const many = await t.post('custodian', '/playback/confirmations', { ids: [good, bad] })
    expect(many.body).toMatchObject({ confirmed: [good], refused: [{ id: bad }] })
    const after = await queue('custodian')
    expect(after.items.map((r) => r.id)).not.toContain(good)
    expect(after.items.find((r) => r.id === bad)).not.toHaveProperty('watchedSeconds')
    // The officer who made it still has a look to take.
    expect((await queue('officer')).items.map((r) => r.id)).toContain(good)
    const register = (await json('officer', '/playback/register')) as { items: { id: string }[] }
    expect(register.items.map((r) => r.id)).toEqual([good])
    expect(register.items[0]).toMatchObject({
      entry: { officer: '王建国', date: '2026-03-10', period: '09:30—09:30' },
      looks: [{ as: 'keeper', by: { name: '钱保管' }, watchedSeconds: 4 }],
    })
    expect(await json('officer', '/playback/register?from=2026-03-11')).toEqual({ items: [] })
    expect(await json('outsider', '/playback/register')).toEqual({ items: [] })
    const csv = await t.ask('custodian', 'GET', '/playback/register.csv')
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/)
    expect(await csv.text()).toContain('"王建国"')
    expect((await t.ask('officer', 'GET', '/playback/register.csv')).status).toBe(403)
  })

  test('a look that says no is on record, and the case learns of it', async () => {
    const id = await t.recorded(BROKEN, { madeFrom: '2026-03-10T08:00:00+08:00' })
    const l = t.link(id)
    expect((await t.post('officer', l.path, l.body)).status).toBe(200)
    await view('officer', id)
    const said = { playable: false, note: '打不开' }
    expect((await t.post('officer', `/recordings/${id}/playback`, said)).status).toBe(200)
    expect(await json('officer', `/recordings/${id}`)).toMatchObject({
      looks: [{ as: 'officer', playable: false, note: '打不开', by: { name: '王建国' } }],
      can: { confirmPlayback: true },
    })
    const officer = t.people['officer']
    const c = officer && (await openCase(t.deps, officer, t.caseId))
    if (!c || isRefusal(c)) throw new Error('no case')
    expect(c.state.facts.find((f) => f.name === 'playback-confirmed' && f.about === id)).toMatchObject({
      data: { playable: false },
    })
  })

  test('what was looked at can still be filed under its case', async () => {
    const id = await t.recorded(CLIP, { madeFrom: '2026-03-10T07:00:00+08:00' })
    await watch('officer', await view('officer', id), 0, { from: 0, to: 5 })
    expect((await t.post('officer', `/recordings/${id}/playback`, { playable: true })).status).toBe(200)
    const l = t.link(id)
    expect((await t.post('officer', l.path, l.body)).status).toBe(200)
  })
})

test('the time of an activity that no recording covers is named, and cameras tell how their clocks stand', async () => {
  const id = await t.recorded(CLIP, {
    device: { id: 'BWC-09', clockOffsetMs: 1500, clockUncertaintyMs: 400 },
    madeFrom: '2026-03-10T09:00:00+08:00',
    madeTo: '2026-03-10T09:10:00+08:00',
  })
  const l = t.link(id)
  await t.post('officer', l.path, l.body)
  const { cameras, steps } = await json('officer', `/cases/${t.caseId}/coverage`)
  expect(cameras.find((c: { id: string }) => c.id === id)).toMatchObject({
    deviceId: 'BWC-09',
    clockOffsetMs: 1500,
    clockUncertaintyMs: 400,
    view: true,
  })
  // Nobody has said yet from when to when the inspection lasted.
  expect(steps).toEqual([])
  expect((await t.ask('stranger', 'GET', `/cases/${t.caseId}/coverage`)).status).toBe(404)
})

test('a viewing is believed as far as there was film and time, and what was played again is no second look', async () => {
  const id = await t.recorded(CLIP, { madeFrom: '2026-03-10T05:30:00+08:00' })
  const confirm = async () =>
    (await t.post('officer', `/recordings/${id}/playback`, { playable: true })).status
  const all = { from: 0, to: 1e9 }
  const now = await view('officer', id, 0.01)
  // However long this took: nobody plays a thousand million seconds.
  const told = await watch('officer', now, 0, all)
  expect((await seconds(told)) < 600).toBe(true)
  const second = { from: 0, to: 1 }
  const early = await t.recorded(CLIP, { madeFrom: '2026-03-10T05:35:00+08:00' })
  await watch('officer', await view('officer', early), 0, second, second, second, second)
  const said = await t.post('officer', `/recordings/${early}/playback`, { playable: true })
  expect(said).toMatchObject({ status: 422, body: { code: 'incomplete' } })
  await check(id)
  const viewing = await view('officer', id)
  const taken = await seconds(await watch('officer', viewing, 0, all))
  if (t.deps.tools) expect(taken).toBe(90)
  expect(await seconds(await watch('officer', viewing, 0, second))).toBe(taken)
  expect(await confirm()).toBe(200)
  const { looks } = await json('officer', `/recordings/${id}`)
  if (t.deps.tools) expect(looks[0].watchedSeconds).toBe(90)
})

test('a list that is longer than a file holds is known to be cut', async () => {
  const { custodian } = t.people
  if (custodian === undefined) throw new Error('nobody')
  const all = await allOfRegister(t.deps, custodian, {})
  expect(all).toMatchObject({ cut: false })
  expect(await allOfRegister(t.deps, custodian, {}, 1)).toEqual({ rows: all.rows.slice(0, 1), cut: true })
})
