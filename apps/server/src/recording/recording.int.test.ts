import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Role } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { createCaseInstallation, foundTestAgency, registerTestPerson } from '../../../../test/test-agency.ts'
import { command, fileTestCase, registerTestCase } from '../../../../test/test-filing.ts'
import { manifestOf } from '../../../../test/upload-installation.ts'
import { describeFile, uploadFile } from '../../../cli/src/upload-client.ts'
import { hashPassword } from '../auth/password.ts'
import { signIn } from '../auth/sign-in.ts'
import { startDigester } from '../blobs/digest-file.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { assignHandlers } from '../case/change-case.ts'
import { getCase } from '../case/get-case.ts'
import { openCase } from '../case-stream/open-case.ts'
import { buildApp } from '../http/build-app.ts'
import { findMediaTools } from '../media/run-tool.ts'
import { openRegister } from '../register/open-register.ts'
import { recordingBindings, uploadDeps, uploadPlugin } from './bindings.ts'
import { checkRecording } from './check-recording.ts'
import type { RecordingDeps } from './recording-deps.ts'
import { recordingProjection } from './recording-projection.ts'

const AGENCY = '114201120001'
const CLIP = join(import.meta.dirname, '../../../cli/assets/demo/service.mp4')
const BROKEN = join(import.meta.dirname, '../../../cli/assets/demo/broken.mp4')
const PASSWORD = 'Lang-genug-2026'
let x: Awaited<ReturnType<typeof createCaseInstallation>>
let deps: RecordingDeps
let app: FastifyInstance
let baseUrl: string
let caseId: string
const people: Record<string, Actor> = {}
const cookies: Record<string, string> = {}

const account = async (key: string, name: string, role: Role, certNo?: string, agency = AGENCY) => {
  const cert = certNo === undefined ? {} : { certNo }
  const actor = await registerTestPerson(x.deps.store, agency, { name, roles: [role], ...cert })
  const owner = await x.test.connectAs('owner')
  const login = `u${randomUUID().slice(0, 8)}`
  await owner.query(
    `INSERT INTO app.account (user_id, agency_id, person_id, login, name, password_hash, roles, must_change)
     VALUES ($1, $2, $3, $4, $5, $6, $7, false)`,
    [actor.userId, agency, actor.personId, login, name, await hashPassword(PASSWORD), [role]],
  )
  const done = await signIn(x.test, { login, password: PASSWORD, address: 'test' })
  if (isRefusal(done)) throw new Error('refused')
  people[key] = actor
  cookies[key] = `liuhen_session=${done.token}`
}

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-10T10:00:00+08:00')
  await foundTestAgency(x.deps.store, AGENCY)
  await foundTestAgency(x.deps.store, '114201120002', { name: '另一街道', shortName: '另街' })
  await account('officer', '王建国', 'officer', '42011200001')
  await account('partner', '李卫东', 'officer', '42011200002')
  await account('outsider', '吴旁观', 'officer', '42011200003')
  await account('head', '陈中队', 'unit-head')
  await account('chief', '周主任', 'agency-head')
  await account('clerk', '赵接待', 'intake-clerk')
  await account('publisher', '李发布', 'publisher')
  await account('admin', '管理员', 'system-admin')
  await account('custodian', '钱保管', 'av-custodian')
  await account('stranger', '孙外人', 'av-custodian', undefined, '114201120002')
  const { officer, partner, head, chief } = people
  if (!officer || !partner || !head || !chief) throw new Error('a crew of four')
  caseId = (await fileTestCase(x.deps, { officer, partner, head, chief })).caseId
  const root = join(x.test.dataDir, 'blobs')
  const tools = await findMediaTools(process.env['PATH'] ?? '')
  deps = {
    ...x.deps,
    store: { ...x.deps.store, projections: [...x.deps.store.projections, recordingProjection] },
    blobs: { pool: x.test.pool, store: diskBlobStore(root), root },
    digester: startDigester(1),
    ...(tools && { tools }),
  }
  app = await buildApp({
    store: deps.store,
    dataDir: x.test.dataDir,
    logFolder: join(x.test.dataDir, 'log'),
    bindings: recordingBindings(deps),
    plugins: [uploadPlugin(uploadDeps(deps))],
  })
  baseUrl = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await app.close()
  await deps.digester.close()
  await x.test.close()
})

const ask = (who: string, method: string, path: string, body?: unknown, headers = {}) =>
  fetch(`${baseUrl}/api${path}`, {
    method,
    headers: {
      cookie: cookies[who] ?? '',
      ...(method === 'POST' && { 'idempotency-key': randomUUID(), 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const post = async (who: string, path: string, body: unknown) => {
  const answer = await ask(who, 'POST', path, body)
  return {
    status: answer.status,
    body: (await answer.json()) as { id?: string; code?: string; reasons?: unknown },
  }
}

const recorded = async (path: string, more = {}): Promise<string> => {
  const officer = people['officer']
  if (!officer) throw new Error('an officer')
  const manifest = manifestOf(officer, await describeFile(path), more)
  const { id = '' } = (await post('officer', '/recordings', manifest)).body
  await uploadFile({ baseUrl, headers: { cookie: cookies['officer'] ?? '' }, recordingId: id, path })
  return id
}
const link = (id: string) => ({
  path: `/recordings/${id}/link`,
  body: { caseId, step: 'inspection', scene: 'general-enforcement' },
})

describe('a recording, through the API', () => {
  test('is registered, sent, checked, labelled and linked; the case knows the very bytes', async () => {
    const id = await recorded(CLIP)
    await checkRecording(deps, { recordingId: id, agencyId: AGENCY })
    await checkRecording(deps, { recordingId: id, agencyId: AGENCY })
    const l = link(id)
    expect((await post('officer', l.path, l.body)).status).toBe(200)
    const label = { caseNo: '走街立〔2026〕1号', party: '李某', handler: '王建国' }
    expect((await post('officer', `/recordings/${id}/label`, label)).status).toBe(200)
    const view = await (await ask('officer', 'GET', `/recordings/${id}`)).json()
    expect(view).toMatchObject({
      status: 'checked',
      version: 5,
      check: { verdict: deps.tools ? 'playable' : 'not-checked' },
      labels: label,
      link: l.body,
      hasPoster: deps.tools !== undefined,
      can: { describe: true },
    })
    const officer = people['officer']
    const c = officer && (await openCase(x.deps, officer, caseId))
    if (!c || isRefusal(c)) throw new Error('no case')
    expect(c.state.recordings).toMatchObject([
      { recordingId: id, blob: await describeFile(CLIP), head: { version: 3 } },
    ])
    const seen = c.state.facts.filter((f) => f.ref === id).map((f) => f.state)
    expect(seen).toEqual(['made', 'stored', 'checked', 'described'])
  })

  test('zml-21-2 legibility that is confirmed after linking reaches the case', async () => {
    const id = await recorded(CLIP, { madeFrom: '2026-03-10T09:00:00+08:00' })
    const l = link(id)
    await post('officer', l.path, l.body)
    expect((await post('head', `/recordings/${id}/legibility`, { title: true, face: true })).status).toBe(200)
    const officer = people['officer']
    const c = officer && (await openCase(x.deps, officer, caseId))
    if (!c || isRefusal(c)) throw new Error('no case')
    const data = c.state.facts.filter((f) => f.ref === id).map((f) => f.data)
    expect(data.length).toBeGreaterThan(1)
    for (const d of data) expect(d).toMatchObject({ legibleTitle: true, legibleFace: true })
  })

  test('that cannot be played is kept and marked, and still linked', async () => {
    const id = await recorded(BROKEN)
    await checkRecording(deps, { recordingId: id, agencyId: AGENCY })
    const view = await (await ask('officer', 'GET', `/recordings/${id}`)).json()
    expect(view).toMatchObject({
      check: { verdict: deps.tools ? 'broken' : 'not-checked' },
      hasPoster: false,
    })
    const l = link(id)
    expect((await post('officer', l.path, l.body)).status).toBe(200)
  })

  test('of one device and beginning with other bytes is shown as a conflict; both are kept', async () => {
    const times = { madeFrom: '2026-03-09T09:00:00+08:00', madeTo: '2026-03-09T09:10:00+08:00' }
    const [one, two] = [await recorded(CLIP, times), await recorded(BROKEN, times)]
    expect(await (await ask('officer', 'GET', `/recordings/${one}`)).json()).toMatchObject({
      conflicts: [two],
    })
  })

  test('is not linked to an unknown step, nor by an officer who has nothing to do with it', async () => {
    const id = await recorded(CLIP)
    const l = link(id)
    const wrong = await post('officer', l.path, { ...l.body, step: 'no-such-step' })
    expect(wrong.status).toBeGreaterThanOrEqual(400)
    expect((await post('outsider', l.path, l.body)).status).toBeGreaterThanOrEqual(403)
    expect(await (await ask('officer', 'GET', `/recordings/${id}`)).json()).not.toHaveProperty('link')
  })

  test('is not taken into a case of one’s own by an officer who may not see it', async () => {
    const id = await recorded(CLIP)
    const outsider = people['outsider']
    if (!outsider) throw new Error('an outsider')
    const own = await registerTestCase(x.deps, outsider)
    const taken = await post('outsider', `/recordings/${id}/link`, { ...link(id).body, caseId: own })
    expect(taken).toMatchObject({ status: 404, body: { code: 'not-found' } })
    const seen = await post('outsider', `/recordings/${id}/legibility`, { title: true, face: true })
    expect(seen).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })

  test('zml-27-2 is seen to be there by who registered the lead, and is told whom to ask; its maker may play it', async () => {
    const [outsider, officer] = [people['outsider'], people['officer']]
    if (!outsider || !officer) throw new Error('an outsider and an officer')
    const own = await registerTestCase(x.deps, outsider)
    await assignHandlers(x.deps, command(outsider, own), [officer.personId ?? ''])
    const id = await recorded(CLIP, { madeFrom: '2026-03-10T09:30:00+08:00' })
    const body = { caseId: own, step: 'lead', scene: 'general-enforcement' }
    expect(await post('officer', `/recordings/${id}/link`, body)).toMatchObject({ status: 200 })
    const view = async (actor: Actor) => {
      const workspace = await getCase(x.deps, actor, own)
      return isRefusal(workspace) ? workspace : workspace.recordings.find((r) => r.id === id)?.view
    }
    expect(await view(officer)).toBe(true)
    expect(await view(outsider)).toMatchObject([
      { message: '您不是拍摄人，也不是本案承办人，不能调看这段音像。' },
    ])
  })

  test('is not registered under the name of another officer', async () => {
    const officer = people['officer']
    if (!officer) throw new Error('an officer')
    const manifest = manifestOf(officer, await describeFile(CLIP))
    expect((await post('partner', '/recordings', manifest)).status).toBe(403)
    expect((await post('custodian', '/recordings', manifest)).status).toBe(200)
  })

  test('is registered once however often the same request comes', async () => {
    const officer = people['officer']
    if (!officer) throw new Error('an officer')
    const manifest = manifestOf(officer, await describeFile(CLIP))
    const key = { 'idempotency-key': randomUUID() }
    const answers = await Promise.all(
      [1, 2, 3].map(() => ask('officer', 'POST', '/recordings', manifest, key)),
    )
    const ids = new Set(
      (await Promise.all(answers.filter((a) => a.ok).map((a) => a.json()))).map((a: { id?: string }) => a.id),
    )
    expect(ids.size).toBe(1)
  })
})

describe('its bytes', () => {
  test('are given whole and by range, never guessed at, and every opening is recorded', async () => {
    const id = await recorded(CLIP)
    const bytes = await readFile(CLIP)
    const media = (range?: string) =>
      ask('officer', 'GET', `/recordings/${id}/media`, undefined, range === undefined ? {} : { range })
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
    const openings = await (await ask('custodian', 'GET', `/recordings/${id}/openings`)).json()
    expect(openings).toMatchObject({
      items: [
        { userName: '王建国', purpose: 'view', firstByte: 100, lastByte: 199 },
        { userName: '王建国', firstByte: 0, lastByte: bytes.length - 1 },
      ],
    })
  })

  test('zml-27-3 zml-27-4 are copied by the custodian alone, with a reason that is kept', async () => {
    const id = await recorded(CLIP)
    const copy = (who: string, more = '') => ask(who, 'GET', `/recordings/${id}/media?copy=true${more}`)
    expect((await copy('officer', '&reason=x')).status).toBe(403)
    expect((await copy('custodian')).status).toBeGreaterThanOrEqual(400)
    const copied = await copy('custodian', `&reason=${encodeURIComponent('法院调取')}`)
    expect(copied.headers.get('content-disposition')).toMatch(/^attachment/)
    await copied.arrayBuffer()
    const openings = await (await ask('custodian', 'GET', `/recordings/${id}/openings`)).json()
    expect(openings).toMatchObject({ items: [{ purpose: 'copy', reason: '法院调取', userName: '钱保管' }] })
  })

  test.each(['outsider', 'stranger'])(
    'do not exist for an %s, and neither does the recording',
    async (who) => {
      const id = await recorded(CLIP)
      for (const path of ['', '/media', '/poster'])
        expect((await ask(who, 'GET', `/recordings/${id}${path}`)).status).toBe(404)
      const list = (await (await ask(who, 'GET', '/recordings')).json()) as { items: unknown[] }
      expect(list.items).toEqual([])
      expect((await post(who, `/recordings/${id}/evidence`, { reason: 'x' })).status).toBeGreaterThanOrEqual(
        403,
      )
    },
  )
})

test('the list is filtered and paged, the latest made first', async () => {
  const page = async (query: string) =>
    (await (await ask('custodian', 'GET', `/recordings?${query}`)).json()) as {
      items: { id: string; madeFrom: string; caseId?: string }[]
      next?: string
    }
  const first = await page('limit=3')
  expect(first.items).toHaveLength(3)
  const second = await page(`limit=3&cursor=${first.next}`)
  const ids = [...first.items, ...second.items].map((r) => r.id)
  expect(new Set(ids).size).toBe(ids.length)
  const ofCase = await page(`caseId=${caseId}`)
  expect(ofCase.items.length).toBeGreaterThan(0)
  expect(ofCase.items.every((r) => r.caseId === caseId)).toBe(true)
  expect((await page('unlinked=true')).items.every((r) => r.caseId === undefined)).toBe(true)
  expect((await page('q=nothing-like-it')).items).toEqual([])
})

test('a recording of a register is played and described by its maker and the viewing posts, not by whoever keeps it', async () => {
  const officer = people['officer']
  if (!officer) throw new Error('an officer')
  const register = { procedure: 'patrol', title: '日常巡查' }
  const opened = await openRegister(x.deps, { commandId: randomUUID(), actor: officer }, register)
  if (isRefusal(opened)) throw new Error('refused')
  const id = await recorded(CLIP, { suggestion: { caseId: opened.id } })
  const sees = async (who: string) => {
    const one = await ask(who, 'GET', `/recordings/${id}`)
    const list = (await (await ask(who, 'GET', '/recordings?limit=200')).json()) as {
      items?: { id: string }[]
    }
    return [one.ok, list.items?.some((r) => r.id === id) ?? false]
  }
  for (const who of ['officer', 'head', 'custodian']) expect(await sees(who), who).toEqual([true, true])
  for (const who of ['outsider', 'clerk', 'publisher']) expect(await sees(who), who).toEqual([false, false])
  expect(await sees('admin')).toEqual([false, false])
  expect(await sees('stranger')).toEqual([false, false])
  const marked = (who: string) => post(who, `/recordings/${id}/legibility`, { title: true, face: true })
  expect((await marked('admin')).status).toBe(404)
  expect((await marked('outsider')).status).toBe(404)
  expect((await marked('officer')).status).toBe(200)
  const body = { caseId: opened.id, step: 'patrol', scene: 'patrol' }
  expect(await post('officer', `/recordings/${id}/link`, body)).toMatchObject({ status: 200 })
  const view = async (who: string) => {
    const actor = people[who]
    const workspace = actor === undefined ? undefined : await getCase(x.deps, actor, opened.id ?? '')
    if (workspace === undefined || isRefusal(workspace)) throw new Error(`${who} keeps the register`)
    return workspace.recordings.find((r) => r.id === id)?.view
  }
  for (const who of ['officer', 'head', 'custodian']) expect(await view(who), who).toBe(true)
  for (const who of ['outsider', 'clerk', 'publisher'])
    expect(await view(who), who).toMatchObject([{ code: 'not-permitted' }])
})
