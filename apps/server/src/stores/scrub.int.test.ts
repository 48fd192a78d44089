import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  AGENCY,
  createStoresInstallation,
  flipBit,
  type StoresInstallation,
} from '../../../../test/test-stores.ts'
import { quarantinePath } from '../blobs/blob-places.ts'
import { blobPath } from '../blobs/disk-blob-store.ts'
import { reconcileBlobs } from '../blobs/reconcile.ts'
import { rebuild } from '../event-store/rebuild.ts'
import { copiesOf } from './copy-rows.ts'
import { copyBlobs } from './copy-blobs.ts'
import { unpaced } from './read-copy.ts'
import { scrubStores } from './scrub.ts'
import { listDue } from './scrub-rows.ts'

const FILES = 7
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const ALL = { days: 1, pace: unpaced }
let x: StoresInstallation
let film: string

beforeAll(async () => {
  x = await createStoresInstallation('2026-04-21T02:00:00.000Z')
  film = sha256(x.closed.media)
  await copyBlobs(x.deps)
})
afterAll(() => x.close())

const later = (days: number): void => {
  x.clock.at = new Date(Date.parse(x.clock.at) + days * 86_400_000).toISOString()
}
const inQuarantine = (root: string) => readdir(join(root, 'quarantine')).catch((): string[] => [])

describe('a run over the stores', () => {
  test('reads every byte of both, and is told to the agency with what it read', async () => {
    later(1)
    const report = await scrubStores(x.deps, ALL)
    const reading = { files: FILES, faults: 0, neverRead: 0, oldestReadAt: x.clock.at }
    expect(report).toMatchObject({
      verdict: 'pass',
      why: [],
      cutShort: false,
      readings: [
        { store: 'first', ...reading },
        { store: 'second', ...reading },
      ],
    })
    expect(report?.readings[0]?.bytes).toBe(report?.readings[1]?.bytes)
    expect(report?.readings[0]?.bytes).toBeGreaterThan(x.closed.media.length)
    expect(await x.told('StoresScrubbed')).toEqual([report])
  })
  test('reads a share of each store, the copies that were read longest ago first, and all of them in time', async () => {
    const days = 5
    const started = x.clock.at
    const shares: number[] = []
    for (let day = 0; day < days; day += 1) {
      later(1)
      const report = await scrubStores(x.deps, { ...ALL, days })
      shares.push(...(report?.readings ?? []).map((r) => r.files))
    }
    expect(Math.min(...shares)).toBeGreaterThan(0)
    expect(Math.min(...shares)).toBeLessThan(FILES)
    const copies = [...(await copiesOf(x.house.pool, [film])).values()].flat()
    const { rows } = await x.house.pool.query<{ oldest: string }>(
      'SELECT min(verified_at) AS oldest FROM app.blob_copy',
    )
    expect(copies).toHaveLength(2)
    expect(Date.parse(rows[0]?.oldest ?? '')).toBeGreaterThan(Date.parse(started))
  })
  test('reads everything whose time is up, however much that is', async () => {
    later(29)
    expect(await listDue(x.house.pool, 'second', { days: 30, now: x.clock.at })).toHaveLength(FILES)
  })
  test('asks the budget for every part that it reads', async () => {
    let asked = 0
    const report = await scrubStores(x.deps, {
      days: 1,
      pace: (bytes) => {
        asked += bytes
        return Promise.resolve()
      },
    })
    expect(asked).toBe(report?.readings.reduce((sum, r) => sum + r.bytes, 0))
  })
  test('that is stopped half-way has not passed', async () => {
    let files = 0
    const report = await scrubStores(x.deps, { ...ALL, until: () => (files += 1) > 3 })
    expect(report).toMatchObject({ verdict: 'not-checked', cutShort: true })
    expect(report?.readings[0]?.files).toBe(3)
  })
})

describe.each(['first', 'second'] as const)('one flipped bit in the %s store', (name) => {
  test('is found, set aside, mended from the other copy, and named with its case', async () => {
    const root = x[name]
    const before = (await inQuarantine(root)).length
    await flipBit(root, film)
    const bad = await readFile(blobPath(root, film))
    const report = await scrubStores(x.deps, ALL)
    expect(report?.verdict).toBe('fail')
    expect(report?.readings.find((r) => r.store === name)?.faults).toBe(1)
    expect(sha256(await readFile(blobPath(root, film)))).toBe(film)
    const damaged = (await x.told('CopyDamaged')).at(-1)
    expect(damaged).toMatchObject({ sha256: film, store: name, found: 'altered' })
    expect(damaged?.affected).toMatchObject({
      recordings: [{ recordingId: x.closed.recordingId }],
      cases: [{ caseId: x.closed.caseId, caseNo: '走街立〔2026〕3号' }],
    })
    // What the disk made of it is kept as it was found.
    expect(await inQuarantine(root)).toHaveLength(before + 1)
    expect(await readFile(quarantinePath(root, damaged?.keptAs ?? ''))).toEqual(bad)
    expect((await x.told('CopyRepaired')).at(-1)).toMatchObject({
      sha256: film,
      store: name,
      from: name === 'first' ? 'second' : 'first',
    })
    expect((await copiesOf(x.house.pool, [film])).get(film)).toHaveLength(2)
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'pass' })
    const blobs = { pool: x.house.pool, store: x.deps.first.bytes, root: x.first }
    expect((await reconcileBlobs(blobs, true)).findings).toEqual([])
  })
  test('is seen by the reading of bytes alone: without it the run would pass', async () => {
    await flipBit(x[name], film)
    const { bytes } = x.deps[name]
    const other = x.deps[name === 'first' ? 'second' : 'first'].bytes
    const open = (digest: string) => (digest === film ? other : bytes).open(digest)
    const blind = { ...x.deps, [name]: { ...x.deps[name], bytes: { ...bytes, open } } }
    expect(await scrubStores(blind, ALL)).toMatchObject({ verdict: 'pass' })
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'fail' })
  })
})

describe('a copy that cannot be mended', () => {
  test('is told once, is no copy any more, and is mended as soon as there is a good one', async () => {
    const paper = (await listDue(x.house.pool, 'first', { days: 1, now: x.clock.at })).find(
      (due) => due.sha256 !== film,
    )
    const digest = paper?.sha256 ?? ''
    const good = await readFile(blobPath(x.first, digest))
    await flipBit(x.first, digest)
    await flipBit(x.second, digest)
    const told = (await x.told('CopyDamaged')).length
    const report = await scrubStores(x.deps, ALL)
    expect(report?.verdict).toBe('fail')
    expect(report?.why.join()).toContain('没有另一份完好的')
    expect(await x.told('CopyDamaged')).toHaveLength(told + 2)
    expect((await copiesOf(x.house.pool, [digest])).size).toBe(0)
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'fail' })
    expect(await x.told('CopyDamaged')).toHaveLength(told + 2)
    await x.deps.second.bytes.take(digest, Readable.from([good]))
    await scrubStores(x.deps, ALL)
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'pass' })
    expect((await copiesOf(x.house.pool, [digest])).get(digest)).toHaveLength(2)
  })
})

describe('a run never passes', () => {
  test('without a second store', async () => {
    const { second: _, ...alone } = x.deps
    const report = await scrubStores(alone, ALL)
    expect(report).toMatchObject({ verdict: 'not-checked', readings: [{ store: 'first', files: FILES }] })
  })
  test('while a store is away, and takes none of its files for lost', async () => {
    const told = (await x.told('CopyDamaged')).length
    await rename(x.second, `${x.second}-away`)
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'not-checked' })
    await rename(`${x.second}-away`, x.second)
    expect(await x.told('CopyDamaged')).toHaveLength(told)
  })
  test('when a store goes away while it is read', async () => {
    const told = (await x.told('CopyDamaged')).length
    let parts = 0
    const report = await scrubStores(x.deps, {
      ...ALL,
      pace: async () => {
        parts += 1
        if (parts === FILES + 3) await rename(x.second, `${x.second}-away`)
      },
    })
    await rename(`${x.second}-away`, x.second)
    expect(report?.verdict).toBe('not-checked')
    expect(await x.told('CopyDamaged')).toHaveLength(told)
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'pass' })
  })
  test('when it read no file at all', async () => {
    await x.house.pool.query(`UPDATE app.blob SET state = 'sealed' WHERE state = 'verified'`)
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'not-checked' })
    await x.house.pool.query(`UPDATE app.blob SET state = 'verified' WHERE state = 'sealed'`)
  })
  test('on files that were deleted, and makes them anew', async () => {
    await rm(blobPath(x.first, film))
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'fail' })
    expect((await x.told('CopyDamaged')).at(-1)).toMatchObject({ found: 'missing', sha256: film })
    expect(await scrubStores(x.deps, ALL)).toMatchObject({ verdict: 'pass' })
  })
  test('beside another run', async () => {
    let beside: unknown = 'not asked'
    await scrubStores(x.deps, {
      ...ALL,
      pace: async () => {
        if (beside === 'not asked') beside = await scrubStores(x.deps, ALL)
      },
    })
    expect(beside).toBeUndefined()
  })
})

test('what the storage page reads follows from the record', async () => {
  const rows = async () =>
    (await x.house.connectAs('owner')).query('SELECT * FROM app.store_report ORDER BY event_id')
  const before = (await rows()).rows
  expect(before.length).toBeGreaterThan(10)
  expect(new Set(before.map((r: { agency_id: string }) => r.agency_id))).toEqual(new Set([AGENCY]))
  await rebuild(await x.house.connectAs('owner'), x.house.store.projections)
  expect((await rows()).rows).toEqual(before)
})
