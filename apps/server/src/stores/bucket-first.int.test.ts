import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { foundTestAgency, registerTestPerson } from '../../../../test/test-agency.ts'
import { flipObjectBit, makeBucket, NEEDS_S3, testAccount, WITHOUT_S3 } from '../../../../test/test-bucket.ts'
import { closeTestCase } from '../../../../test/test-closed-case.ts'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { makeClip, manifestOf, register } from '../../../../test/upload-installation.ts'
import { agencyProjection } from '../agency/project-agency.ts'
import { backup } from '../backup/backup.ts'
import { restore } from '../backup/restore.ts'
import { startDigester, type Digester } from '../blobs/digest-file.ts'
import { blobPath } from '../blobs/disk-blob-store.ts'
import { openBlob } from '../blobs/put-blob.ts'
import { reconcileBlobs } from '../blobs/reconcile.ts'
import { type Config, foldersOf, readConfig } from '../config/config.ts'
import { startLogKeeper } from '../ledger/log-keeper.ts'
import { openSigner } from '../ledger/signer.ts'
import { knownFilesProjection } from '../log-query/project-known-files.ts'
import { personProjection } from '../person/project-person.ts'
import { connect, createPool } from '../postgres/pool.ts'
import { databaseUrls } from '../postgres/roles.ts'
import { openInstallation } from '../processes/installation.ts'
import { recordingProjection } from '../recording/recording-projection.ts'
import { recordingUploads } from '../recording/upload-target.ts'
import { registerUploads } from '../uploads/tus-routes.ts'
import { uploadFile } from '../../../cli/src/upload-client.ts'
import { adoptingInTurn } from './adopt-in-turn.ts'
import { reachStore } from './reach-store.ts'
import { storesProjection } from './project-stores.ts'
import { copyBlobs } from './copy-blobs.ts'
import { unpaced } from './read-copy.ts'
import { scrubStores } from './scrub.ts'
import { firstStoreOf, secondOnDisk } from './store-place.ts'

const AGENCY = '420112007'
const ORIGIN = 'test.invalid/log/1'
const FILES = 7
const projections = [agencyProjection, personProjection, knownFilesProjection, storesProjection]

describe.skipIf(WITHOUT_S3)(`a first store in a bucket${NEEDS_S3}`, () => {
  let house: TestInstallation
  let actor: Actor
  let digester: Digester
  let app: FastifyInstance | undefined
  /** The installation whose originals are in the bucket. */
  let config: Config
  const made: string[] = []

  const configFor = async (name: string, firstStore?: string): Promise<Config> => {
    const { adminUrl, secret } = inject('postgres')
    const url = new URL(adminUrl)
    const database = `bucket_${randomBytes(6).toString('hex')}`
    made.push(database)
    const admin = await connect(adminUrl, 'test create')
    await admin.query(`CREATE DATABASE ${database}`)
    await admin.end()
    url.pathname = `/${database}`
    const dataDir = join(house.dataDir, name)
    const plain = readConfig({ LIUHEN_DATA: dataDir })
    const storage = { ...plain.storage, s3: testAccount() }
    return {
      ...plain,
      storage: firstStore === undefined ? storage : { ...storage, firstStore },
      databaseUrl: url.href,
      databaseSecret: secret,
      folders: foldersOf(dataDir),
    }
  }

  const urlsOf = (c: Config) => databaseUrls(c.databaseUrl ?? '', inject('postgres').secret)

  /** As fsck reads it: every verified row against every byte of the store, in both directions. */
  const readWhole = async (c: Config) => {
    const pool = createPool(urlsOf(c).app, { max: 2, name: 'test read' })
    const { bytes: store } = firstStoreOf(c)
    try {
      return await reconcileBlobs({ pool, store, root: c.folders.blobs }, true)
    } finally {
      await pool.end()
    }
  }

  beforeAll(async () => {
    const bucket = await makeBucket('versioned', undefined, '/first')
    house = await createTestInstallation({ projections })
    digester = startDigester(1)
    const owner = await house.connectAs('owner')
    await owner.query(`INSERT INTO app.installation (id, kind, origin) VALUES ($1, 'real', $2)`, [
      randomUUID(),
      ORIGIN,
    ])
    await foundTestAgency(house.store, AGENCY)
    actor = await registerTestPerson(house.store, AGENCY, { name: '周档案', roles: ['archivist', 'officer'] })
    const closed = await closeTestCase(house.store, actor, house.dataDir)
    const signer = await openSigner({ folder: join(house.dataDir, 'signer'), origin: ORIGIN })
    const keeper = await startLogKeeper({
      url: house.urls.sequencer,
      folder: join(house.dataDir, 'log'),
      signer,
      log: { info: () => undefined, error: () => undefined },
    })
    await vi.waitFor(
      async () => expect((await owner.query('SELECT FROM log.checkpoint')).rowCount).toBeGreaterThan(0),
      { timeout: 20_000 },
    )
    const { vkey } = await signer.status()
    const source = join(house.dataDir, 'backup')
    const now = '2026-04-22T10:00:00+08:00'
    await backup({ urls: house.urls, dataDir: house.dataDir, blobs: closed.blobs, vkey, now }, source)
    await keeper.stop()
    config = await configFor('in-bucket', bucket.settings.where)
    await restore(config, source)
  })
  afterAll(async () => {
    app?.server.closeAllConnections()
    await app?.close()
    await digester?.close()
    await house?.close()
    const admin = await connect(inject('postgres').adminUrl, 'test drop')
    for (const name of made) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await admin.end()
  })

  test('takes a restored installation in: every byte is there, none on the disk', async () => {
    expect(await readWhole(config)).toMatchObject({ rows: FILES, files: FILES, findings: [] })
    await expect(readdir(join(config.folders.blobs, 'sha256'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('takes uploads in, gives ranges out, and is copied to a second store and read back', async () => {
    const pool = createPool(urlsOf(config).app, { max: 8, name: 'test upload' })
    const store = { pool, clock: house.store.clock, projections: [...projections, recordingProjection] }
    const kept = firstStoreOf(config)
    const first = { ...kept, bytes: adoptingInTurn(pool, kept.bytes) }
    const clip = await makeClip(house.dataDir, 9 * 1024 * 1024 + 5)
    const id = await register(
      store,
      actor,
      manifestOf(actor, { sha256: clip.sha256, sizeBytes: clip.bytes.length }),
    )
    app = Fastify()
    await registerUploads(app, {
      pool,
      root: config.folders.blobs,
      store: first.bytes,
      digester,
      target: recordingUploads(store),
      authenticate: async () => actor,
      now: () => new Date(),
      maxBytes: 1024 ** 3,
      keepDays: 7,
    })
    const baseUrl = await app.listen({ port: 0, host: '127.0.0.1' })
    await uploadFile({ baseUrl, headers: {}, recordingId: id, path: clip.path })
    const got = await openBlob({ pool, store: first.bytes, root: config.folders.blobs }, clip.sha256, {
      start: 5_000_000,
      end: 5_000_099,
    })
    if (got === undefined) throw new Error('the film is there')
    const bytes = await buffer(got.stream)
    expect(bytes.equals(clip.bytes.subarray(5_000_000, 5_000_100))).toBe(true)
    const copies = await mkdtemp(join(house.dataDir, 'second-'))
    const stores = { pool, store, first, second: secondOnDisk(copies), now: () => store.clock.now() }
    expect(await copyBlobs(stores)).toMatchObject({ copied: FILES + 1, faults: 0 })
    expect((await readFile(blobPath(copies, clip.sha256))).equals(clip.bytes)).toBe(true)
    await flipObjectBit(clip.sha256)
    expect(await scrubStores(stores, { days: 1, pace: unpaced })).toMatchObject({ verdict: 'fail' })
    expect(await readWhole(config)).toMatchObject({ rows: FILES + 1, findings: [] })
    await pool.end()
  })

  test('is no place to restore another installation to', async () => {
    const elsewhere = await createTestInstallation()
    const owner = await elsewhere.connectAs('owner')
    await owner.query(`INSERT INTO app.installation (id, kind, origin) VALUES ($1, 'real', $2)`, [
      randomUUID(),
      ORIGIN,
    ])
    const reached = await reachStore(elsewhere.pool, firstStoreOf(config))
    expect(reached).toMatchObject({ here: false, why: expect.stringContaining('另一个安装') })
    await elsewhere.close()
  })

  test('is backed up, and the backup is restored to a disk again', async () => {
    const target = join(house.dataDir, 'backup-of-bucket')
    const signer = await openSigner({ folder: config.folders.signer, origin: 'test.invalid/log/2' })
    const { vkey } = await signer.status()
    const now = '2026-04-23T10:00:00+08:00'
    const { bytes: blobs } = firstStoreOf(config)
    await backup({ urls: urlsOf(config), dataDir: config.dataDir, blobs, vkey, now }, target)
    const onDisk = await configFor('on-disk')
    expect(await restore(onDisk, target)).toMatchObject({ blobs: FILES + 1 })
    expect(await readWhole(onDisk)).toMatchObject({ rows: FILES + 1, findings: [] })
  })

  test('stays where it is: neither a folder nor another bucket is taken for it', async () => {
    const { dataDir, storage } = config
    const opened = (firstStore?: string) =>
      openInstallation({
        ownerUrl: urlsOf(config).owner,
        dataDir,
        origin: 'test.invalid/log/2',
        ...(firstStore === undefined ? {} : { firstStore }),
      })
    await expect(opened()).rejects.toThrow('LIUHEN_FIRST_STORE')
    await expect(opened(`${storage.firstStore}-other`)).rejects.toThrow('LIUHEN_FIRST_STORE')
    expect(await opened(storage.firstStore)).toMatchObject({ kind: 'real' })
  })

  test('keeps one version of bytes that many bring at once', async () => {
    const pool = createPool(urlsOf(config).app, { max: 4, name: 'test at once' })
    const { bytes } = firstStoreOf(config)
    const inTurn = adoptingInTurn(pool, bytes)
    const { path, sha256 } = await makeClip(house.dataDir, 40 * 1024 * 1024)
    await Promise.all(Array.from({ length: 4 }, () => inTurn.adopt(path, sha256)))
    await pool.end()
    const listed = []
    for await (const one of bytes.list()) if (one.sha256 === sha256) listed.push(one)
    expect(listed).toEqual([{ sha256, sizeBytes: 40 * 1024 * 1024 }])
  })
})
