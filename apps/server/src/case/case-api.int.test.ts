import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '@liuhen/api/schema/page'
import type { Actor, Role } from '@liuhen/domain/event'
import { z } from 'zod'
import { type CaseInstallation, createCaseInstallation } from '../../../../test/test-agency.ts'
import { LEAD } from '../../../../test/test-filing.ts'
import { agencyBindings } from '../agency/agency-routes.ts'
import { openSession } from '../auth/session.ts'
import { signIn } from '../auth/sign-in.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { documentBindings } from '../document/document-routes.ts'
import { type RenderDeps, renderDocument } from '../document/render-document.ts'
import { buildApp } from '../http/build-app.ts'
import { lawBindings } from '../law/law-routes.ts'
import { keyFolder } from '../seal/key-folder.ts'
import { createRenderer, type Renderer } from '../pdf/render.ts'
import { personBindings } from '../person/person-routes.ts'
import { withAgency } from '../postgres/transaction.ts'
import { caseBindings } from './case-routes.ts'

let x: CaseInstallation
let app: FastifyInstance
let renderer: Renderer
let deps: RenderDeps
const AGENCY = '114201120001'
const PASSWORD = 'Zoumaling-2026'
const cookies = new Map<string, string>()

const agencyBody = (code: string, login: string) => ({
  agency: { name: '走马岭街道办事处', shortName: `走街${code.slice(-1)}`, code, base: 'zoumaling' },
  administrator: { name: '管理员', login, password: PASSWORD },
})

type Call = Readonly<{ as?: string; body?: unknown; key?: string }>
const call = async (method: 'GET' | 'POST' | 'PUT', path: string, { as, body, key }: Call = {}) => {
  const token = as === undefined ? undefined : cookies.get(as)
  const response = await app.inject({
    method,
    url: `/api${path}`,
    headers: {
      'idempotency-key': key ?? randomUUID(),
      ...(token === undefined ? {} : { cookie: `liuhen_session=${token}` }),
    },
    ...(body === undefined ? {} : { payload: body as object }),
  })
  return {
    status: response.statusCode,
    raw: response,
    body: response.body === '' ? {} : response.json<unknown>(),
  }
}
const idOf = (answer: { status: number; body: unknown }): string => {
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return z.object({ id: z.string() }).parse(answer.body).id
}
const ok = (answer: { status: number; body: unknown }) => {
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer
}

/** Signs in; who was registered with a password is taken to have changed it. */
const enter = async (login: string, agencyId = AGENCY) => {
  const signedIn = await signIn(x.deps.store, { login, password: PASSWORD, address: '127.0.0.1' })
  if ('refused' in signedIn) throw new Error(login)
  await withAgency(x.deps.store, agencyId, (tx) =>
    tx.query('UPDATE app.account SET must_change = false WHERE login = $1', [login]),
  )
  cookies.set(login, signedIn.token)
}
const register = async (login: string, name: string, role: Role, certNo?: string): Promise<string> => {
  const certificate = certNo === undefined ? {} : { certNo, certValidTo: '2027-12-31' }
  const body = { name, roles: [role], login, password: PASSWORD, ...certificate }
  const id = idOf(await call('POST', '/people', { as: 'admin', body }))
  await enter(login)
  return id
}
const people: Record<string, string> = {}

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-02T09:00:00+08:00')
  renderer = createRenderer({ lawDir: x.deps.library.dir })
  const root = join(x.test.dataDir, 'blobs')
  deps = {
    ...x.deps,
    renderer,
    seals: keyFolder({ folder: join(root, 'seals') }),
    blobs: { pool: x.deps.store.pool, root, store: diskBlobStore(root) },
  }
  const { dataDir } = x.test
  const bindings = [
    ...agencyBindings(deps),
    ...personBindings(deps),
    ...lawBindings(deps),
    ...caseBindings(deps),
    ...documentBindings(deps),
  ]
  app = await buildApp({ store: deps.store, dataDir, logFolder: join(dataDir, 'log'), bindings })
  ok(await call('POST', '/setup', { body: agencyBody(AGENCY, 'admin') }))
  await enter('admin')
  people['officer'] = await register('wang', '王建国', 'officer', '42011200001')
  people['partner'] = await register('li.wd', '李卫东', 'officer', '42011200002')
  await register('chen', '陈中队', 'unit-head')
  await register('zhou', '周主任', 'agency-head')
  await register('audit', '吴审计', 'audit-admin')
})
afterAll(async () => {
  await app.close()
  await renderer.close()
  await x.test.close()
})

const newCase = async () => idOf(await call('POST', '/cases', { as: 'wang', body: LEAD }))

describe('the API', () => {
  it('is set up once only', async () => {
    expect((await call('GET', '/setup')).body).toMatchObject({ needed: false })
    const again = await call('POST', '/setup', { body: agencyBody('114201120009', 'again') })
    expect(again.status).toBe(409)
  })

  it('carries a lead to its approved filing and its archival PDF', async () => {
    const id = await newCase()
    const party = { kind: 'person', name: '李某', address: '走马岭大道12号' }
    ok(await call('POST', `/cases/${id}/party`, { as: 'wang', body: party }))
    const personIds = [people['officer'], people['partner']]
    ok(await call('POST', `/cases/${id}/handlers`, { as: 'wang', body: { personIds } }))
    for (const step of ['lead', 'acceptance'])
      ok(await call('POST', `/cases/${id}/steps/${step}/complete`, { as: 'wang', body: {} }))
    const opened = await call('GET', `/cases/${id}/forms/filing-approval?step=filing`, { as: 'wang' })
    const form = z.object({ data: z.record(z.string(), z.json()) }).parse(ok(opened).body)
    const suspected = [{ title: '中华人民共和国消防法', article: '第二十八条' }]
    const data = { ...form.data, suspected, handlerOpinion: '建议立案。' }
    const body = { type: 'filing-approval', step: 'filing', data }
    const documentId = idOf(await call('POST', `/cases/${id}/documents`, { as: 'wang', body }))
    for (const as of ['chen', 'zhou']) {
      const inbox = ok(await call('GET', '/approvals', { as }))
      expect(JSON.stringify(inbox.body)).toContain(documentId)
      const path = `/cases/${id}/documents/${documentId}/approve`
      ok(await call('POST', path, { as, body: { opinion: '同意' } }))
    }
    await renderDocument(deps, { agencyId: AGENCY, caseId: id, documentId })
    const pdf = await app.inject({
      url: `/api/cases/${id}/documents/${documentId}/pdf`,
      headers: { cookie: `liuhen_session=${cookies.get('wang')}` },
    })
    expect(pdf.statusCode).toBe(200)
    expect(pdf.headers['content-type']).toBe('application/pdf')
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    const workspace = ok(await call('GET', `/cases/${id}`, { as: 'wang' }))
    expect(workspace.body).toMatchObject({
      caseNo: expect.stringMatching(/号$/),
      documents: [{ state: 'issued', pdf: { pages: expect.any(Number) } }],
    })
    const timeline = ok(await call('GET', `/cases/${id}/timeline`, { as: 'zhou' }))
    expect(JSON.stringify(timeline.body)).toContain('生成存档 PDF')
  })

  it('refuses a decision out of order with the clause in the problem', async () => {
    const id = await newCase()
    const answer = await call('POST', `/cases/${id}/steps/decision/begin`, { as: 'wang', body: {} })
    expect(answer.status).toBe(409)
    expect(answer.raw.headers['content-type']).toContain('application/problem+json')
    const problem = Problem.parse(answer.body)
    expect(problem.code).toBe('law-gate')
    expect(problem.reasons.flatMap((r) => r.citations.map((c) => c.cite)).join()).toMatch(/《.+》/)
  })

  it('gives one effect to a command that arrives five times at once', async () => {
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call('POST', '/cases', { as: 'wang', body: LEAD, key })),
    )
    expect(new Set(answers.map(idOf)).size).toBe(1)
  })

  it('does not find a case for another agency, nor an unknown one', async () => {
    const id = await newCase()
    ok(await call('POST', '/agencies', { as: 'admin', body: agencyBody('114201120002', 'other.admin') }))
    const stranger = await foreignHead('114201120002')
    cookies.set('stranger', stranger)
    for (const path of [`/cases/${id}`, `/cases/${id}/timeline`, `/cases/${randomUUID()}`])
      expect((await call('GET', path, { as: 'stranger' })).status).toBe(404)
    expect((await call('GET', '/cases', { as: 'stranger' })).body).toEqual({ items: [], total: 0 })
  })

  it('keeps case content from the three administrators', async () => {
    const id = await newCase()
    for (const as of ['admin', 'audit']) {
      expect((await call('GET', `/cases/${id}`, { as })).status).toBe(404)
      expect((await call('GET', '/duties?scope=agency', { as })).body).toEqual({ items: [] })
    }
  })

  it('leads from a clause to the rules that carry it out', async () => {
    const clauses = ok(await call('GET', '/law/packs/zoumaling/clauses', { as: 'wang' }))
    expect(JSON.stringify(clauses.body)).toContain('立案')
    expect((await call('GET', '/law/packs/nowhere/clauses', { as: 'wang' })).status).toBe(404)
    const procedures = ok(await call('GET', '/law/procedures', { as: 'wang' }))
    expect(JSON.stringify(procedures.body)).toContain('penalty-ordinary')
    expect(ok(await call('GET', '/law/documents', { as: 'wang' })).status).toBe(200)
  })
})

/** A session of an agency head of that agency, made without the detour over registration. */
const foreignHead = async (agencyId: string): Promise<string> => {
  const head: Actor = { userId: randomUUID(), name: '孙外人', roles: ['agency-head'], agencyId }
  return withAgency(x.deps.store, agencyId, async (tx) => {
    await tx.query(
      `INSERT INTO app.account (user_id, agency_id, login, name, password_hash, roles, must_change)
       VALUES ($1, $2, $3, $4, 'none', $5, false)`,
      [head.userId, agencyId, `sun.${agencyId}`, head.name, head.roles],
    )
    return openSession(tx, { userId: head.userId, agencyId, address: '127.0.0.1' })
  })
}
