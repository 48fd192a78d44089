import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import type { Actor, Role } from '@liuhen/domain/event'
import { parseNote, parseVkey } from '@liuhen/ledger/note'
import { checkPublishedLog } from '@liuhen/ledger/published-log'
import { recordBatch } from '../../../../test/disposal-batch.ts'
import { foundTestAgency, registerTestPerson, testLibrary } from '../../../../test/test-agency.ts'
import { closeTestCase, type ClosedCase } from '../../../../test/test-closed-case.ts'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { makeTestToken } from '../../../../test/test-token.ts'
import { agencyProjection } from '../agency/project-agency.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { type Config, foldersOf, readConfig } from '../config/config.ts'
import { append } from '../event-store/append.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import { fsck } from '../fsck/fsck.ts'
import { startLogKeeper, type LogKeeper } from '../ledger/log-keeper.ts'
import { openSigner, type Signer } from '../ledger/signer.ts'
import { stateSm3Root } from '../ledger/sm3-root.ts'
import { knownFilesProjection } from '../log-query/project-known-files.ts'
import { personProjection } from '../person/project-person.ts'
import { connect, createPool } from '../postgres/pool.ts'
import { databaseUrls } from '../postgres/roles.ts'
import { openLogSigner } from '../processes/log-keys.ts'
import { backup, type BackupDeps, type BackupResult } from './backup.ts'
import { nextOrigin } from './continue-log.ts'
import { restore, type RestoreResult } from './restore.ts'

const run = promisify(execFile)
const AGENCY = '420112007'
const ORIGIN = 'test.invalid/log/1'
const projections = [agencyProjection, personProjection, knownFilesProjection]

let installation: TestInstallation
let actor: Actor
let signer: Signer
let keeper: LogKeeper
let closed: ClosedCase
let deps: BackupDeps
const made: string[] = []

/** A new data directory with an empty database, as an operator prepares it. */
const configFor = async (name: string): Promise<Config> => {
  const { adminUrl, secret } = inject('postgres')
  const url = new URL(adminUrl)
  const database = `restored_${randomBytes(6).toString('hex')}`
  made.push(database)
  const admin = await connect(adminUrl, 'test create')
  await admin.query(`CREATE DATABASE ${database}`)
  await admin.end()
  url.pathname = `/${database}`
  const dataDir = join(installation.dataDir, name)
  return {
    ...readConfig({ LIUHEN_DATA: dataDir }),
    databaseUrl: url.href,
    databaseSecret: secret,
    folders: foldersOf(dataDir),
  }
}

beforeAll(async () => {
  installation = await createTestInstallation({ projections })
  const { store, urls, dataDir } = installation
  const owner = await installation.connectAs('owner')
  await owner.query(`INSERT INTO app.installation (id, kind, origin) VALUES ($1, 'real', $2)`, [
    randomUUID(),
    ORIGIN,
  ])
  await foundTestAgency(store, AGENCY)
  actor = await registerTestPerson(store, AGENCY, { name: '周档案', roles: ['archivist'] })
  closed = await closeTestCase(store, actor, dataDir)
  signer = await openSigner({ folder: join(dataDir, 'signer'), origin: ORIGIN })
  keeper = await startLogKeeper({
    url: urls.sequencer,
    folder: join(dataDir, 'log'),
    signer,
    log: { info: () => undefined, error: () => undefined },
  })
  deps = {
    urls,
    dataDir,
    blobs: closed.blobs,
    vkey: (await signer.status()).vkey,
    now: '2026-04-22T10:00:00+08:00',
  }
})
afterAll(async () => {
  await keeper.stop()
  await installation.close()
  const admin = await connect(inject('postgres').adminUrl, 'test drop')
  for (const database of made) await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
  await admin.end()
})

/** Writes one event and answers with its id, which is then acknowledged. */
const write = async (): Promise<string> => {
  const done = await append(installation.store, {
    commandId: randomUUID(),
    agencyId: AGENCY,
    actor,
    appends: [
      {
        streamType: 'case',
        streamId: randomUUID(),
        expectedVersion: 0,
        events: [
          {
            type: 'Noted',
            schemaVersion: 1,
            occurredAt: '2026-04-22T10:00:00+08:00',
            data: { public: { n: 1 }, internal: { note: '制表符\t换行\n反斜杠\\ 和 \\N' } },
          },
        ],
      },
    ],
  })
  if ('refused' in done) throw new Error(done.code)
  return done.events[0]?.id ?? ''
}

/** A disposal lets go of what an event says; the backup is made before it is removed. */
const letGo = async (): Promise<void> => {
  const { store } = installation
  const told = (type: string, data: object) => ({ type, schemaVersion: 1, occurredAt: deps.now, data })
  const [streamId, person] = [randomUUID(), (role: Role) => ({ name: role, roles: [role] })]
  const add = async (n: number, event: ReturnType<typeof told>) =>
    append(store, {
      commandId: randomUUID(),
      agencyId: AGENCY,
      actor,
      appends: [{ streamType: 'case', streamId, expectedVersion: n, events: [event] }],
    })
  await add(0, told('Noted', { public: { n: 1 }, personal: { name: '应当销毁' } }))
  const owner = await installation.connectAs('owner')
  const { rows } = await owner.query<{ leaf: string }>(
    `SELECT encode(leaf_hash, 'base64') AS leaf FROM record.event WHERE stream_id = $1`,
    [streamId],
  )
  const keeper = await registerTestPerson(store, AGENCY, person('av-custodian'))
  const head = await registerTestPerson(store, AGENCY, person('agency-head'))
  const batchId = await recordBatch(store, {
    agencyId: AGENCY,
    caseFile: streamId,
    by: { keeper, reviewer: actor, head },
    days: { reviewed: 1, approved: 2, ordered: 33 },
    from: '2026-01-05T10:00:00+08:00',
  })
  const events = [{ n: 1, leaf: rows[0]?.leaf, parts: ['personal'] }]
  await add(1, told('ContentShredded', { public: { batchId, number: '销1', events } }))
}

test('the next name of a log counts on', () => {
  expect(nextOrigin('log.example.gov.cn/enforcement/1')).toBe('log.example.gov.cn/enforcement/2')
  expect(nextOrigin('log.example.gov.cn/enforcement/9')).toBe('log.example.gov.cn/enforcement/10')
  expect(nextOrigin('log.example.gov.cn')).toBe('log.example.gov.cn/2')
})

describe('a backup that is made while everybody writes', () => {
  let acknowledged: readonly string[] = []
  let source = ''
  let result: BackupResult
  let config: Config
  let restored: RestoreResult

  beforeAll(async () => {
    source = join(installation.dataDir, 'backup-1')
    await letGo()
    let writing = true
    const before: string[] = []
    const after: string[] = []
    let began = false
    const writers = Array.from({ length: 8 }, async () => {
      while (writing) (began ? after : before).push(await write())
    })
    const owner = await installation.connectAs('owner')
    await vi.waitFor(() => expect(before.length).toBeGreaterThan(80), { timeout: 20_000 })
    // The log has caught up with something, so that there is a checkpoint in the snapshot.
    await vi.waitFor(
      async () => expect((await owner.query('SELECT FROM log.checkpoint')).rowCount).toBeGreaterThan(0),
      { timeout: 20_000 },
    )
    acknowledged = [...before]
    began = true
    result = await backup(deps, source)
    writing = false
    await Promise.all(writers)
    expect(after.length).toBeGreaterThan(0)
    config = await configFor('restored-1')
    restored = await restore(config, source)
  })

  test('checks itself with sha256sum', async () => {
    await run('sha256sum', ['-c', '--strict', '--quiet', 'manifest-sha256.txt'], { cwd: source })
    expect(result.events).toBeGreaterThanOrEqual(acknowledged.length)
    expect(result.blobs).toBe(7)
  })

  test('holds no key and no session', async () => {
    const { stdout } = await run('find', [source, '-name', '*.pem', '-o', '-name', '*app.session*'])
    expect(stdout).toBe('')
  })

  test('gives back every event that was acknowledged before it began', async () => {
    const { secret } = inject('postgres')
    const urls = databaseUrls(config.databaseUrl ?? '', secret)
    const owner = await connect(urls.owner, 'test restored')
    const { rows } = await owner.query<{ id: string }>(
      'SELECT event_id AS id FROM record.event WHERE event_id = ANY ($1)',
      [acknowledged],
    )
    await owner.end()
    expect(rows.length).toBe(acknowledged.length)
  })

  test('is sound after the restore: leaves, tree, checkpoint, files and tables', async () => {
    const urls = databaseUrls(config.databaseUrl ?? '', inject('postgres').secret)
    const owner = await connect(urls.owner, 'test fsck')
    const pool = createPool(urls.app, { max: 2, name: 'test fsck' })
    const again = await openSigner({ folder: config.folders.signer, origin: restored.origin })
    const { vkey, size, root } = await again.status()
    const { blobs: blobRoot } = config.folders
    const report = await fsck({
      owner,
      logFolder: config.folders.log,
      vkey,
      highWater: { size, root },
      blobs: { pool, store: diskBlobStore(blobRoot), root: blobRoot },
      projections,
      library: testLibrary(),
    })
    await Promise.all([owner.end(), pool.end()])
    expect(report.findings).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.checked).toMatchObject({ blobs: 7, shredded: 1 })
    expect(restored.shredded).toBe(1)
  })

  test('goes on under the next name with a new key, and its first new leaf names the old checkpoint', async () => {
    expect(restored).toMatchObject({ origin: 'test.invalid/log/2', previousOrigin: ORIGIN })
    expect(restored.vkey).not.toBe(deps.vkey)
    expect(await readFile(join(config.folders.log, 'checkpoint'), 'utf8')).toMatch(/^test\.invalid\/log\/2\n/)
    const urls = databaseUrls(config.databaseUrl ?? '', inject('postgres').secret)
    const owner = await connect(urls.owner, 'test continued')
    const { rows } = await owner.query<{ said: string }>(
      `SELECT convert_from(p.bytes, 'UTF8') AS said FROM record.payload p JOIN record.event e USING (event_id)
        WHERE e.type = 'OriginContinued' AND p.part = 'public'`,
    )
    await owner.end()
    expect(rows).toHaveLength(1)
    expect(JSON.parse(rows[0]?.said ?? '')).toMatchObject({ previousOrigin: ORIGIN, origin: restored.origin })
  })

  test('writing goes on after the restore: positions and numbers do not collide', async () => {
    const urls = databaseUrls(config.databaseUrl ?? '', inject('postgres').secret)
    const pool = createPool(urls.app, { max: 2, name: 'test writes' })
    const done = await append(
      { ...installation.store, pool },
      {
        commandId: randomUUID(),
        agencyId: AGENCY,
        actor,
        appends: [
          {
            streamType: 'case',
            streamId: randomUUID(),
            expectedVersion: 0,
            events: [{ type: 'Noted', schemaVersion: 1, occurredAt: '2026-04-22T10:00:00+08:00', data: {} }],
          },
        ],
      },
    )
    await pool.end()
    expect('refused' in done).toBe(false)
  })
})

describe('a backup that is not whole', () => {
  test('is refused before anything is touched, and the file is named', async () => {
    const source = join(installation.dataDir, 'backup-2')
    await backup(deps, source)
    await appendFile(join(source, 'tables', 'record.event.copy'), 'x')
    const config = await configFor('restored-2')
    await expect(restore(config, source)).rejects.toThrow('tables/record.event.copy 与清单的摘要不一致')
  })

  test('is refused when it has no manifest, because then it was never finished', async () => {
    const source = join(installation.dataDir, 'backup-3')
    await backup(deps, source)
    await rm(join(source, 'manifest-sha256.txt'))
    await expect(restore(await configFor('restored-3'), source)).rejects.toThrow('备份没有完成')
  })

  test('is refused when somebody laid another file into it', async () => {
    const source = join(installation.dataDir, 'backup-4')
    await backup(deps, source)
    await writeFile(join(source, 'tables', 'app.more.copy'), '')
    await expect(restore(await configFor('restored-4'), source)).rejects.toThrow('不在清单之内')
  })

  test('a target that holds anything is refused, and so is a data directory that does', async () => {
    const target = join(installation.dataDir, 'backup-5')
    await mkdir(target)
    await writeFile(join(target, 'note.txt'), '别的东西')
    await expect(backup(deps, target)).rejects.toThrow('不是空的')
    const source = join(installation.dataDir, 'backup-6')
    await backup(deps, source)
    const config = await configFor('restored-5')
    await mkdir(config.dataDir)
    await writeFile(join(config.dataDir, 'x'), '')
    await expect(restore(config, source)).rejects.toThrow('不是空的')
  })
})

test('the log of a backup, and the restored one, show every SM3 root that they state', async () => {
  const folder = join(installation.dataDir, 'log')
  const state = () => stateSm3Root(installation.store, folder)
  const stated: number[] = []
  // An agency that is founded later and sorts first begins no second list of roots.
  for (const more of [undefined, '110101001', undefined]) {
    if (more !== undefined) await foundTestAgency(installation.store, more)
    await write()
    await write()
    await vi.waitFor(async () => stated.push((await state()) ?? expect.fail('not grown yet')), {
      timeout: 10_000,
    })
  }
  const source = join(installation.dataDir, 'backup-8')
  const { rows } = await (await installation.connectAs('owner')).query<{ n: number }>(
    `SELECT count(DISTINCT stream_id)::int AS n FROM record.event WHERE type = 'LogSm3Root'`,
  )
  expect([stated.length, rows[0]?.n]).toEqual([3, 1])
  await backup(deps, source)
  const config = await configFor('restored-8')
  const restored = await restore(config, source)
  const places = [
    [deps.vkey, join(source, 'log')],
    [restored.vkey, config.folders.log],
  ] as const
  for (const [vkey, log] of places) {
    const read = (path: string) => readFile(join(log, path)).catch(() => undefined)
    const found = await checkPublishedLog(parseVkey(vkey)!, { hashes: nodeHashes, read })
    expect(found?.faults).toEqual([])
    expect(found?.sm3Root).toBeDefined()
  }
})

test('a restored log is signed where the configuration keeps the key, and without its token nothing is restored', async () => {
  const source = join(installation.dataDir, 'backup-7')
  await backup(deps, source)
  const place = join(installation.dataDir, 'token')
  await mkdir(place)
  const { settings, folder } = makeTestToken(place)
  const config = { ...(await configFor('restored-6')), token: settings, sm2Line: true }
  await rename(folder, join(place, 'away'))
  await expect(restore(config, source)).rejects.toThrow('没有插上')
  await rename(join(place, 'away'), folder)
  const { vkey, origin } = await restore(config, source)
  const kept = ['high-water.json', 'keys.json', 'sm2.key', 'sm2.vkey']
  expect((await readdir(config.folders.signer)).toSorted()).toEqual(kept)
  expect((await (await openLogSigner({ ...config, origin })).status()).vkey).toBe(vkey)
  const note = parseNote(await readFile(join(config.folders.log, 'checkpoint'), 'utf8'))
  expect(note?.signatures).toHaveLength(2)
})
