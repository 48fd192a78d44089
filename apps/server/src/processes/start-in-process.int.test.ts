import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allRoutes } from '@liuhen/api/routes'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { readConfig } from '../config/config.ts'
import { openInstallation } from './installation.ts'
import { startInProcess, type InProcess } from './start-in-process.ts'

const AT = '2026-03-02T01:00:00.000Z'
const agency = {
  name: '某街道办事处',
  shortName: '某街办',
  code: '420112000001',
  base: 'national',
  overlays: [],
}
const administrator = { name: '管理员', login: 'first.admin', password: 'Lang-genug-2026' }

let database: TestInstallation
let running: InProcess
beforeAll(async () => {
  database = await createTestInstallation()
  const config = readConfig({ LIUHEN_DATA: database.dataDir, LIUHEN_PORT: '0', LIUHEN_LOG: 'silent' })
  running = await startInProcess({ config, urls: database.urls, demonstrationAt: AT })
})
afterAll(async () => {
  await running.stop()
  await database.close()
})

const send = async (method: string, path: string, body?: object, cookie = '') => {
  const reply = await fetch(`${running.url}/api${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: reply.status, body: await reply.json(), cookie: reply.headers.get('set-cookie') ?? '' }
}

describe('a whole installation', () => {
  test('answers every route that the contract names', async () => {
    const document = await (await fetch(`${running.url}/api/openapi.json`)).json()
    const bound = Object.values<Record<string, { operationId: string }>>(document.paths).flatMap((path) =>
      Object.values(path).map((operation) => operation.operationId),
    )
    expect(bound.toSorted()).toEqual(allRoutes.map((route) => route.id).toSorted())
  })

  test('is set up once, and its first administrator signs in', async () => {
    expect((await send('POST', '/setup', { agency, administrator })).status).toBe(200)
    expect((await send('POST', '/setup', { agency, administrator })).body).toMatchObject({
      code: 'wrong-state',
    })
    const entered = await send('POST', '/session', administrator)
    expect(entered.body).toMatchObject({
      name: '管理员',
      agency: { shortName: '某街办' },
      clock: { kind: 'simulated', now: AT },
    })
    expect(entered.cookie).toMatch(/HttpOnly; SameSite=Lax/)
    const cookie = entered.cookie.split(';')[0]
    expect((await send('GET', '/session', undefined, cookie)).status).toBe(200)
    expect((await send('DELETE', '/session', undefined, cookie)).status).toBe(200)
    expect((await send('GET', '/session', undefined, cookie)).status).toBe(401)
  })

  test('a demonstration’s clock stands still, goes forward, and never back', async () => {
    const later = '2026-03-03T02:00:00.000Z'
    expect((await send('POST', '/demo/clock', { now: later })).body).toEqual({ now: later })
    expect((await send('POST', '/demo/clock', { now: AT })).body).toMatchObject({ code: 'wrong-state' })
    expect(await running.store.clock.now()).toBe(later)
  })

  test('a demonstration tells the time while every connection is inside a transaction', async () => {
    const { pool, clock } = running.store
    const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))
    try {
      expect(await clock.now()).toBe('2026-03-03T02:00:00.000Z')
    } finally {
      for (const client of clients) client.release()
    }
  }, 10_000)
})

describe('demonstration and real data', () => {
  const input = (database: TestInstallation, demonstrationAt?: string) => ({
    ownerUrl: database.urls.owner,
    dataDir: database.dataDir,
    origin: 'liuhen.invalid/log/1',
    ...(demonstrationAt === undefined ? {} : { demonstrationAt }),
  })

  test('a real installation has no simulated clock, not even for its owner', async () => {
    const real = await createTestInstallation()
    expect(await openInstallation(input(real))).toMatchObject({ kind: 'real' })
    await expect(openInstallation(input(real, AT))).rejects.toThrow('正式的')
    const owner = await real.connectAs('owner')
    await expect(owner.query('INSERT INTO app.demonstration_clock (at) VALUES (now())')).rejects.toThrow(
      'no simulated',
    )
    await real.close()
  })

  test('originals that came in on the disk are not looked for in a bucket, nor the other way round', async () => {
    const house = await createTestInstallation()
    await openInstallation(input(house))
    const owner = await house.connectAs('owner')
    await owner.query(
      `INSERT INTO app.blob (id, origin, state, mime, sha256, size_bytes, settled_at)
       VALUES (gen_random_uuid(), 'put', 'verified', 'text/plain', repeat('0', 64), 1, now())`,
    )
    const bucket = 's3+https://store.example/evidence/first'
    await expect(openInstallation({ ...input(house), firstStore: bucket })).rejects.toThrow('liuhen restore')
    await owner.query(
      `INSERT INTO app.blob_store (store, id, place) VALUES ('first', gen_random_uuid(), '/data/blobs')`,
    )
    await expect(openInstallation({ ...input(house), firstStore: bucket })).rejects.toThrow(
      '请去掉 LIUHEN_FIRST_STORE',
    )
    await owner.query(`UPDATE app.blob_store SET place = $1`, [bucket])
    await expect(openInstallation(input(house))).rejects.toThrow(bucket)
    expect(await openInstallation({ ...input(house), firstStore: bucket })).toMatchObject({ kind: 'real' })
    await house.close()
  })

  test('a demonstration stays one, and a directory that says otherwise than its database does not start', async () => {
    const demo = await createTestInstallation()
    await openInstallation(input(demo, AT))
    expect(await openInstallation(input(demo))).toMatchObject({ kind: 'demonstration' })
    const mixed = await createTestInstallation()
    await writeFile(join(mixed.dataDir, 'DEMONSTRATION'), '')
    await expect(openInstallation(input(mixed))).rejects.toThrow('不能混用')
    await Promise.all([demo.close(), mixed.close()])
  })
})
