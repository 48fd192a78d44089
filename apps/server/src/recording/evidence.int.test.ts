import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal } from '@liuhen/domain/refusal'
import { describeFile } from '../../../cli/src/upload-client.ts'
import { CLIP, startTestRecordings, type TestRecordings } from '../../../../test/test-recordings.ts'
import { submitDocument } from '../document/change-document.ts'
import { saveDraft } from '../document/drafts.ts'
import { getForm } from '../document/get-form.ts'

let t: TestRecordings
beforeAll(async () => {
  t = await startTestRecordings()
})
afterAll(() => t.close())

const get = async (who: string, path: string) => {
  const answer = await t.ask(who, 'GET', path)
  const isJson = answer.headers.get('content-type')?.includes('json') === true
  return { status: answer.status, body: isJson ? await answer.json() : await answer.text() }
}

const formOf = async (type: string, more: Readonly<{ about?: string }> = {}) => {
  const officer = t.people['officer']
  if (!officer) throw new Error('an officer')
  const asked = { caseId: t.caseId, type, step: 'inspection', ...more }
  const form = await getForm(t.deps, officer, asked)
  if (isRefusal(form)) throw new Error(JSON.stringify(form.reasons))
  return form.data
}

const formAbout = (about: string) => formOf('recording-description', { about })

test('czm-8-18, ft-25-1 the description of a recording that was marked as evidence opens with what it proves, its times and its digest', async () => {
  const id = await t.recorded(CLIP)
  const l = t.link(id)
  expect(await t.post('officer', l.path, l.body)).toMatchObject({ status: 200 })
  expect(await formAbout(id)).not.toHaveProperty('proves')
  const reason = '店铺占用消防通道堆放货物的事实'
  expect(await t.post('officer', `/recordings/${id}/evidence`, { reason })).toMatchObject({ status: 200 })
  const { sha256 } = await describeFile(CLIP)
  expect(await formAbout(id)).toMatchObject({ proves: reason, sha256, medium: 'video' })
  // What was marked stands in the list of discs, with how long it is kept; a film is no photo.
  const { items } = await formOf('evidence-disc-list')
  expect(items).toMatchObject([
    { kind: '录像', maker: '王建国', proves: reason, sha256, retention: expect.any(String) },
  ])
  expect(await formOf('photo-sheet')).not.toHaveProperty('photos')
})

test('ft-25-1 what is written down while listening stands in the description with its times, and beside the film as captions', async () => {
  const id = await t.recorded(CLIP)
  const l = t.link(id)
  expect(await t.post('officer', l.path, l.body)).toMatchObject({ status: 200 })
  expect(await get('officer', `/recordings/${id}/captions.vtt`)).toMatchObject({ status: 404 })
  const lines = [
    { from: 0.5, to: 2, speaker: '执法人员', text: '请出示营业执照。' },
    { from: 2, text: '在这里。' },
  ]
  const say = (after: number, said: unknown) =>
    t.post('officer', `/recordings/${id}/transcript`, { after, lines: said })
  expect(await say(0, lines.slice(0, 1))).toMatchObject({ status: 200 })
  expect(await say(0, lines)).toMatchObject({ status: 409 })
  expect(await say(1, lines)).toMatchObject({ status: 200 })
  expect(await get('officer', `/recordings/${id}/transcript/1`)).toMatchObject({
    body: { lines: [{ text: '请出示营业执照。' }] },
  })
  const points = [
    { code: 'items-evidence', notApplicable: '没有涉案物品' },
    { code: 'scene-environment', atSeconds: 3 },
  ]
  expect(await t.post('officer', `/recordings/${id}/points`, { points })).toMatchObject({ status: 200 })
  expect(await formAbout(id)).toMatchObject({
    transcript: '00:00:00—00:00:02 执法人员：请出示营业执照。\n00:00:02 在这里。',
    marks: [{ at: '00:00:03', what: '执法现场环境' }],
  })
  expect(await get('officer', `/recordings/${id}`)).toMatchObject({
    body: { captions: true, transcript: { lines, versions: [{ version: 1 }, { version: 2, lines: 2 }] } },
  })
  const shown = await get('officer', `/recordings/${id}/captions.vtt`)
  expect(shown).toMatchObject({ status: 200, body: expect.stringContaining('执法人员：请出示营业执照。') })
  // As a file it leaves as a copy does: by the custodian, with a reason, and it is on record.
  const srt = `/recordings/${id}/captions.srt`
  for (const path of [`/recordings/${id}/captions.vtt?save=true&reason=x`, `${srt}?reason=x`])
    expect(await get('officer', path)).toMatchObject({ status: 403 })
  expect(await get('custodian', srt)).toMatchObject({ status: 422, body: { code: 'incomplete' } })
  expect(await get('custodian', `${srt}?reason=${encodeURIComponent('移送')}`)).toMatchObject({ status: 200 })
  const { items: openings } = (await get('custodian', `/recordings/${id}/openings`)).body
  expect(openings).toMatchObject([{ purpose: 'copy', reason: '字幕文件：移送' }])
  const foreign = await get('publisher', `/recordings/${id}/captions.vtt`)
  expect(foreign).toMatchObject({ status: 404 })
})

test('ft-25-3 a photo whose picture is not there yet is told while typing, and keeps the sheet from being submitted', async () => {
  const id = await t.recorded(CLIP)
  const l = t.link(id)
  expect(await t.post('officer', l.path, l.body)).toMatchObject({ status: 200 })
  const officer = t.people['officer']
  if (!officer) throw new Error('an officer')
  const row = {
    photo: id,
    takenAt: '2026-03-10T09:30:00+08:00',
    place: '店门前',
    maker: '王建国',
    shows: '堆放的货物',
  }
  const sheet = {
    type: 'photo-sheet',
    step: 'inspection',
    data: { cause: '占道', as: 'inspection', photos: [row] },
  }
  const frames = async (revision: number) => {
    const saved = await saveDraft(t.deps, officer, { caseId: t.caseId, revision, ...sheet })
    if (isRefusal(saved)) throw new Error(JSON.stringify(saved.reasons))
    return saved.problems.map((p) => p.message).filter((m) => m.includes('空框'))
  }
  expect(await frames(0)).toEqual(['有 1 张照片还没有检查完，或者不能显示，印出来是空框'])
  const submission = { commandId: randomUUID(), actor: officer, caseId: t.caseId, what: 'submitDocument' }
  expect(await submitDocument(t.deps, submission, sheet)).toMatchObject({ code: 'incomplete' })
  const owner = await t.x.test.connectAs('owner')
  await owner.query(
    'INSERT INTO app.recording_poster (recording_id, agency_id, sha256) VALUES ($1, $2, $3)',
    [id, officer.agencyId, 'ab'.repeat(32)],
  )
  expect(await frames(1)).toEqual([])
})

test('a line of a written record is pinned where somebody heard it, and says who did', async () => {
  const id = await t.recorded(CLIP)
  const pin = (body: object) => t.post('officer', `/recordings/${id}/pins`, body)
  expect(await pin({ documentId: 'd1', line: 3, atSeconds: 2.5 })).toMatchObject({ status: 200 })
  expect(await get('officer', `/recordings/${id}`)).toMatchObject({
    body: { pins: [{ documentId: 'd1', line: 3, atSeconds: 2.5, by: t.people['officer']?.name }] },
  })
})
