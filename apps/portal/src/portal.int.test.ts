import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Client } from 'pg'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FileAnswer } from '@liuhen/ledger/package/verify-file'
import { createTestInstallation, type TestInstallation } from '../../../test/test-installation.ts'
import { buildPortal } from './app.ts'
import type { FoundFile, LogState } from './ask-server.ts'

let installation: TestInstallation
let owner: Client
let pool: pg.Pool
let portal: FastifyInstance
let answer: FoundFile | undefined
let state: LogState | undefined

const publish = async (over: Readonly<Record<string, string>> = {}): Promise<string> => {
  const row = {
    disclosure_id: randomUUID(),
    agency_id: 'a1',
    event_id: randomUUID(),
    decision_no: '走街罚决〔2026〕3号',
    agency: '走马岭街道办事处',
    party: '王某某',
    party_kind: 'person',
    violation: '占用消防通道',
    penalty: '罚款人民币500元',
    basis: '《城市市容和环境卫生管理条例》第三十六条',
    decided_on: '2026-04-20',
    published_at: '2026-04-22T02:00:00Z',
    ...over,
  }
  const names = Object.keys(row)
  const places = names.map((_, i) => `$${i + 1}`)
  await owner.query(
    `INSERT INTO published.decision (${names.join(', ')}) VALUES (${places.join(', ')})`,
    Object.values(row),
  )
  return row.disclosure_id
}

const LOG: Pick<LogState, 'origin' | 'size' | 'vkey' | 'fingerprint' | 'checkpoint' | 'keys'> = {
  origin: 'o',
  size: 1,
  vkey: 'o+0+A',
  fingerprint: 'f',
  checkpoint: 'c',
  keys: [
    { vkey: 'o+0+A', fingerprint: 'f', state: 'current', since: '2026-04-22T02:00:00Z' },
    { vkey: 'o+1+B', fingerprint: 'former-fingerprint', state: 'former', until: '2026-04-22T02:00:00Z' },
  ],
}

const get = async (url: string) => {
  const response = await portal.inject({ method: 'GET', url })
  return { status: response.statusCode, body: response.body, headers: response.headers }
}

beforeAll(async () => {
  installation = await createTestInstallation()
  owner = await installation.connectAs('owner')
  pool = new pg.Pool({ connectionString: installation.urls.portal, max: 4 })
  // The database is dropped under connections that are still saying goodbye.
  pool.on('connect', (client) => client.on('error', () => undefined))
  portal = await buildPortal({
    pool,
    perMinute: 100_000,
    verifier: {
      bytes: new TextEncoder().encode('<p>离线</p>'),
      sha256: 'ab'.repeat(32),
      scripts: { 'check.js': new TextEncoder().encode('1'), 'curves.js': new TextEncoder().encode('2') },
    },
    ask: { logState: () => Promise.resolve(state), findByHash: () => Promise.resolve(answer) },
  })
})
afterAll(async () => {
  await portal.close()
  await pool.end()
  await installation.close()
})

describe('what the portal shows', () => {
  test('a published decision stands on the first page and has a page of its own', async () => {
    const id = await publish()
    expect((await get('/')).body).toContain(`/decisions/${id}`)
    const page = await get(`/decisions/${id}`)
    expect(page.status).toBe(200)
    for (const text of ['王某某', '占用消防通道', '罚款人民币500元', '第三十六条', '2026-04-20'])
      expect(page.body).toContain(text)
  })

  test('a withdrawn decision is gone at once, and no page may be kept for more than a minute', async () => {
    const id = await publish()
    const before = await get(`/decisions/${id}`)
    expect(Number(/max-age=(\d+)/.exec(String(before.headers['cache-control']))?.[1])).toBeLessThanOrEqual(60)
    await owner.query('DELETE FROM published.decision WHERE disclosure_id = $1', [id])
    expect((await get(`/decisions/${id}`)).status).toBe(404)
    expect((await get('/')).body).not.toContain(id)
  })

  test('pen-48: the address of a withdrawn decision says when and why it was taken back, and no more', async () => {
    const id = await publish()
    await owner.query(
      `WITH gone AS (DELETE FROM published.decision WHERE disclosure_id = $1 RETURNING *)
       INSERT INTO published.withdrawal
       SELECT disclosure_id, agency_id, decision_no, agency, published_at, '2026-05-15T02:00:00Z', '决定被依法<撤销>'
       FROM gone`,
      [id],
    )
    const page = await get(`/decisions/${id}`)
    expect(page.status).toBe(410)
    for (const text of ['走街罚决〔2026〕3号', '已于2026-05-15依法撤下', '决定被依法&lt;撤销&gt;'])
      expect(page.body).toContain(text)
    for (const gone of ['王某某', '占用消防通道', '500元']) expect(page.body).not.toContain(gone)
    expect((await get('/')).body).not.toContain(id)
    expect((await get(`/decisions/${id}/record.json`)).status).toBe(404)
  })

  test('trying ids finds only what is published, and the same words for all others', async () => {
    const id = await publish()
    const near = Array.from({ length: 200 }, (_, i) => `${id.slice(0, -3)}${i.toString(16).padStart(3, '0')}`)
    const others = [...near.filter((n) => n !== id), '1', '../case', '%00', "' OR 1=1 --", 'f'.repeat(180)]
    const bodies = new Set<string>()
    for (const other of others) {
      const page = await get(`/decisions/${encodeURIComponent(other)}`)
      expect(page.status).toBe(404)
      bodies.add(page.body)
      expect((await get(`/decisions/${encodeURIComponent(other)}/record.json`)).status).toBe(404)
    }
    expect(bodies.size).toBe(1)
  })

  test('search takes what was typed as text, never as a pattern, and pages are cut at the end', async () => {
    await publish({ decision_no: '测试100%号', party: '某某餐饮有限公司' })
    const found = await get(`/?q=${encodeURIComponent('100%')}`)
    expect(found.body).toContain('共 1 件')
    expect((await get(`/?q=${encodeURIComponent('_')}`)).body).toContain('没有找到')
    expect((await get('/?page=99999')).status).toBe(200)
    expect((await get('/?q=a&q=b&page=-1')).status).toBe(200)
  })

  test('what stands in the table cannot become markup', async () => {
    const id = await publish({ violation: '<script>alert(1)</script>" onload="x' })
    const { body, headers } = await get(`/decisions/${id}`)
    expect(body).not.toContain('<script>alert')
    expect(body).toContain('&lt;script&gt;')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
  })

  test('a demonstration says so on every page', async () => {
    expect((await get('/about')).body).not.toContain('演示数据')
    await owner.query(
      `INSERT INTO app.installation (id, kind, origin) VALUES (gen_random_uuid(), 'demonstration', 'x/log')`,
    )
    await owner.query(`INSERT INTO app.demonstration_clock (at) VALUES ('2026-04-22T02:00:00Z')`)
    for (const path of ['/', '/about', '/check', '/nowhere'])
      expect((await get(path)).body).toContain('演示数据')
    expect((await get('/')).body).toContain('2026-04-22 10:00')
  })
})

describe('the offline page', () => {
  test('is taken home, not opened here, and its digest stands on the page', async () => {
    const { headers, body } = await get('/verify.html')
    expect(headers['content-disposition']).toContain('attachment')
    expect(body).toBe('<p>离线</p>')
    expect((await get('/check')).body).toContain('ab'.repeat(32))
  })
})

describe('checking a file', () => {
  const digest = 'ab'.repeat(32)

  test('without scripts the answer is told as the answer that it is, and is no verdict', async () => {
    answer = {
      found: true,
      kind: 'document',
      title: '行政处罚决定书',
      number: '走街罚决〔2026〕3号',
      recordedAt: '2026-04-20T02:10:00.000Z',
    }
    const { body } = await get(`/check?sha256=${digest}`)
    expect(body).toContain('网站答复：日志里有这个文件')
    expect(body).toContain('您的浏览器没有核验')
    expect(body).toContain('2026-04-20 10:10')
    expect(body).not.toContain('verdict yes')
    answer = { ...answer, correctedAt: '2026-04-22T02:10:00.000Z' }
    const corrected = (await get(`/check?sha256=${digest}`)).body
    expect(corrected).toContain('已经更正')
    expect(corrected).toContain('2026-04-22 10:10')
    answer = { found: false }
    expect((await get(`/check?sha256=${digest}`)).body).toContain('网站答复：本网站查不到这个文件')
  })

  test('a server that does not answer is never read as a file that is unknown', async () => {
    answer = undefined
    const { body } = await get(`/check?sha256=${digest}`)
    expect(body).toContain('未核验')
    expect(body).not.toContain('查不到')
  })

  test('every key of the log stands there with its time, also one that was changed', async () => {
    const none = { confirmed: 0, named: 0, size: 0, each: [] }
    state = { ...LOG, anchoring: 'UNANCHORED', witnesses: none }
    for (const path of ['/check', '/about']) {
      const { body } = await get(path)
      expect(body).toContain('在用（自 2026-04-22 10:00 起）')
      expect(body).toContain('以前使用（自日志开始至 2026-04-22 10:00）')
      expect(body).toContain('former-fingerprint')
      expect(body).toContain('不等于伪造')
    }
    state = undefined
  })

  test('what the page verifies by itself is passed on as it came, and nothing is made up where nothing came', async () => {
    answer = { found: true, proof: 'proof', record: { entry: 'e', salt: 's', payload: 'p' } }
    expect((await get(`/check/files/${digest}`)).status).toBe(503)
    const anchored = { confirmed: 0, named: 1, size: 0, each: [{ name: 'w', vkey: 'w+0+A' }] }
    state = { ...LOG, anchoring: 'UNANCHORED', witnesses: anchored, stamper: 'ab' }
    const passed = FileAnswer.parse(JSON.parse((await get(`/check/files/${digest}`)).body))
    expect(passed.file).toMatchObject(answer)
    expect(passed.log).toEqual({
      vkey: 'o+0+A',
      checkpoint: 'c',
      witnesses: anchored.each,
      stampers: ['ab'],
    })
    expect(JSON.parse((await get('/check/log.json')).body)).toEqual({ log: passed.log })
    answer = undefined
    expect((await get(`/check/files/${digest}`)).status).toBe(503)
    expect((await get('/check/files/xyz')).status).toBe(404)
    state = undefined
  })

  test('a wrong digest is explained', async () => {
    expect((await get('/check?sha256=xyz')).body).toContain('摘要格式不对')
  })

  test('its scripts come from the site, and nothing else may run or be asked', async () => {
    for (const name of ['check.js', 'curves.js']) {
      expect((await get(`/assets/${name}`)).status).toBe(200)
      expect((await get('/check')).body).toContain(`<script src="/assets/${name}" defer>`)
    }
    const policy = String((await get('/check')).headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("connect-src 'self';")
  })
})

describe("the portal's role", () => {
  const denied = async (sql: string): Promise<boolean> => {
    try {
      await pool.query(sql)
      return false
    } catch (error) {
      return error instanceof pg.DatabaseError && error.code === '42501'
    }
  }

  test('it reads nothing outside published, whatever tables there are', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'v', 'm', 'p')
          AND n.nspname NOT IN ('published', 'pg_catalog', 'information_schema', 'pg_toast')`,
    )
    expect(rows.length).toBeGreaterThan(15)
    for (const { name } of rows) expect([name, await denied(`SELECT * FROM ${name}`)]).toEqual([name, true])
  })

  test('it writes nothing, not even what it reads', async () => {
    expect(await denied('DELETE FROM published.decision')).toBe(true)
    expect(await denied(`UPDATE published.decision SET party = 'x'`)).toBe(true)
    expect(await denied('CREATE TABLE published.mine (x int)')).toBe(true)
  })

  test('negative control: it does read what is published', async () => {
    expect(await denied('SELECT * FROM published.decision')).toBe(false)
    expect(await denied('SELECT * FROM published.decision_proof')).toBe(false)
  })
})
