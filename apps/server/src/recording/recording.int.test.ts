import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { command, registerTestCase } from '../../../../test/test-filing.ts'
import {
  BROKEN,
  CLIP,
  startTestRecordings,
  TEST_AGENCY as AGENCY,
  type TestRecordings,
} from '../../../../test/test-recordings.ts'
import { manifestOf } from '../../../../test/upload-installation.ts'
import { describeFile } from '../../../cli/src/upload-client.ts'
import { assignHandlers } from '../case/change-case.ts'
import { getCase } from '../case/get-case.ts'
import { openCase } from '../case-stream/open-case.ts'
import { openRegister } from '../register/open-register.ts'
import { checkRecording } from './check-recording.ts'

let t: TestRecordings
beforeAll(async () => {
  t = await startTestRecordings()
})
afterAll(() => t.close())

describe('a recording, through the API', () => {
  test('is registered, sent, checked, labelled and linked; the case knows the very bytes', async () => {
    const id = await t.recorded(CLIP)
    await checkRecording(t.deps, { recordingId: id, agencyId: AGENCY })
    await checkRecording(t.deps, { recordingId: id, agencyId: AGENCY })
    const l = t.link(id)
    expect((await t.post('officer', l.path, l.body)).status).toBe(200)
    const label = { caseNo: '走街立〔2026〕1号', party: '李某', handler: '王建国' }
    expect((await t.post('officer', `/recordings/${id}/label`, label)).status).toBe(200)
    const view = await (await t.ask('officer', 'GET', `/recordings/${id}`)).json()
    expect(view).toMatchObject({
      status: 'checked',
      version: 5,
      check: { verdict: t.deps.tools ? 'playable' : 'not-checked' },
      labels: label,
      link: l.body,
      hasPoster: t.deps.tools !== undefined,
      can: { describe: true },
    })
    const officer = t.people['officer']
    const c = officer && (await openCase(t.deps, officer, t.caseId))
    if (!c || isRefusal(c)) throw new Error('no case')
    expect(c.state.recordings).toMatchObject([
      { recordingId: id, blob: await describeFile(CLIP), head: { version: 3 } },
    ])
    const seen = c.state.facts.filter((f) => f.ref === id).map((f) => f.state)
    expect(seen).toEqual(['made', 'stored', 'checked', 'described'])
  })

  test('zml-21-2 legibility that is confirmed after linking reaches the case', async () => {
    const id = await t.recorded(CLIP, { madeFrom: '2026-03-10T09:00:00+08:00' })
    const l = t.link(id)
    await t.post('officer', l.path, l.body)
    expect((await t.post('head', `/recordings/${id}/legibility`, { title: true, face: true })).status).toBe(
      200,
    )
    const officer = t.people['officer']
    const c = officer && (await openCase(t.deps, officer, t.caseId))
    if (!c || isRefusal(c)) throw new Error('no case')
    const data = c.state.facts.filter((f) => f.ref === id).map((f) => f.data)
    expect(data.length).toBeGreaterThan(1)
    for (const d of data) expect(d).toMatchObject({ legibleTitle: true, legibleFace: true })
  })

  test('that cannot be played is kept and marked, and still linked', async () => {
    const id = await t.recorded(BROKEN)
    await checkRecording(t.deps, { recordingId: id, agencyId: AGENCY })
    const view = await (await t.ask('officer', 'GET', `/recordings/${id}`)).json()
    expect(view).toMatchObject({
      check: { verdict: t.deps.tools ? 'broken' : 'not-checked' },
      hasPoster: false,
    })
    const l = t.link(id)
    expect((await t.post('officer', l.path, l.body)).status).toBe(200)
  })

  test('of one device and beginning with other bytes is shown as a conflict; both are kept', async () => {
    const times = { madeFrom: '2026-03-09T09:00:00+08:00', madeTo: '2026-03-09T09:10:00+08:00' }
    const [one, two] = [await t.recorded(CLIP, times), await t.recorded(BROKEN, times)]
    expect(await (await t.ask('officer', 'GET', `/recordings/${one}`)).json()).toMatchObject({
      conflicts: [two],
    })
  })

  test('is not linked to an unknown step, nor by an officer who has nothing to do with it', async () => {
    const id = await t.recorded(CLIP)
    const l = t.link(id)
    const wrong = await t.post('officer', l.path, { ...l.body, step: 'no-such-step' })
    expect(wrong.status).toBeGreaterThanOrEqual(400)
    expect((await t.post('outsider', l.path, l.body)).status).toBeGreaterThanOrEqual(403)
    expect(await (await t.ask('officer', 'GET', `/recordings/${id}`)).json()).not.toHaveProperty('link')
  })

  test('is not taken into a case of one’s own by an officer who may not see it', async () => {
    const id = await t.recorded(CLIP)
    const outsider = t.people['outsider']
    if (!outsider) throw new Error('an outsider')
    const own = await registerTestCase(t.deps, outsider)
    const taken = await t.post('outsider', `/recordings/${id}/link`, { ...t.link(id).body, caseId: own })
    expect(taken).toMatchObject({ status: 404, body: { code: 'not-found' } })
    const seen = await t.post('outsider', `/recordings/${id}/legibility`, { title: true, face: true })
    expect(seen).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })

  test('zml-27-2 is seen to be there by who registered the lead, and is told whom to ask; its maker may play it', async () => {
    const [outsider, officer] = [t.people['outsider'], t.people['officer']]
    if (!outsider || !officer) throw new Error('an outsider and an officer')
    const own = await registerTestCase(t.deps, outsider)
    await assignHandlers(t.deps, command(outsider, own), [officer.personId ?? ''])
    const id = await t.recorded(CLIP, { madeFrom: '2026-03-10T09:30:00+08:00' })
    const body = { caseId: own, step: 'lead', scene: 'general-enforcement' }
    expect(await t.post('officer', `/recordings/${id}/link`, body)).toMatchObject({ status: 200 })
    const view = async (actor: Actor) => {
      const workspace = await getCase(t.deps, actor, own)
      return isRefusal(workspace) ? workspace : workspace.recordings.find((r) => r.id === id)?.view
    }
    expect(await view(officer)).toBe(true)
    expect(await view(outsider)).toMatchObject([
      { message: '您不是拍摄人，也不是本案承办人，不能调看这段音像。' },
    ])
  })

  test('is not registered under the name of another officer', async () => {
    const officer = t.people['officer']
    if (!officer) throw new Error('an officer')
    const manifest = manifestOf(officer, await describeFile(CLIP))
    expect((await t.post('partner', '/recordings', manifest)).status).toBe(403)
    expect((await t.post('custodian', '/recordings', manifest)).status).toBe(200)
  })

  test('is registered once however often the same request comes', async () => {
    const officer = t.people['officer']
    if (!officer) throw new Error('an officer')
    const manifest = manifestOf(officer, await describeFile(CLIP))
    const key = { 'idempotency-key': randomUUID() }
    const answers = await Promise.all(
      [1, 2, 3].map(() => t.ask('officer', 'POST', '/recordings', manifest, key)),
    )
    const ids = new Set(
      (await Promise.all(answers.filter((a) => a.ok).map((a) => a.json()))).map((a: { id?: string }) => a.id),
    )
    expect(ids.size).toBe(1)
  })
})

describe('its bytes', () => {
  test('are given whole and by range, never guessed at, and every opening is recorded', async () => {
    const id = await t.recorded(CLIP)
    const bytes = await readFile(CLIP)
    const media = (range?: string) =>
      t.ask('officer', 'GET', `/recordings/${id}/media`, undefined, range === undefined ? {} : { range })
    const whole = await media()
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true)
    expect([
      whole.status,
      whole.headers.get('content-type'),
      whole.headers.get('x-content-type-options'),
    ]).toEqual([200, 'video/mp4', 'nosniff'])
    expect(whole.headers.get('content-disposition')).toMatch(/^inline/)
    const part = await media('bytes=100-199')
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${bytes.length}`])
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true)
    const beyond = await media(`bytes=${bytes.length}-`)
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`])
    const openings = await (await t.ask('custodian', 'GET', `/recordings/${id}/openings`)).json()
    expect(openings).toMatchObject({
      items: [
        { userName: '王建国', purpose: 'view', firstByte: 100, lastByte: 199 },
        { userName: '王建国', firstByte: 0, lastByte: bytes.length - 1 },
      ],
    })
  })

  test('zml-27-3 zml-27-4 are copied by the custodian alone, with a reason that is kept', async () => {
    const id = await t.recorded(CLIP)
    const copy = (who: string, more = '') => t.ask(who, 'GET', `/recordings/${id}/media?copy=true${more}`)
    expect((await copy('officer', '&reason=x')).status).toBe(403)
    expect((await copy('custodian')).status).toBeGreaterThanOrEqual(400)
    const copied = await copy('custodian', `&reason=${encodeURIComponent('法院调取')}`)
    expect(copied.headers.get('content-disposition')).toMatch(/^attachment/)
    await copied.arrayBuffer()
    const openings = await (await t.ask('custodian', 'GET', `/recordings/${id}/openings`)).json()
    expect(openings).toMatchObject({ items: [{ purpose: 'copy', reason: '法院调取', userName: '钱保管' }] })
  })

  test.each(['outsider', 'stranger'])(
    'do not exist for an %s, and neither does the recording',
    async (who) => {
      const id = await t.recorded(CLIP)
      for (const path of ['', '/media', '/poster'])
        expect((await t.ask(who, 'GET', `/recordings/${id}${path}`)).status).toBe(404)
      const list = (await (await t.ask(who, 'GET', '/recordings')).json()) as { items: unknown[] }
      expect(list.items).toEqual([])
      expect(
        (await t.post(who, `/recordings/${id}/evidence`, { reason: 'x' })).status,
      ).toBeGreaterThanOrEqual(403)
    },
  )
})

test('the list is filtered and paged, the latest made first', async () => {
  const page = async (query: string) =>
    (await (await t.ask('custodian', 'GET', `/recordings?${query}`)).json()) as {
      items: { id: string; madeFrom: string; caseId?: string }[]
      next?: string
    }
  const first = await page('limit=3')
  expect(first.items).toHaveLength(3)
  const second = await page(`limit=3&cursor=${first.next}`)
  const ids = [...first.items, ...second.items].map((r) => r.id)
  expect(new Set(ids).size).toBe(ids.length)
  const ofCase = await page(`caseId=${t.caseId}`)
  expect(ofCase.items.length).toBeGreaterThan(0)
  expect(ofCase.items.every((r) => r.caseId === t.caseId)).toBe(true)
  expect((await page('unlinked=true')).items.every((r) => r.caseId === undefined)).toBe(true)
  expect((await page('q=nothing-like-it')).items).toEqual([])
})

test('a recording of a register is played and described by its maker and the viewing posts, not by whoever keeps it', async () => {
  const officer = t.people['officer']
  if (!officer) throw new Error('an officer')
  const register = { procedure: 'patrol', title: '日常巡查' }
  const opened = await openRegister(t.deps, { commandId: randomUUID(), actor: officer }, register)
  if (isRefusal(opened)) throw new Error('refused')
  const id = await t.recorded(CLIP, { suggestion: { caseId: opened.id } })
  const sees = async (who: string) => {
    const one = await t.ask(who, 'GET', `/recordings/${id}`)
    const list = (await (await t.ask(who, 'GET', '/recordings?limit=200')).json()) as {
      items?: { id: string }[]
    }
    return [one.ok, list.items?.some((r) => r.id === id) ?? false]
  }
  for (const who of ['officer', 'head', 'custodian']) expect(await sees(who), who).toEqual([true, true])
  for (const who of ['outsider', 'clerk', 'publisher']) expect(await sees(who), who).toEqual([false, false])
  expect(await sees('admin')).toEqual([false, false])
  expect(await sees('stranger')).toEqual([false, false])
  const marked = (who: string) => t.post(who, `/recordings/${id}/legibility`, { title: true, face: true })
  expect((await marked('admin')).status).toBe(404)
  expect((await marked('outsider')).status).toBe(404)
  expect((await marked('officer')).status).toBe(200)
  const body = { caseId: opened.id, step: 'patrol', scene: 'patrol' }
  expect(await t.post('officer', `/recordings/${id}/link`, body)).toMatchObject({ status: 200 })
  const view = async (who: string) => {
    const actor = t.people[who]
    const workspace = actor === undefined ? undefined : await getCase(t.deps, actor, opened.id ?? '')
    if (workspace === undefined || isRefusal(workspace)) throw new Error(`${who} keeps the register`)
    return workspace.recordings.find((r) => r.id === id)?.view
  }
  for (const who of ['officer', 'head', 'custodian']) expect(await view(who), who).toBe(true)
  for (const who of ['outsider', 'clerk', 'publisher'])
    expect(await view(who), who).toMatchObject([{ code: 'not-permitted' }])
})
