import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Upload as TusUpload } from 'tus-js-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { tusRequests, checksumOf } from '../../../../test/tus-requests.ts'
import {
  as,
  makeClip,
  manifestOf,
  register,
  startUploadServer,
  type UploadServer,
} from '../../../../test/upload-installation.ts'
import {
  createTestInstallation,
  testActor,
  type TestInstallation,
} from '../../../../test/test-installation.ts'
import { startDigester, type Digester } from '../blobs/digest-file.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { reconcileBlobs } from '../blobs/reconcile.ts'
import { withAgency } from '../postgres/transaction.ts'
import { loadRecording } from '../recording/load-recording.ts'
import { recordingProjection } from '../recording/recording-projection.ts'
import { recordingUploads } from '../recording/upload-target.ts'
import { expireUploads, listReceived } from './end-upload-early.ts'
import { finishUpload } from './finish-upload.ts'
import { claimForFinal } from './join-parts.ts'
import type { UploadDeps } from './upload-deps.ts'

const MIB = 1024 * 1024
const actor: Actor = testActor('zoumaling')
let house: TestInstallation
let server: UploadServer
let deps: UploadDeps
let digester: Digester

beforeAll(async () => {
  house = await createTestInstallation({ projections: [recordingProjection] })
  const root = join(house.dataDir, 'blobs')
  server = await startUploadServer(house.urls.app, root, { maxBytes: 64 * MIB })
  digester = startDigester(1)
  deps = {
    pool: house.pool,
    store: diskBlobStore(root),
    root,
    digester,
    target: recordingUploads(house.store),
    authenticate: async () => actor,
    now: () => new Date(),
    maxBytes: 64 * MIB,
    keepDays: 7,
  }
})
afterAll(async () => {
  await server.stop()
  await digester.close()
  await house.close()
})

const own = () => tusRequests(server.baseUrl, actor)
const stateOf = (id: string) =>
  withAgency(house, actor.agencyId, async (tx) => (await loadRecording(tx, id)).state)
const findings = async () => (await reconcileBlobs(deps, true)).findings
const idOf = (url: string) => url.split('/').at(-1) ?? ''

const registered = async (sizeBytes: number, declared?: string) => {
  const clip = await makeClip(house.dataDir, sizeBytes)
  const manifest = manifestOf(actor, { sha256: declared ?? clip.sha256, sizeBytes })
  return { clip, recordingId: await register(house.store, actor, manifest) }
}

/** Parts of these bytes, whole and held. */
const sentParts = async (bytes: Buffer, ...ends: number[]) => {
  const urls: string[] = []
  for (const [i, end] of ends.entries()) {
    const part = bytes.subarray(ends[i - 1] ?? 0, end)
    const url = await own().beginPart(part.length)
    expect((await own().patch(url, 0, part, checksumOf(part))).status).toBe(204)
    urls.push(url)
  }
  return urls
}

describe('a file that comes in parts', () => {
  test('by tus-js-client with parallelUploads is joined, read back whole and recorded once', async () => {
    const { clip, recordingId } = await registered(11 * MIB + 5)
    await new Promise<void>((resolve, reject) => {
      new TusUpload(clip.bytes, {
        endpoint: `${server.baseUrl}/api/uploads`,
        headers: as(actor),
        metadata: { recordingId },
        chunkSize: 2 * MIB,
        parallelUploads: 4,
        onSuccess: () => resolve(),
        onError: reject,
      }).start()
    })
    expect(await stateOf(recordingId)).toMatchObject({
      status: 'stored',
      stored: { checksum: 're-read', blob: { sha256: clip.sha256, sizeBytes: 11 * MIB + 5 } },
    })
    expect(await findings()).toEqual([])
  })

  test('is no recording before it is joined, and its parts are gone afterwards', async () => {
    const { clip, recordingId } = await registered(3000)
    const parts = await sentParts(clip.bytes, 1000, 3000)
    expect((await stateOf(recordingId)).status).toBe('registered')
    const one = await own().ask('HEAD', parts[0] ?? '')
    expect([one.headers.get('upload-concat'), one.headers.get('upload-offset')]).toEqual(['partial', '1000'])
    const joined = await own().join(recordingId, parts)
    expect(joined.status).toBe(201)
    const final = await own().ask('HEAD', joined.headers.get('location') ?? '')
    expect(final.headers.get('upload-concat')).toBe(`final;${parts.join(' ')}`)
    expect(final.headers.get('upload-length')).toBe('3000')
    expect(await stateOf(recordingId)).toMatchObject({
      status: 'stored',
      stored: { checksum: 'per-chunk', blob: { sha256: clip.sha256 } },
    })
    expect(await findings()).toEqual([])
  })

  test('asked for twice, also at once, and with absolute addresses, is one file', async () => {
    const { clip, recordingId } = await registered(3 * MIB)
    const parts = await sentParts(clip.bytes, MIB, 3 * MIB)
    const elsewhere = parts.map((p) => `https://liuhen.example${p}`)
    const answers = await Promise.all(
      [parts, parts, elsewhere, parts, elsewhere, parts].map((p) => own().join(recordingId, p)),
    )
    answers.push(await own().join(recordingId, parts))
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 201))
    expect(new Set(answers.map((a) => a.headers.get('location'))).size).toBe(1)
    expect((await own().head(parts[1] ?? '')).offset).toBe(2 * MIB)
    expect(await findings()).toEqual([])
  })

  test('with other bytes than declared is kept in quarantine, and can be sent again', async () => {
    const { clip, recordingId } = await registered(2000, 'e'.repeat(64))
    const parts = await sentParts(clip.bytes, 500, 2000)
    const joined = await own().join(recordingId, parts)
    expect([joined.status, await joined.json()]).toMatchObject([460, { code: 'not-as-declared' }])
    expect(await stateOf(recordingId)).toMatchObject({
      status: 'registered',
      rejected: [{ received: clip.sha256 }],
    })
    expect(await findings()).toEqual([])
  })

  test('in the wrong order is not the declared file', async () => {
    const { clip, recordingId } = await registered(2000)
    const [a = '', b = ''] = await sentParts(clip.bytes, 500, 2000)
    expect((await own().join(recordingId, [b, a])).status).toBe(460)
  })
})

describe('parts', () => {
  test('of somebody else do not exist, nor can they be joined', async () => {
    const { clip, recordingId } = await registered(1000)
    const parts = await sentParts(clip.bytes, 400, 1000)
    const stranger = tusRequests(
      server.baseUrl,
      testActor('zoumaling', { roles: ['officer', 'av-custodian'] }),
    )
    expect((await stranger.head(parts[0] ?? '')).status).toBe(404)
    expect((await stranger.join(recordingId, parts)).status).toBe(404)
    expect((await own().join(recordingId, [parts[0] ?? '', `/api/uploads/${randomUUID()}`])).status).toBe(404)
    expect((await own().join(recordingId, parts)).status).toBe(201)
  })

  test('that are unfinished, already joined, or of another size than the recording are refused', async () => {
    const { clip, recordingId } = await registered(1000)
    const other = await registered(1000)
    const open = await own().beginPart(600)
    const [whole = ''] = await sentParts(clip.bytes.subarray(0, 400), 400)
    const unfinished = await own().join(recordingId, [whole, open])
    expect([unfinished.status, await unfinished.json()]).toMatchObject([409, { code: 'part-unfinished' }])
    expect((await own().join(recordingId, [whole])).status).toBe(400)
    await own().patch(open, 0, clip.bytes.subarray(400))
    const joined = await own().join(recordingId, [whole, open])
    expect(joined.status).toBe(201)
    const taken = await own().join(other.recordingId, [whole, open])
    expect([taken.status, await taken.json()]).toMatchObject([409, { code: 'part-taken' }])
    const final = joined.headers.get('location') ?? ''
    expect((await own().patch(final, 0, clip.bytes)).status).toBe(403)
    expect((await own().ask('DELETE', final)).status).toBe(403)
  })

  test('are brought only by those who register recordings, and together are not larger than one file', async () => {
    const reader = tusRequests(server.baseUrl, testActor('zoumaling', { roles: ['supervisor'] }))
    const part = { 'upload-concat': 'partial', 'upload-length': '10' }
    expect((await reader.ask('POST', '/api/uploads', part)).status).toBe(403)
    const greedy = tusRequests(server.baseUrl, testActor('zoumaling'))
    const half = { ...part, 'upload-length': String(33 * MIB) }
    const first = await greedy.ask('POST', '/api/uploads', half)
    expect(first.status).toBe(201)
    const second = await greedy.ask('POST', '/api/uploads', half)
    expect([second.status, await second.json()]).toMatchObject([413, { code: 'parts-too-large' }])
    expect((await greedy.ask('DELETE', first.headers.get('location') ?? '')).status).toBe(204)
    expect((await greedy.ask('POST', '/api/uploads', half)).status).toBe(201)
  })

  test('say what is wrong with their headers', async () => {
    const { recordingId } = await registered(10)
    const id = `/api/uploads/${randomUUID()}`
    const statuses = [
      await own().create(recordingId, 10, { 'upload-concat': 'whole' }),
      await own().create(recordingId, 10, { 'upload-concat': 'final;' }),
      await own().create(recordingId, 10, { 'upload-concat': 'final;/etc/passwd' }),
      await own().create(recordingId, 10, { 'upload-concat': `final;${id} ${id}` }),
      await own().create(recordingId, 10, { 'upload-defer-length': '1' }),
      await own().create(recordingId, 65 * MIB, { 'upload-concat': 'partial' }),
    ]
    expect(statuses.map((s) => s.status)).toEqual([400, 400, 400, 400, 400, 413])
    expect(await statuses[4]?.json()).toMatchObject({ code: 'defer-length' })
  })

  test('expire with their files, unless they are being joined: then a job brings it to its end', async () => {
    const { clip, recordingId } = await registered(2000)
    const parts = await sentParts(clip.bytes, 700, 2000)
    const [held = ''] = await sentParts(clip.bytes, 700)
    const open = await own().beginPart(5)
    // The server claims the parts and ends before a byte is joined.
    const claimed = await claimForFinal(deps, actor, {
      partIds: parts.map(idOf),
      metadata: new Map([['recordingId', recordingId]]),
      metadataHeader: `recordingId ${Buffer.from(recordingId).toString('base64')}`,
    })
    const late = { ...deps, now: () => new Date(Date.now() + 8 * 86_400_000) }
    expect(await expireUploads(late, actor.agencyId)).toBeGreaterThanOrEqual(2)
    expect([(await own().head(held)).status, (await own().head(open)).status]).toEqual([410, 410])
    const unfinished = await listReceived(deps, actor.agencyId)
    expect(unfinished.map((u) => u.id)).toEqual(['id' in claimed ? claimed.id : ''])
    for (const key of unfinished) await finishUpload(deps, key)
    expect((await stateOf(recordingId)).status).toBe('stored')
    expect(await findings()).toEqual([])
  })
})

test('an upload that is whole does not expire, however late it is finished', async () => {
  const { clip, recordingId } = await registered(500)
  const url = await own().begin(recordingId, 500)
  await withAgency(house, actor.agencyId, (tx) =>
    tx.query(`UPDATE app.upload SET state = 'received', received_bytes = 500 WHERE id = $1`, [idOf(url)]),
  )
  await withAgency(house, actor.agencyId, (tx) =>
    tx.query(`UPDATE app.upload SET expires_at = now() - interval '1 year' WHERE id = $1`, [idOf(url)]),
  )
  await expireUploads(deps, actor.agencyId)
  const { rows } = await withAgency(house, actor.agencyId, (tx) =>
    tx.query(`SELECT state FROM app.upload WHERE id = $1`, [idOf(url)]),
  )
  expect(rows).toEqual([{ state: 'received' }])
  expect(clip.bytes).toHaveLength(500)
})
