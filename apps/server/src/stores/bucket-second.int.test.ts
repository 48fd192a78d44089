import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { storeHealth } from '@liuhen/api/routes/stores'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  flipObjectBit,
  loseObject,
  makeBucket,
  NEEDS_S3,
  testAccount,
  WITHOUT_S3,
} from '../../../../test/test-bucket.ts'
import { createStoresInstallation, flipBit, type StoresInstallation } from '../../../../test/test-stores.ts'
import { readConfig } from '../config/config.ts'
import { blobPath } from '../blobs/disk-blob-store.ts'
import { putBlob } from '../blobs/put-blob.ts'
import type { Bucket } from '../s3/s3-bucket.ts'
import { blobKey } from '../s3/s3-blob-store.ts'
import { copyBlobs } from './copy-blobs.ts'
import { copiesOf } from './copy-rows.ts'
import { takeInventory } from './inventory.ts'
import { tryLocks } from './lock-probe.ts'
import { onOneDevice, reachStore } from './reach-store.ts'
import { readStoreHealth } from './store-health.ts'
import { unpaced } from './read-copy.ts'
import { rehearseRestore } from './rehearse.ts'
import { scrubStores } from './scrub.ts'
import { MARK, storeAt } from './store-place.ts'

const FILES = 7
const ALL = { days: 1, pace: unpaced }
const LOCK = { mode: 'compliance', days: 1 } as const
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe.skipIf(WITHOUT_S3)(`a second store in a bucket${NEEDS_S3}`, () => {
  let bucket: Bucket
  let x: StoresInstallation
  let film: string

  const inBucket = (b: Bucket) => storeAt('second', b.settings.where, testAccount(LOCK))

  beforeAll(async () => {
    bucket = await makeBucket('locked', LOCK, '/second')
    x = await createStoresInstallation('2026-04-21T02:00:00.000Z', inBucket(bucket))
    film = sha256(x.closed.media)
  })
  afterAll(() => x?.close())
  beforeEach(() => {
    x.clock.at = new Date(Date.parse(x.clock.at) + 86_400_000).toISOString()
  })

  const second = () => x.deps.second.bytes
  const blobs = () => ({ pool: x.house.pool, store: x.deps.first.bytes, root: x.first })

  test('begins with its mark and takes a copy of everything', async () => {
    expect(await copyBlobs(x.deps)).toMatchObject({ copied: FILES, faults: 0 })
    expect(await reachStore(x.house.pool, x.deps.second, { begin: false })).toEqual({ here: true })
    expect((await copiesOf(x.house.pool, [film])).get(film)).toHaveLength(2)
    expect(await copyBlobs(x.deps)).toMatchObject({ copied: 0, faults: 0 })
  })

  test('is read back and found whole', async () => {
    expect(await scrubStores(x.deps, ALL)).toMatchObject({
      verdict: 'pass',
      readings: [
        { store: 'first', files: FILES, faults: 0 },
        { store: 'second', files: FILES, faults: 0 },
      ],
    })
    expect(await takeInventory(x.deps)).toMatchObject({ verdict: 'pass', found: 0 })
  })

  test('mends a flipped bit of its own, keeps the bad version, and tells it with the case', async () => {
    await flipObjectBit(film)
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'fail' })
    expect((await x.told('CopyDamaged')).at(-1)).toMatchObject({
      sha256: film,
      store: 'second',
      found: 'altered',
    })
    expect((await x.told('CopyRepaired')).at(-1)).toMatchObject({
      sha256: film,
      store: 'second',
      from: 'first',
    })
    expect(await second().verify(film)).toBe('intact')
    const versions = await Readable.from(bucket.versions(blobKey(film))).toArray()
    expect(versions.filter((v) => v.key === blobKey(film))).toHaveLength(2)
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'pass' })
    expect(await takeInventory(x.deps)).toMatchObject({ verdict: 'pass' })
  })

  test('mends a file that the store has lost', async () => {
    const lost = (await putBlob(blobs(), Buffer.from('lost in the bucket'), 'text/plain')).sha256
    await copyBlobs(x.deps)
    await loseObject(lost)
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'fail' })
    expect((await x.told('CopyDamaged')).at(-1)).toMatchObject({ sha256: lost, found: 'missing' })
    expect(await second().verify(lost)).toBe('intact')
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'pass' })
  })

  test('gives the first store its file back', async () => {
    await flipBit(x.first, film)
    await scrubStores(x.deps, ALL)
    expect((await x.told('CopyRepaired')).at(-1)).toMatchObject({ store: 'first', from: 'second' })
    expect(sha256(await readFile(blobPath(x.first, film)))).toBe(film)
  })

  test('is restored from alone', async () => {
    const scratch = await mkdtemp(join(tmpdir(), 'liuhen-scratch-'))
    expect(await rehearseRestore(x.deps, { scratch, seed: 's' })).toMatchObject({
      verdict: 'pass',
      whole: true,
    })
    expect(sha256(await readFile(blobPath(scratch, film)))).toBe(film)
    expect(await readdir(join(scratch, 'receiving'))).toEqual([])
    await rm(scratch, { recursive: true })
  })

  test('whose object somebody wrote over still gives the original, and the inventory names the case', async () => {
    await bucket.put(blobKey(film), Buffer.from('a forgery'))
    const report = await takeInventory(x.deps)
    expect(report.verdict).toBe('fail')
    expect(report.findings).toMatchObject([{ kind: 'covered', what: film, store: 'second' }])
    expect([...(report.findings[0]?.agencies.values() ?? [])]).toMatchObject([
      { recordings: [{ recordingId: x.closed.recordingId }] },
    ])
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'pass' })
  })

  test('that does not answer is away: nothing is called missing, and nothing passes', async () => {
    const dead = storeAt('second', bucket.settings.where.replace(/:\d+/, ':1'), testAccount(LOCK))
    const deps = {
      ...x.deps,
      second: { ...x.deps.second, bytes: dead.bytes, place: { ...dead.place, where: bucket.settings.where } },
    }
    const damages = (await x.told('CopyDamaged')).length
    expect(await copyBlobs(deps)).toMatchObject({ stopped: 'away' })
    expect(await scrubStores(deps, ALL)).toMatchObject({ verdict: 'not-checked' })
    expect(await takeInventory(deps)).toMatchObject({ verdict: 'not-checked', found: 0 })
    const scratch = await mkdtemp(join(tmpdir(), 'liuhen-scratch-'))
    expect(await rehearseRestore(deps, { scratch, seed: 's' })).toMatchObject({ verdict: 'not-checked' })
    await rm(scratch, { recursive: true })
    // Its mark answers and its objects do not: as a disk that dies while it is read.
    const half = { ...x.deps, second: { ...x.deps.second, bytes: { ...second(), open: dead.bytes.open } } }
    const place = { ...half.second.place, readMark: dead.place.readMark }
    expect(await scrubStores({ ...half, second: { ...half.second, place } }, ALL)).toMatchObject({
      verdict: 'not-checked',
    })
    expect(await x.told('CopyDamaged')).toHaveLength(damages)
  })

  test('tries its lock, tells every trial, and of the folder once that it has none', async () => {
    await tryLocks(x.deps)
    await tryLocks(x.deps)
    const told = await x.told('StoreLockTried')
    expect(told.map((t) => [t.store, t.place, t.found, t.verdict])).toEqual([
      ['first', 'folder', 'none', undefined],
      ['second', 'bucket', 'compliance', 'pass'],
      ['second', 'bucket', 'compliance', 'pass'],
    ])
    const config = readConfig({ LIUHEN_SECOND_STORE: bucket.settings.where })
    const shortestKeeping = { days: 168, title: '某办法' }
    const health = storeHealth.response.parse(
      await readStoreHealth(
        {
          stores: x.deps,
          store: x.house.store,
          accountGivenTo: () => Promise.resolve([]),
          config,
          documentName: (type) => type,
          shortestKeeping,
        },
        x.actor,
      ),
    )
    expect(health.stores).toMatchObject([
      { kind: 'folder' },
      { kind: 'bucket', lock: { found: 'compliance' } },
    ])
    expect(health.checks.find((c) => c.id === 'lock')).toMatchObject({
      ok: true,
      todo: expect.stringContaining('1 天'),
    })
    // Probes are no originals.
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ readings: [{}, { faults: 0 }] })
  })

  test('has no device that could be compared on this machine, and another one elsewhere', async () => {
    expect(await onOneDevice(x.deps)).toBeUndefined()
    const elsewhere = storeAt('second', 's3+https://s3.example.gov.cn/evidence', testAccount())
    expect(await onOneDevice({ ...x.deps, second: elsewhere })).toBe(false)
  })

  test('is not a bucket without versions, nor one with other things in it', async () => {
    const plain = inBucket(await makeBucket('plain'))
    expect(await reachStore(x.house.pool, plain)).toMatchObject({
      here: false,
      why: expect.stringContaining('版本控制'),
    })
    const full = await makeBucket('versioned')
    await full.put('holiday.jpg', Buffer.from(''))
    expect(await reachStore(x.house.pool, inBucket(full))).toMatchObject({ here: false })
    const others = await makeBucket('versioned')
    const mark = { installation: 'another', store: 'second', id: crypto.randomUUID() }
    await others.put(MARK, Buffer.from(JSON.stringify(mark)))
    expect(await reachStore(x.house.pool, inBucket(others))).toMatchObject({
      why: expect.stringContaining('另一个安装'),
    })
  })

  test('keeps its mark when somebody writes over it', async () => {
    await bucket.put(MARK, Buffer.from('{}'))
    expect(await reachStore(x.house.pool, x.deps.second, { begin: false })).toEqual({ here: true })
  })
})
