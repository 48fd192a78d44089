import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { migrate, readMigrations, type Migration } from './migrate.ts'

let installation: TestInstallation
beforeAll(async () => {
  installation = await createTestInstallation()
})
afterAll(() => installation.close())

const step = (number: number, sql: string): Migration => ({
  number,
  name: `${number}-test.sql`,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
})

test('runs each migration once, also when several processes start at the same moment', async () => {
  const all = [...(await readMigrations()), step(900, `CREATE TABLE app.once (x integer)`)]
  const clients = await Promise.all([1, 2, 3].map(() => installation.connectAs('owner')))
  const ran = await Promise.all(clients.map((client) => migrate(client, all)))
  expect(ran.flat()).toEqual(['900-test.sql'])
})

test('a failing migration changes nothing, and the next start tries it again', async () => {
  const owner = await installation.connectAs('owner')
  const all = [...(await readMigrations()), step(900, `CREATE TABLE app.once (x integer)`)]
  const bad = step(901, 'CREATE TABLE app.half (x integer); SELECT 1 / 0')
  await expect(migrate(owner, [...all, bad])).rejects.toThrow('901')
  expect((await owner.query(`SELECT to_regclass('app.half') AS t`)).rows).toEqual([{ t: null }])
  expect(await migrate(owner, [...all, step(901, 'CREATE TABLE app.half (x integer)')])).toEqual([
    '901-test.sql',
  ])
})

test('refuses a text that changed after it ran, a number that comes too late, and an older program', async () => {
  const owner = await installation.connectAs('owner')
  const all = [
    ...(await readMigrations()),
    step(900, `CREATE TABLE app.once (x integer)`),
    step(901, 'CREATE TABLE app.half (x integer)'),
  ]
  await expect(migrate(owner, [...all.slice(0, -1), step(901, 'SELECT 1')])).rejects.toThrow('被改过')
  await expect(migrate(owner, [...all, step(850, 'SELECT 1')])).rejects.toThrow('编号小于')
  await expect(migrate(owner, all.slice(0, -1))).rejects.toThrow('数据库比程序新')
})
