import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createTestInstallation,
  testActor,
  type TestInstallation,
} from '../../../../test/test-installation.ts'
import { makeClip, manifestOf, register } from '../../../../test/upload-installation.ts'
import { startDigester, type Digester } from '../blobs/digest-file.ts'
import { CHUNK_BYTES } from '../blobs/chunk-size.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { reconcileBlobs } from '../blobs/reconcile.ts'
import { withAgency } from '../postgres/transaction.ts'
import { loadRecording } from '../recording/load-recording.ts'
import { recordingProjection } from '../recording/recording-projection.ts'
import { recordingUploads } from '../recording/upload-target.ts'
import { listReceived } from './end-upload-early.ts'
import { finishUpload } from './finish-upload.ts'
import { registerUploads } from './tus-routes.ts'
import type { UploadDeps } from './upload-deps.ts'
import { restingPath } from './upload-file.ts'
import { findUpload } from './upload-rows.ts'

const actor = testActor('zoumaling')
let house: TestInstallation
let deps: UploadDeps
let app: FastifyInstance
let digester: Digester
/** What stands in for a crash: thrown once, at the place that a test names. */
let crashAt: 'digest' | 'adopt' | 'after-adopt' | undefined

/** Of how many chunks each reading back was told the digests. */
const asked: (number | undefined)[] = []

const crash = (place: typeof crashAt) => {
  if (crashAt !== place) return
  crashAt = undefined
  throw new Error(`the process ended at ${place}`)
}

beforeAll(async () => {
  house = await createTestInstallation({ projections: [recordingProjection] })
  const root = join(house.dataDir, 'blobs')
  digester = startDigester(1)
  const store = diskBlobStore(root)
  deps = {
    pool: house.pool,
    root,
    store: {
      ...store,
      adopt: async (path, sha256) => {
        crash('adopt')
        await store.adopt(path, sha256)
        crash('after-adopt')
      },
    },
    digester: {
      ...digester,
      digest: async (path, options) => {
        crash('digest')
        asked.push(options?.chunks?.length)
        return digester.digest(path, options)
      },
    },
    target: recordingUploads(house.store),
    authenticate: async () => actor,
    now: () => new Date(),
    maxBytes: 1024 ** 3,
    keepDays: 7,
  }
  app = Fastify()
  await registerUploads(app, deps)
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  app.server.closeAllConnections()
  const closed = once(app.server, 'close')
  await Promise.all([app.close(), closed])
  await digester.close()
  await house.close()
})

const stateOf = (id: string) =>
  withAgency(house, actor.agencyId, async (tx) => (await loadRecording(tx, id)).state)

const headers = { 'tus-resumable': '1.0.0' }
const create = async (bytes: Buffer, recordingId: string): Promise<string> => {
  const created = await app.inject({
    method: 'POST',
    url: '/api/uploads',
    headers: {
      ...headers,
      'upload-length': String(bytes.length),
      'upload-metadata': `recordingId ${Buffer.from(recordingId).toString('base64')}`,
    },
  })
  return String(created.headers.location)
}
const idOf = (url: string) => url.split('/').at(-1) ?? ''

const sent = async (bytes: Buffer, recordingId: string) => {
  const url = await create(bytes, recordingId)
  const patched = await app.inject({
    method: 'PATCH',
    url,
    headers: { ...headers, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    payload: bytes,
  })
  return { url, status: patched.statusCode, id: idOf(url) }
}
const registered = async () => {
  const clip = await makeClip(house.dataDir, 100_000)
  const manifest = manifestOf(actor, { sha256: clip.sha256, sizeBytes: clip.bytes.length })
  return { clip, recordingId: await register(house.store, actor, manifest) }
}

test.each(['digest', 'adopt', 'after-adopt'] as const)(
  'an upload whose finishing was cut off at %s is whole, visibly unfinished, and finished by the next who asks',
  async (place) => {
    const { clip, recordingId } = await registered()
    crashAt = place
    const { url, status } = await sent(clip.bytes, recordingId)
    expect(status).toBe(500)
    expect((await stateOf(recordingId)).status).toBe('registered')
    expect((await reconcileBlobs(deps, true)).findings).toEqual([])
    const asked = await app.inject({ method: 'HEAD', url, headers })
    expect(asked.headers).toMatchObject({ 'upload-offset': '100000', 'liuhen-upload-state': 'finished' })
    expect(await stateOf(recordingId)).toMatchObject({
      status: 'stored',
      stored: { blob: { sha256: clip.sha256 } },
    })
    expect((await reconcileBlobs(deps, true)).findings).toEqual([])
  },
)

test('nobody has to ask: what was whole is listed for the job that finishes it', async () => {
  const { clip, recordingId } = await registered()
  crashAt = 'adopt'
  await sent(clip.bytes, recordingId)
  const received = await listReceived(deps, actor.agencyId)
  expect(received).toHaveLength(1)
  for (const key of received) await finishUpload(deps, key)
  expect((await stateOf(recordingId)).status).toBe('stored')
})

const sendInChunks = async (bytes: Buffer, recordingId: string, cuts: readonly number[]) => {
  const url = await create(bytes, recordingId)
  let status = 0
  for (const [i, start] of cuts.entries()) {
    const payload = bytes.subarray(start, cuts[i + 1])
    const digest = createHash('sha256').update(payload).digest('base64')
    const patched = await app.inject({
      method: 'PATCH',
      url,
      headers: {
        ...headers,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(start),
        'upload-checksum': `sha256 ${digest}`,
      },
      payload,
    })
    status = patched.statusCode
  }
  return { url, status, id: idOf(url) }
}

const threeChunks = async () => {
  const clip = await makeClip(house.dataDir, 2 * CHUNK_BYTES + 70_000)
  const manifest = manifestOf(actor, { sha256: clip.sha256, sizeBytes: clip.bytes.length })
  return { clip, recordingId: await register(house.store, actor, manifest) }
}

test.each([
  { what: 'cut where the tree cuts are not hashed again', cuts: [0, CHUNK_BYTES, 2 * CHUNK_BYTES], told: 3 },
  { what: 'cut elsewhere are', cuts: [0, 1_000_000, 5_000_000], told: undefined },
])('chunks $what; the root is the same as of the whole file read back', async ({ cuts, told }) => {
  const { clip, recordingId } = await threeChunks()
  asked.length = 0
  const { status } = await sendInChunks(clip.bytes, recordingId, cuts)
  expect([status, ...asked]).toEqual([204, told])
  const { chunkRoot } = await digester.digest(clip.path)
  expect(await stateOf(recordingId)).toMatchObject({ status: 'stored', stored: { chunkRoot } })
})

test('a byte that the disk lost after its chunk was checked is found when the file is read back', async () => {
  const { clip, recordingId } = await threeChunks()
  crashAt = 'digest'
  const { url, id } = await sendInChunks(clip.bytes, recordingId, [0, CHUNK_BYTES, 2 * CHUNK_BYTES])
  const upload = await withAgency(house, actor.agencyId, (tx) => findUpload(tx, id))
  if (upload === undefined) throw new Error('the upload is there')
  const file = await open(restingPath(deps.root, upload), 'r+')
  await file.write(Buffer.of((clip.bytes[CHUNK_BYTES + 9] ?? 0) ^ 1), 0, 1, CHUNK_BYTES + 9)
  await file.close()
  const head = await app.inject({ method: 'HEAD', url, headers })
  expect(head.headers['liuhen-upload-state']).toBe('rejected')
  expect((await stateOf(recordingId)).status).not.toBe('stored')
})

test('sixteen who finish one upload at once have one effect', async () => {
  const { clip, recordingId } = await registered()
  crashAt = 'digest'
  const { id } = await sent(clip.bytes, recordingId)
  const key = { id, agencyId: actor.agencyId }
  const all = await Promise.allSettled(Array.from({ length: 16 }, () => finishUpload(deps, key)))
  expect(all.filter((r) => r.status === 'rejected')).toEqual([])
  const events = await house.pool.connect()
  try {
    await events.query(`SELECT set_config('app.agency', $1, false)`, [actor.agencyId])
    const { rows } = await events.query(
      `SELECT type FROM record.event WHERE stream_id = $1 ORDER BY version`,
      [recordingId],
    )
    expect(rows.map((r) => r.type)).toEqual(['RecordingRegistered', 'RecordingStored'])
  } finally {
    await events.query('RESET app.agency')
    events.release()
  }
  expect((await reconcileBlobs(deps, true)).findings).toEqual([])
})
