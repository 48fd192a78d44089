import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { readConfig } from '../config/config.ts'
import { openDatabaseServer } from '../processes/database-server.ts'
import { checkServer } from './check-server.ts'
import { connect } from './pool.ts'

const name = `given_${randomBytes(4).toString('hex')}`
const { adminUrl } = inject('postgres')
let admin: Client
let dataDir = ''
const open = (url: string) => openDatabaseServer(readConfig({ LIUHEN_DATA: dataDir, DATABASE_URL: url }))
const urlOf = (user: string, password: string, database: string): string => {
  const url = new URL(adminUrl)
  url.username = user
  url.password = password
  url.pathname = `/${database}`
  return url.href
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'liuhen-given-'))
  admin = await connect(adminUrl, 'test admin')
  await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'geheim'`)
  await admin.query(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`)
})
afterAll(async () => {
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
  await admin.query(`DROP ROLE ${name}`)
  await admin.end()
  await rm(dataDir, { recursive: true })
})

describe('a server given by DATABASE_URL', () => {
  test('says every right that its user lacks, with the statement that gives it', async () => {
    await expect(open(urlOf(name, 'geheim', name))).rejects.toThrow(
      new RegExp(`ALTER ROLE "${name}" CREATEROLE;[^]*ALTER DATABASE "${name}" OWNER TO "${name}";`),
    )
  })

  test('is enough for a user who may create roles and owns the database', async () => {
    await admin.query(`ALTER ROLE ${name} CREATEROLE`)
    await admin.query(`ALTER DATABASE ${name} OWNER TO ${name}`)
    await expect(checkServer(urlOf(name, 'geheim', name))).resolves.toBeUndefined()
  })

  test('says in Chinese what is wrong with the address', async () => {
    await expect(open(urlOf(name, 'falsch', name))).rejects.toThrow('密码不对')
    await expect(open(urlOf(name, 'geheim', 'no_such_database'))).rejects.toThrow('CREATE DATABASE')
    await expect(open('postgres://a:b@127.0.0.1:1/x')).rejects.toThrow('确认 PostgreSQL 已经启动')
  })
})
