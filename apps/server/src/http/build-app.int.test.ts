import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { defineRoute } from '@liuhen/api/route'
import { isRefusal, refuse } from '@liuhen/domain/refusal'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { hashPassword } from '../auth/password.ts'
import { signIn } from '../auth/sign-in.ts'
import { bind, bindPublic } from './binding.ts'
import { buildApp } from './build-app.ts'

const params = z.object({ id: z.string().min(1) })
const greet = defineRoute({
  id: 'greet',
  method: 'GET',
  path: '/greet',
  title: '问候',
  tag: '测试',
  access: 'public',
  query: z.object({ name: z.string().min(2, '请填写姓名') }),
  response: z.object({ hello: z.string() }),
})
const file = defineRoute({
  id: 'file',
  method: 'GET',
  path: '/files/:id',
  title: '文件',
  tag: '测试',
  access: 'signed-in',
  params,
  bytes: 'application/pdf',
})
const note = defineRoute({
  id: 'note',
  method: 'POST',
  path: '/notes/:id',
  title: '记录',
  tag: '测试',
  access: ['officer'],
  command: true,
  params,
  body: z.object({ text: z.string().max(20) }),
  response: z.object({ n: z.int(), by: z.string() }),
  refusals: ['wrong-state'],
})
const audit = defineRoute({
  id: 'audit',
  method: 'GET',
  path: '/audit',
  title: '审计',
  tag: '测试',
  access: ['audit-admin'],
})
const broken = defineRoute({
  id: 'broken',
  method: 'GET',
  path: '/broken',
  title: '坏',
  tag: '测试',
  access: 'public',
})

let installation: TestInstallation
let app: FastifyInstance
let cookie = ''
let calls = 0
const logged: string[] = []
const password = 'Lang-genug-2026'

const accountWith = async (mustChange: boolean): Promise<string> => {
  const owner = await installation.connectAs('owner')
  const login = `u${randomUUID().slice(0, 8)}`
  await owner.query(
    `INSERT INTO app.account (user_id, agency_id, person_id, login, name, password_hash, roles, must_change)
     VALUES ($1, 'agency-a', $1, $2, '张三', $3, '{officer}', $4)`,
    [randomUUID(), login, await hashPassword(password), mustChange],
  )
  const done = await signIn(installation, { login, password, address: 'test' })
  if (isRefusal(done)) throw new Error('refused')
  return `liuhen_session=${done.token}`
}

beforeAll(async () => {
  installation = await createTestInstallation()
  cookie = await accountWith(false)
  app = await buildApp({
    store: installation.store,
    dataDir: installation.dataDir,
    logFolder: join(installation.dataDir, 'log'),
    webFolder: join(installation.dataDir, 'web'),
    logLevel: 'info',
    logStream: { write: (line) => logged.push(line) },
    bindings: [
      bindPublic(greet, (_, { query }) => ({ hello: query.name, secret: 'not in the contract' })),
      bind(file, () => ({ bytes: Buffer.from('%PDF'), fileName: '处罚决定书.pdf' })),
      bind(note, ({ actor }, { body }) => {
        calls += 1
        return body.text === 'no'
          ? refuse('wrong-state', '已经结案。', '请另立案。')
          : { n: calls, by: actor.name }
      }),
      bind(audit, () => ({})),
      bindPublic(broken, () => {
        throw new Error('a secret of the inside')
      }),
    ],
  })
})
afterAll(async () => {
  await app.close()
  await installation.close()
})

const post = (key: string | undefined, body: object, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/notes/1',
    headers: { cookie, ...(key === undefined ? {} : { 'idempotency-key': key }), ...headers },
    payload: body,
  })

describe('the way to a handler', () => {
  test('an answer holds only what its contract names', async () => {
    expect((await app.inject('/api/greet?name=李四')).json()).toEqual({ hello: '李四' })
  })

  test('the log tells the path of a request and nothing of what was asked in it', async () => {
    await app.inject(`/api/greet?name=${encodeURIComponent('王小明')}`)
    const lines = logged.join('')
    expect(lines).toContain('"/api/greet"')
    expect(decodeURIComponent(lines)).not.toContain('王小明')
  })

  test('invalid input is refused in Chinese, every field by its path', async () => {
    const answer = await app.inject('/api/greet?name=x')
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({
      code: 'invalid-input',
      fields: [{ path: 'query.name', message: '请填写姓名' }],
    })
    const long = await post(randomUUID(), { text: 'x'.repeat(21) })
    expect(long.json().fields[0].message).toMatch(/[\u4e00-\u9fff]/)
  })

  test('nobody gets past a session with another role, and the attempt is recorded', async () => {
    expect((await app.inject('/api/files/1')).statusCode).toBe(401)
    const denied = await app.inject({ url: '/api/audit', headers: { cookie } })
    expect(denied.json()).toMatchObject({ status: 403, code: 'wrong-role' })
    const owner = await installation.connectAs('owner')
    const { rows } = await owner.query(`SELECT code FROM record.attempt WHERE what = 'audit'`)
    expect(rows).toEqual([{ code: 'not-permitted' }])
  })

  test('who somebody is comes from the session, whatever the request says', async () => {
    const payload = {
      text: 'a',
      userId: 'x',
      agencyId: 'agency-b',
      roles: ['audit-admin'],
      actor: { name: '王五' },
    }
    const answer = await post(randomUUID(), payload, { 'x-user-id': 'x', 'x-agency': 'agency-b' })
    expect(answer.json()).toMatchObject({ by: '张三' })
  })

  test('a given password must be changed before anything else', async () => {
    const fresh = await accountWith(true)
    const answer = await app.inject({ url: '/api/files/1', headers: { cookie: fresh } })
    expect(answer.json()).toMatchObject({ status: 403, code: 'must-change-password' })
  })

  test('requests from other sites are refused before anything is read', async () => {
    const foreign: readonly Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const headers of foreign) {
      expect((await post(randomUUID(), { text: 'a' }, headers)).json()).toMatchObject({
        code: 'foreign-origin',
      })
    }
    expect((await post(randomUUID(), { text: 'a' }, { origin: 'http://localhost:80' })).statusCode).toBe(200)
  })
})

describe('commands', () => {
  test('need a key; the same key has one effect and one answer, another request with it is refused', async () => {
    expect((await post(undefined, { text: 'a' })).json()).toMatchObject({ code: 'no-key' })
    const key = randomUUID()
    const first = await post(key, { text: 'a' })
    const before = calls
    const again = await post(key, { text: 'a' })
    expect(again.json()).toEqual(first.json())
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(calls).toBe(before)
    expect((await post(key, { text: 'b' })).json()).toMatchObject({ status: 422, code: 'key-reused' })
  })

  test('a refusal is a problem with its reasons, and may be asked again', async () => {
    const key = randomUUID()
    const refused = await post(key, { text: 'no' })
    expect(refused.statusCode).toBe(409)
    expect(refused.json()).toMatchObject({
      code: 'wrong-state',
      reasons: [{ message: '已经结案。', todo: '请另立案。', citations: [] }],
    })
    const before = calls
    await post(key, { text: 'no' })
    expect(calls).toBe(before + 1)
  })
})

describe('everything else', () => {
  test('an error inside tells the caller its request number and nothing else', async () => {
    const answer = await app.inject('/api/broken')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret')
    expect(answer.json().requestId).toHaveLength(36)
  })

  test('files come with their type, name and no sniffing', async () => {
    const answer = await app.inject({ url: '/api/files/1', headers: { cookie } })
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers['content-disposition']).toContain(encodeURIComponent('处罚决定书.pdf'))
  })

  test('pages may not be framed and run only their own scripts', async () => {
    const answer = await app.inject({ url: '/cases/1', headers: { accept: 'text/html' } })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-security-policy']).toContain(`frame-ancestors 'none'`)
    expect(answer.headers['content-security-policy']).toContain(`script-src 'self'`)
  })

  test('metrics are for this machine and the auditor', async () => {
    expect((await app.inject('/metrics')).body).toContain('liuhen_log_oldest_pending_seconds')
    const remote = await app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' })
    expect(remote.statusCode).toBe(401)
    const proxied = await app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '10.0.0.9' } })
    expect(proxied.statusCode).toBe(401)
  })

  test('lives, is ready, and describes itself', async () => {
    expect((await app.inject('/healthz')).json()).toEqual({ ok: true })
    expect((await app.inject('/readyz')).json()).toMatchObject({ ok: true })
    const document = (await app.inject('/api/openapi.json')).json()
    expect(document).toMatchObject({
      openapi: '3.1.0',
      paths: { '/api/notes/{id}': { post: { operationId: 'note' } } },
    })
    expect((await app.inject('/api/docs')).body).toContain('问候')
  })

  test('of the log only exact names of tiles are looked up', async () => {
    for (const path of [
      '/log/tile/../../keys/x',
      '/log/tile/0/%2e%2e/key',
      '/log/tile/0/1',
      '/log/tile/0/000.tmp-1',
    ]) {
      expect((await app.inject(path)).statusCode).toBe(404)
    }
  })
})
